"""While the disclosure log can not be written nothing of a case is shown, on any page of any service."""

from typing import Final

import pytest

from tests.access.routes import ANYBODY, ROUTES, Route
from tests.access.standing import SECRETS, standing
from tests.faults.posting import WRITING, insider, named, sender
from tests.faults.test_without_the_keepers import ALWAYS
from tests.journeys.town import PEOPLE, Town, town
from tests.journeys.visitor import Answer

OWN_WORDS: Final = ("/utkast/", "/boka/tid/<id>")
"""What somebody is writing, or has written of the own meeting, is no file yet: it is shown to its writer alone."""
PAGES: Final = [
    one
    for one in ROUTES
    if one.method == "GET" and one.who != ANYBODY and not any(words in one.rule for words in OWN_WORDS)
]
FORMS: Final = [one for one in WRITING if not any(words in one.rule for words in OWN_WORDS)]
ANSWERED: Final = frozenset({
    "/arbete/arende/<id>/journal/skriv", "/arbete/arende/<id>/komplettering/begar",
    "/arbete/arende/<id>/skyddsbedomning",
})  # fmt: skip
"""Where a form that is sent empty is answered with something of the case."""
OF_A_CASE: Final = ("/arbete/arende/", "/arbete/moten/<id>", "/journal/sagt/")
OWN_PAGES: Final = frozenset({"/journal", "/journal/<note>"})
NOTHING_YET: Final = frozenset({
    "/meddelanden/<id>.pdf", "/meddelanden/<id>/beslut.pdf", "/arbete/arende/<id>/komplettering/<supplement>/avsluta",
    *(f"/arbete/arende/<id>/overklagande/{one}/kontrollera" for one in ("tid", "omprovning", "andra", "lamna", "hav")),
})  # fmt: skip
"""A letter that nobody has opened, a question without names, and forms that nobody has filled in."""


def shows(route: Route) -> bool:
    """Whether something is there to be seen while all is well: without it this test would see nothing at all."""
    papers = route.rule.startswith(OF_A_CASE) or route.rule.endswith((".pdf", "/innehall")) or route.rule in OWN_PAGES
    return papers and route.rule not in NOTHING_YET


@pytest.mark.parametrize("route", PAGES, ids=named)
def test_nothing_of_a_case_is_shown_that_can_not_be_logged(route: Route) -> None:
    with town() as here:
        path = route.path(standing(here, route.case).known(route))
        visitor = here.visitor(PEOPLE[insider(route)])
        assert bool(seen(visitor.get(path))) is shows(route)
        here.store.fail_commits_before(ALWAYS)
        assert seen(visitor.get(path)) == []


@pytest.mark.parametrize("route", FORMS, ids=named)
def test_a_page_that_answers_a_form_is_logged_like_any_other(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before = logged(here)
        answer = form.send([one for one in form.fields if one[0] not in route.form])
        if route.rule in ANSWERED:
            assert seen(answer), "there is something to see"
        assert not seen(answer) or logged(here) > before


def logged(here: Town) -> int:
    """How many times somebody was shown something."""
    return sum(collection == "disclosures" for collection, _ in here.store._store._documents)  # type: ignore[attr-defined]


def seen(answer: Answer) -> list[str]:
    """What of the case the answer holds; a paper counts as a whole."""
    found = [secret for secret in SECRETS if secret in answer.text]
    return [*found, "paper"] if answer.body.startswith((b"%PDF", b"PK")) else found
