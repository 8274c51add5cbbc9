"""Posts to every address as somebody who may, with everything in order but what a test puts wrong."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from shared.app.foundations import fresh
from tests.access.routes import IN, ROUTES, Route
from tests.access.standing import Standing, standing
from tests.journeys.town import PEOPLE, Town
from tests.journeys.visitor import Answer, Visitor

Fields: TypeAlias = Sequence[tuple[str, str]]
MACHINES: Final = ("/intern/", "/aterkoppling/")
SCRIPTS: Final = "/delar"
CODES: Final = "/boka/kod"
POSTS: Final = tuple(
    one
    for one in ROUTES
    if one.method == "POST" and not one.rule.startswith(MACHINES) and SCRIPTS not in one.rule
    if one.rule != CODES and IN in one.who.values()
)
"""Every address of a person's form; what machines and scripts send, and codes of letters, have tests of its own."""
WRITING: Final = tuple(one for one in POSTS if one.rule not in {"/lamna", "/logga-in/ut"})
"""Those of them that take more than a press of a button, or write."""


ASKING: Final = frozenset({"/verifiera", "/arbete/moten/kalender"})
"""Where the page that answers is the answer: nothing is kept, or a secret is shown this once."""


SHOWING: Final = frozenset({"/ansok/utkast/<id>/<slug>/<item>/ta-bort"})
"""Where the form says what its page showed, and is asked again without it."""


def taken(route: Route) -> int:
    """How a form of the route that was taken is answered: with another page to go to, or with the answer itself."""
    return 200 if route.rule in ASKING else 303


def named(route: Route) -> str:
    """What a test of the route is called."""
    return f"{route.method} {route.rule}"


@dataclass(frozen=True, slots=True)
class Sender:
    """Somebody in front of the form of a route, with a good token and a fresh id."""

    visitor: Visitor
    path: str
    fields: Fields

    def send(self, fields: Fields | None = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Post the form, or other fields instead of its own."""
        return self.visitor.post(self.path, self.fields if fields is None else fields, **(headers or {}))

    def changed(self, **changes: str | None) -> Fields:
        """The fields with some of them changed, or left out when None."""
        kept = [(name, value) for name, value in self.fields if name not in changes]
        return [*kept, *((name, value) for name, value in changes.items() if value is not None)]


def insider(route: Route) -> str:
    """The first person whom the route lets in, logged in where that matters; a stranger if it lets in nobody."""
    allowed = [person for person, outcome in route.who.items() if outcome is IN]
    return next((person for person in allowed if PEOPLE[person] is not None), next(iter(allowed), "anonymous"))


def sender(town: Town, route: Route, known: Standing | None = None) -> Sender:
    """The insider of the route, about to post."""
    stands = standing(town, route.case) if known is None else known
    visitor = town.visitor(PEOPLE[insider(route)])
    token = dict(visitor.get("/logga-in").form("/logga-in/start").fields)["csrf_token"]
    path = route.path(stands.known(route))
    shown = visitor.get(path).form(path).fields if route.rule in SHOWING else []
    seen = [(name, value) for name, value in shown if name == "seen"]
    return Sender(visitor, path, [("csrf_token", token), ("submission_id", fresh()), *seen, *route.fields])


def documents(town: Town) -> dict[tuple[str, str], tuple[int, str]]:
    """Every stored document but sessions and the log of what was shown."""
    stored = town.store._store._documents  # type: ignore[attr-defined]
    return {key: (rev, body) for key, (rev, body, _) in stored.items() if key[0] not in {"sessions", "disclosures"}}
