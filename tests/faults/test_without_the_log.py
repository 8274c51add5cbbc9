"""While the disclosure log can not be written nothing of a case is shown, on any page of any service."""

from typing import Final

import pytest

from tests.access.routes import ANYBODY, ROUTES, Route
from tests.access.standing import SECRETS, standing
from tests.faults.posting import insider, named
from tests.faults.test_without_the_keepers import ALWAYS
from tests.journeys.town import PEOPLE, town
from tests.journeys.visitor import Answer

OWN_WORDS: Final = ("/utkast/", "/boka/tid/<id>")
"""What somebody is writing, or has written of the own meeting, is no file yet: it is shown to its writer alone."""
PAGES: Final = [
    one
    for one in ROUTES
    if one.method == "GET" and one.who != ANYBODY and not any(words in one.rule for words in OWN_WORDS)
]
SHOWN: Final = frozenset({
    "/anmal/kvitto/<id>/innehall", "/ansok/kvitto/<id>/innehall", "/overklaga/kvitto/<id>/innehall", "/journal",
    "/journal/<note>", "/journal/sagt/<id>",
    "/arbete/arende/<id>", "/arbete/arende/<id>/anmalan", "/arbete/arende/<id>/ansokan", "/arbete/arende/<id>/journal",
    "/arbete/arende/<id>/kontakt", "/arbete/arende/<id>/sagt/<objection>", "/arbete/arende/<id>/overklagande",
    "/arbete/arende/<id>/komplettering", "/arbete/moten/<id>",
})  # fmt: skip
"""Where something is there to be seen while all is well: without them this test would see nothing at all."""


@pytest.mark.parametrize("route", PAGES, ids=named)
def test_nothing_of_a_case_is_shown_that_can_not_be_logged(route: Route) -> None:
    with town() as here:
        path = route.path(standing(here, route.case).known(route))
        visitor = here.visitor(PEOPLE[insider(route)])
        if route.rule in SHOWN:
            assert seen(visitor.get(path)), "there is something to see"
        here.store.fail_commits_before(ALWAYS)
        assert seen(visitor.get(path)) == []


def seen(answer: Answer) -> list[str]:
    """What of the case the answer holds; a paper counts as a whole."""
    found = [secret for secret in SECRETS if secret in answer.text]
    return [*found, "paper"] if answer.body.startswith((b"%PDF", b"PK")) else found
