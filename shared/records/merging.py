"""Several lists of one case as one, newest first, with one cursor that knows the place in each of them."""

import base64
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from shared.domain.queries import Shape
from shared.ports.store import Document, Page, Refused, Store, Value

_LONGEST: Final = 12_000
_MIDWAY: Final = ""
"""Stands for a place that has to be asked for; no cursor of a store is empty."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One list: a shape ordered by an instant, newest first."""

    shape: Shape
    equals: Mapping[str, Value]

    def at(self, document: Document) -> datetime:
        """When the document stands in the list."""
        instant = document.fields[self.shape.order]
        if not isinstance(instant, datetime):
            raise TypeError(self.shape.name)
        return instant


@dataclass(frozen=True, slots=True)
class Merged:
    """One page. `until` is the instant of the page before (None: this is the first), `since` that of its own last
    document (None: there is no more): what has only an instant stands on the page where since <= instant < until.
    """

    documents: list[tuple[str, Document]]
    cursor: str | None
    since: datetime | None
    until: datetime | None

    def holds(self, instant: datetime) -> bool:
        """Whether what has this instant stands on this page."""
        return (self.since is None or instant >= self.since) and (self.until is None or instant < self.until)


@dataclass(frozen=True, slots=True)
class _Places:
    """Where each list goes on: a cursor of the store, or None from its beginning; a list that has ended is left out."""

    of: Mapping[str, str | None]
    until: datetime | None = None


def merged(store: Store, streams: Mapping[str, Stream], *, size: int, cursor: str | None) -> Merged:
    """At most `size` documents, newest first, each with the name of its list.

    Reads at most twice `size` per list. Raises `Refused` for a cursor that is not of these lists.
    """
    places = _Places(dict.fromkeys(streams)) if cursor is None else _read(cursor, streams)
    going = {name: streams[name] for name in places.of}
    calls = [partial(_page, store, going[name], places.of[name], size) for name in going]
    pages = dict(zip(going, store.together(*calls), strict=True))
    taken = _newest(going, pages, size)
    came = Counter(name for name, _ in taken)
    after = {name: found for name in going for found in _onward(pages[name], places.of[name], came[name])}
    for name, place in after.items():
        if place is _MIDWAY:
            after[name] = _page(store, going[name], places.of[name], came[name]).cursor
    documents = [(name, pages[name].documents[place]) for name, place in taken]
    since = going[documents[-1][0]].at(documents[-1][1]) if after and documents else None
    return Merged(documents, _written(after, since) if after else None, since, places.until)


def _page(store: Store, stream: Stream, cursor: str | None, size: int) -> Page:
    return store.query(stream.shape, stream.equals, limit=size, cursor=cursor)


def _newest(streams: Mapping[str, Stream], pages: Mapping[str, Page], size: int) -> list[tuple[str, int]]:
    """Which documents come: each list in its own order, the newest of their heads first."""
    at = dict.fromkeys(streams, 0)
    taken: list[tuple[str, int]] = []
    while len(taken) < size:
        heads = [name for name in streams if at[name] < len(pages[name].documents)]
        if not heads:
            break
        name = max(heads, key=lambda one: streams[one].at(pages[one].documents[at[one]]))
        taken.append((name, at[name]))
        at[name] += 1
    return taken


def _onward(page: Page, place: str | None, came: int) -> Iterator[str | None]:
    """Where the list goes on, or nothing when it has ended; `_MIDWAY` when only a part of its page came."""
    if came < len(page.documents):
        yield _MIDWAY if came else place
    elif page.cursor is not None:
        yield page.cursor


def _written(after: Mapping[str, str | None], since: datetime | None) -> str:
    plain = json.dumps([since.isoformat() if since else None, dict(after)], separators=(",", ":"))
    return base64.urlsafe_b64encode(plain.encode()).decode("ascii").rstrip("=")


def _read(cursor: str, streams: Mapping[str, Stream]) -> _Places:
    try:
        if len(cursor) > _LONGEST:
            raise Refused("too long to be ours")
        plain: Any = json.loads(base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True))
        until, places = plain
        instant = datetime.fromisoformat(until)
        ours = bool(places) and places.keys() <= streams.keys() and instant.tzinfo is not None
        whole = all(one is None or isinstance(one, str) for one in places.values())
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise Refused("not a cursor of these lists") from error
    if not ours or not whole:
        raise Refused("a cursor of other lists")
    return _Places({name: places[name] for name in streams if name in places}, instant)
