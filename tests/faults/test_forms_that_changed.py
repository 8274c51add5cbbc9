"""A form that is closed or changed while somebody writes: no word is lost, and it is looked through again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from shared.formkit import declared, loading
from shared.formkit.definition import Form
from tests.access.routes import ROUTES, Route
from tests.access.standing import SECRETS
from tests.faults.posting import named, sender
from tests.journeys.town import town
from tests.journeys.visitor import Answer

SENDING: Final = tuple(one for one in ROUTES if one.method == "POST" and one.rule.endswith("/utkast/<id>/skicka"))
RECEIPTS: Final = ("/anmal/kvitto/", "/ansok/kvitto/", "/overklaga/kvitto/", "/journal/sagt/")
CLOSES: Final = frozenset({"/ansok/utkast/<id>/skicka"})
"""Reporting, appealing and saying something of the own file close to nobody."""
each_service = pytest.mark.parametrize("route", SENDING, ids=named)


def changed(monkeypatch: pytest.MonkeyPatch, **how: Any) -> None:
    """From now on every form that people fill in is another."""
    load: Callable[[Any], Form] = loading.load
    for room in (loading, declared):
        monkeypatch.setattr(room, "load", lambda path: replace(load(path), **how))


def words(page: Answer) -> set[str]:
    """What of the written words stands on the page."""
    return {one for one in SECRETS if one in page.text}


def test_every_service_that_sends_a_form_is_tried() -> None:
    assert len(SENDING) == len(RECEIPTS)


@each_service
def test_a_form_that_closed_between_start_and_sending_loses_no_word(
    route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    with town() as here:
        form = sender(here, route)
        check = form.path.replace("/skicka", "/kontrollera")
        written = words(form.visitor.get(check))
        assert written
        changed(monkeypatch, valid_to=date(2026, 1, 2))
        answer = form.send()
        if route.rule in CLOSES:
            assert answer.status == 409
            assert words(answer) == words(form.visitor.get(check)) == written
        else:
            assert answer.location.startswith(RECEIPTS), answer.text


@each_service
def test_a_form_of_a_new_version_is_sent_when_it_has_been_looked_through(
    route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    with town() as here:
        form = sender(here, route)
        check = form.path.replace("/skicka", "/kontrollera")
        written = words(form.visitor.get(check))
        changed(monkeypatch, version=99)
        answer = form.send()
        if not answer.location.startswith(RECEIPTS):
            page = form.visitor.follow(answer)
            assert words(page) == written
            again = {name: value for name, value in route.form.items() if name != "checked"}
            answer = form.visitor.submit(page, form.path, **again)
        assert answer.location.startswith(RECEIPTS), answer.text
