"""A login that ended, was forged or is somebody else's: nothing is shown or done, and no written word is lost."""

from datetime import timedelta
from typing import Final

import pytest

from shared.app.foundations import fresh
from shared.domain.calendar import local_date
from tests.access.routes import IN, LOGIN, ROUTES, Route
from tests.access.standing import SECRETS, standing
from tests.access.test_matrix import met
from tests.directories import leaves
from tests.faults.posting import SCRIPTS, WRITING, documents, insider, named, sender, taken
from tests.journeys.town import PEOPLE, town
from tests.journeys.visitor import Visitor

ENDED: Final = timedelta(minutes=31)
"""Longer than anybody's login lives without a click."""
FORGED: Final = ("", "x", "0" * 43, "å" * 43, "../../sessions", "'; --", "A" * 4000)
PRIVATE: Final = [route for route in ROUTES if route.who["anonymous"] is LOGIN and SCRIPTS not in route.rule]
WRITTEN: Final = [one for one in WRITING if one in PRIVATE and not one.rule.endswith("/filer")]
"""Files are not kept: their page asks for them again."""
HELD: Final = frozenset(f"/boka/tid/<id>/{page}" for page in ("tolk", "behov", "kontrollera"))
"""Where a time was held that is nobody's by then: what was written is kept, and other times are offered."""
each_private = pytest.mark.parametrize("route", PRIVATE, ids=named)
each_private_form = pytest.mark.parametrize("route", WRITTEN, ids=named)


@each_private
def test_a_login_that_ended_shows_and_does_nothing_anywhere(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before = documents(here)
        here.clock.advance(ENDED)
        answer = form.send() if route.method == "POST" else form.visitor.ask("GET", form.path)
        assert met(answer) is LOGIN
        assert [secret for secret in SECRETS if secret in answer.text] == []
        assert documents(here) == before


@each_private
def test_a_forged_login_shows_nothing_anywhere(route: Route) -> None:
    with town() as here:
        path = route.path(standing(here, route.case).known(route))
        visitor = here.visitor()
        for token in FORGED:
            visitor.cookies["session"] = token.encode().decode("latin-1")
            answer = visitor.ask("GET", path)
            assert answer.status in {303, 404, 405}, (token, answer.status)
            assert [secret for secret in SECRETS if secret in answer.text] == []


@each_private_form
def test_a_form_sent_too_late_comes_back_to_its_writer_and_to_nobody_else(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        here.clock.advance(ENDED)
        late = form.send()
        assert late.status == 303
        assert late.location.startswith("/logga-in?next=")
        kept = dict(form.visitor.cookies)
        for person in [one for one, outcome in route.who.items() if outcome is IN and one != insider(route)]:
            other = Visitor(form.visitor.origin, form.visitor.send, {**kept, **here.visitor(PEOPLE[person]).cookies})
            assert "Vi sparade det du skrev" not in other.ask("GET", form.path).text
        form.visitor.cookies.update(here.visitor(PEOPLE[insider(route)]).cookies)
        back = form.visitor.ask("GET", form.path)
        assert "Vi sparade det du skrev" in back.text
        wanted = [field for field in form.fields if field[0] != "csrf_token"]
        assert [field for field in back.form(form.path).fields if field[0] != "csrf_token"] == wanted
        assert form.visitor.submit(back, form.path).status == (409 if route.rule in HELD else taken(route))


def test_what_was_sent_too_late_waits_through_the_whole_way_to_the_e_id_and_back() -> None:
    with town() as here:
        visitor = here.visitor()
        visitor.log_in("elsa.exempel", "/anmal")
        draft = visitor.follow(visitor.submit(visitor.get("/anmal"), "/anmal/utkast")).path.rpartition("/")[0]
        page = visitor.get(f"{draft}/beskriv")
        here.clock.advance(ENDED)
        login = visitor.follow(visitor.submit(page, page.path, concern_description="I dag sa Kim att"))
        people = visitor.follow(visitor.submit(login, "/logga-in/start", broker="test-eid"))
        back = visitor.follow(visitor.submit(people, person="elsa.exempel"))
        assert "Vi sparade det du skrev" in back.text
        assert visitor.submit(back, page.path).status == 303
        assert "I dag sa Kim att" in visitor.get(page.path).text


@each_private_form
def test_a_form_whose_writer_is_unknown_is_shown_back_to_be_copied(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before = documents(here)
        here.clock.advance(timedelta(hours=12))
        answer = form.send()
        assert answer.status == 401
        assert [value for value in route.form.values() if " " in value and value not in answer.text] == []
        assert documents(here) == before


@pytest.mark.parametrize("person", ["caseworker", "lead"])
def test_a_colleague_who_is_removed_while_logged_in_is_out_of_every_page_at_the_next_click(person: str) -> None:
    with town() as here:
        known = standing(here, "noted")
        who = PEOPLE[person]
        assert who is not None
        visitor = here.visitor(who)
        token = dict(visitor.get("/logga-in").form("/logga-in/start").fields)["csrf_token"]
        leaves(here.house, str(who.staff), local_date(here.clock.now()) - timedelta(days=1))
        before = documents(here)
        for route in (one for one in PRIVATE if one.who[person] is IN):
            ids = {name: id or fresh() for name, id in known.known(route).items()}
            path, fields = route.path(ids), [("submission_id", fresh()), *route.fields]
            sent = [("csrf_token", token), *fields]
            answer = visitor.ask("GET", path) if route.method == "GET" else visitor.post(path, sent)
            assert (route.rule, met(answer)) == (route.rule, LOGIN)
            assert [secret for secret in SECRETS if secret in answer.text] == []
        assert documents(here) == before
