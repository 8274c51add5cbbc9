"""Several lists of one case as one, newest first, with one cursor that knows the place in each of them."""

import base64
import json
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Final

from shared.domain.queries import Shape
from shared.ports.store import Document, Page, Refused, Store, Value

_LONGEST: Final = 12_000
_FEW: Final = 2
"""As many of a list are read at first, or a third of the page, and then as many again, or half of it."""


@dataclass(frozen=True, slots=True)
class Stream:
    """One list: a shape ordered by an instant, newest first.

    Of an `ample` one a whole page is read at first: what a page shows is expected to come from it.
    """

    shape: Shape
    equals: Mapping[str, Value]
    ample: bool = False

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


@dataclass(slots=True)
class _Going:
    """One list on its way: what has been read of it and not taken, where that began, and where it goes on after it."""

    stream: Stream
    place: str | None
    ahead: deque[Document] = field(default_factory=deque)
    more: bool = True
    before: str | None = None
    last: Document | None = None

    def ask(self, store: Store, most: int) -> Page:
        """The next of it, at most so many."""
        return store.query(self.stream.shape, self.stream.equals, limit=most, cursor=self.place)

    def read(self, page: Page) -> None:
        """What was asked for has come."""
        self.ahead.extend(page.documents)
        self.before, self.place, self.more, self.last = self.place, page.cursor, page.cursor is not None, None

    def newest(self) -> datetime:
        """When the next of it stands in the list."""
        return self.stream.at(self.ahead[0])

    def take(self) -> Document:
        """The next of it."""
        self.last = self.ahead.popleft()
        return self.last

    def onward(self, store: Store) -> str | None:
        """The cursor after what was taken."""
        if not self.ahead:
            return self.place
        return self.before if self.last is None else store.after(self.stream.shape, self.stream.equals, self.last)


@dataclass(frozen=True, slots=True)
class Begun:
    """Lists of which the first documents have been read, to be made one page of."""

    store: Store
    going: Mapping[str, _Going]
    size: int
    until: datetime | None

    def at(self, name: str, document: Document) -> datetime:
        """When the document stands in the list of this name."""
        return self.going[name].stream.at(document)

    def merged(self, without: Collection[str] = ()) -> Merged:
        """At most `size` documents, newest first, each with the name of its list; as if some lists did not exist."""
        going = {name: one for name, one in self.going.items() if name not in without}
        taken: list[tuple[str, Document]] = []
        while len(taken) < self.size:
            more = min(self.size - len(taken), max(_FEW, self.size // 2))
            _fill(self.store, [(one, more) for one in going.values() if one.more and not one.ahead])
            heads = [name for name, one in going.items() if one.ahead]
            if not heads:
                break
            name = max(heads, key=lambda one: going[one].newest())
            taken.append((name, going[name].take()))
        after = {name: one.onward(self.store) for name, one in going.items() if one.ahead or one.more}
        since = self.at(*taken[-1]) if after and taken else None
        return Merged(taken, _written(after, since) if after else None, since, self.until)


def begun(store: Store, streams: Mapping[str, Stream], *, size: int, cursor: str | None) -> Begun:
    """The beginning of a page: a few of each list, so that none need be asked twice for most pages.

    More is read of those alone that are used up: with six lists, one of them ample, and a page of six that is at most
    21 documents, however they are mixed. Raises `Refused` for a cursor that is not of these lists.
    """
    places = _Places(dict.fromkeys(streams)) if cursor is None else _read(cursor, streams)
    going = {name: _Going(streams[name], place) for name, place in places.of.items()}
    few = min(size, max(_FEW, size // 3))
    _fill(store, [(one, size if one.stream.ample else few) for one in going.values()])
    return Begun(store, going, size, places.until)


def merged(store: Store, streams: Mapping[str, Stream], *, size: int, cursor: str | None) -> Merged:
    """The same, and the whole page of all of them."""
    return begun(store, streams, size=size, cursor=cursor).merged()


def _fill(store: Store, asked: Sequence[tuple[_Going, int]]) -> None:
    """Read on in these lists, so many of each."""
    if asked:
        pages = store.together(*(partial(one.ask, store, most) for one, most in asked))
        for (one, _), page in zip(asked, pages, strict=True):
            one.read(page)


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
