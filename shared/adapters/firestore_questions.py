"""Questions to Firestore: declared shapes as its structured queries, one page or one count at a time."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from shared.adapters import cursors, ordered_keys
from shared.adapters.firestore_documents import FirestoreDocuments
from shared.adapters.firestore_reads import SeenVersions
from shared.adapters.query_shapes import Place, QueryShapes
from shared.domain.queries import Shape
from shared.ports.store import Document, Value

if TYPE_CHECKING:
    from google.cloud.firestore_v1.services.firestore import FirestoreClient


class FirestoreQuestions:
    """Asks about `shapes`; each `answer` and `counted` takes a client and how many seconds it may take."""

    def __init__(self, documents: FirestoreDocuments, shapes: QueryShapes, seen: SeenVersions) -> None:
        from google.cloud.firestore_v1 import types

        self._documents = documents
        self._shapes = shapes
        self._seen = seen
        self._types = types

    def query(
        self, shape: Shape, equals: Mapping[str, Value], limit: int, bounds: tuple[Value, Value], cursor: str | None
    ) -> dict[str, Any] | None:
        """The structured query of at most `limit` documents; None when nothing can lie between the bounds."""
        span = self._shapes.span(shape, equals, *bounds)
        after = None if cursor is None else cursors.read(cursor, shape, span.prefix)
        if span.low >= span.high:
            return None
        direction = "DESCENDING" if shape.descending else "ASCENDING"
        query: dict[str, Any] = {
            "from_": [{"collection_id": shape.collection}],
            "order_by": [{"field": {"field_path": path}, "direction": direction} for path in (shape.order, "__name__")],
            "limit": {"value": limit},
        }
        filters = [self._filter(name, "EQUAL", equals[name]) for name in shape.equal]
        operators = zip(("GREATER_THAN_OR_EQUAL", "LESS_THAN"), bounds, strict=True)
        filters += [self._filter(shape.order, operator, bound) for operator, bound in operators if bound is not None]
        if filters:
            query["where"] = {"composite_filter": {"op": "AND", "filters": filters}}
        if after is not None:
            query["start_at"] = self._after(shape, after, len(span.prefix))
        return query

    def answer(self, client: "FirestoreClient", query: dict[str, Any], seconds: float) -> list[Document]:
        """The documents found, in order."""
        asked = self._types.RunQueryRequest.pb()(parent=self._documents.root, structured_query=query)
        request = self._types.RunQueryRequest.wrap(asked)
        answers = client.run_query(request, retry=None, timeout=seconds)
        found = (self._types.RunQueryResponse.pb(answer) for answer in answers)
        return [self._unpacked(each.document) for each in found if each.HasField("document")]

    def counted(self, client: "FirestoreClient", query: dict[str, Any], seconds: float) -> int:
        """How many documents the query finds."""
        counting = {"structured_query": query, "aggregations": [{"alias": "found", "count": {}}]}
        asked = self._types.RunAggregationQueryRequest.pb()(
            parent=self._documents.root, structured_aggregation_query=counting
        )
        request = self._types.RunAggregationQueryRequest.wrap(asked)
        answers = client.run_aggregation_query(request, retry=None, timeout=seconds)
        found = (self._types.RunAggregationQueryResponse.pb(answer).result for answer in answers)
        return sum(int(each.aggregate_fields["found"].integer_value) for each in found)

    def cursor(self, shape: Shape, equals: Mapping[str, Value], last: Document) -> str:
        """The cursor that continues after `last`."""
        return cursors.after(self._shapes, shape, equals, last)

    def _unpacked(self, message: Any) -> Document:
        document = self._documents.unpack(message)
        self._seen.see((document.collection, document.id), self._documents.version(message))
        return document

    def _filter(self, name: str, operator: str, value: Value) -> dict[str, Any]:
        field = {"field_path": name}
        if value is None:
            return {"unary_filter": {"op": "IS_NULL", "field": field}}
        return {"field_filter": {"op": operator, "field": field, "value": self._documents.value(value)}}

    def _after(self, shape: Shape, place: Place, prefix: int) -> dict[str, Any]:
        value, _ = ordered_keys.decode(place.key[prefix:])
        reference = self._documents.reference(self._documents.name(shape.collection, place.id))
        return {"values": [self._documents.value(value), reference], "before": False}
