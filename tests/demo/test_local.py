"""The practice room: the people, the clock, what rang, beginning again; and that production has no such room."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.adapters.clock import AdjustableClock, SystemClock
from shared.app import House, assemble
from shared.demo.eid_people import people
from shared.demo.local import LEAPS, create_local
from shared.demo.local_notices import _CLOCKS, _ROLES, _TITLES, _reminder
from shared.domain.deadline_law import LAW
from shared.domain.deadlines import ACUTE, OVERDUE, UNASSIGNED
from shared.domain.ids import CaseId, NoticeId, StaffId
from shared.domain.notices import Notice, NoticeKind
from shared.domain.principals import Role
from shared.records.item_rows import notice_row
from shared.settings import BadSettings, Stage
from tests.cases import filed
from tests.houses import DEMO, HandClock, demo_house, kept
from tests.people import MONDAY, UNIT
from tests.records.reports import filed_case

_TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


class StoppedClock(SystemClock):
    """A machine whose own clock stands still."""

    def now(self) -> datetime:
        return MONDAY


class Room:
    """The room in a house whose clock can be put forward; `ring` is what happens when it is."""

    def __init__(self, folder: Path) -> None:
        clock = AdjustableClock(folder / "clock", StoppedClock())
        self.house: House = assemble(DEMO, replace(kept(), clock=clock))
        self.begun_again = 0
        self.ring: Callable[[], None] = lambda: None
        app = create_local(self.house, self._ring, self._begin_again)
        self.client: FlaskClient = app.test_client()

    def _ring(self) -> None:
        self.ring()

    def _begin_again(self) -> None:
        self.begun_again += 1

    def get(self, path: str = "/lokal") -> TestResponse:
        return self.client.get(path, base_url=DEMO.origin)

    def post(self, path: str, **fields: str) -> TestResponse:
        token = _TOKEN.findall(self.get().text)[-1]
        return self.client.post(path, base_url=DEMO.origin, data={"csrf_token": token, **fields})

    def tell(self, **changes: object) -> None:
        """The product tells the lead that an assessment is overdue, unless something else is said."""
        told: dict[str, object] = {
            "id": NoticeId(f"{self.house.clock.now().timestamp():032.0f}"),
            "unit": UNIT,
            "at": self.house.clock.now(),
            "kind": NoticeKind.DEADLINE,
            "case": CaseId("c" * 32),
            "role": Role.TEAM_LEAD,
            "deadline": "forhandsbedomning",
            "due": MONDAY,
            "warning": OVERDUE,
        }
        notice = Notice(rev=0, **{**told, **changes})  # type: ignore[arg-type]
        self.house.store.commit([notice_row(notice).write(None)])  # type: ignore[arg-type] # nothing of it is sealed


@pytest.fixture
def room(tmp_path: Path) -> Room:
    return Room(tmp_path)


def test_everybody_one_can_be_is_listed_with_the_way_in(room: Room) -> None:
    page = room.get().text

    assert [person.name for person in people().values() if person.name not in page] == []
    assert {"/logga-in?next=/anmal", "/logga-in?next=/arbete", "/logga-in"} <= set(re.findall(r'href="([^"]+)"', page))


def test_it_says_that_it_is_for_practice(room: Room) -> None:
    assert "Övningsmiljö. Inga riktiga personer eller ärenden." in room.get().text


@pytest.mark.parametrize("name", LEAPS)
def test_the_clock_goes_forward_by_what_the_button_says(room: Room, name: str) -> None:
    answer = room.post("/lokal/klocka", fram=name)

    assert (answer.status_code, answer.location) == (303, "/lokal#klocka")
    assert room.house.clock.now() == MONDAY + LEAPS[name].by


def test_fourteen_days_can_pass_at_once(room: Room) -> None:
    assert max(leap.by for leap in LEAPS.values()) == timedelta(days=14)


@pytest.mark.parametrize("wish", ["-1d", "1y", ""])
def test_a_step_that_is_not_offered_leaves_the_clock_alone(room: Room, wish: str) -> None:
    room.post("/lokal/klocka", fram=wish)

    assert room.house.clock.now() == MONDAY


def test_alarms_ring_when_the_clock_has_been_put_forward(room: Room) -> None:
    seen: list[datetime] = []
    room.ring = lambda: seen.append(room.house.clock.now())
    room.post("/lokal/klocka", fram="7d")

    assert seen == [MONDAY + timedelta(days=7)]


def test_the_page_says_what_rang(room: Room) -> None:
    room.ring = room.tell
    room.post("/lokal/klocka", fram="14d")
    rang = room.get().text.partition('role="status"')[2].partition("</section>")[0]

    assert "Förhandsbedömningen är försenad" in rang
    assert "Till gruppledaren" in rang


def test_what_was_told_before_did_not_ring_now(room: Room) -> None:
    room.tell()
    room.post("/lokal/klocka", fram="1h")
    page = room.get().text

    assert "Inget ringde." in page
    assert page.count("Förhandsbedömningen är försenad") == 1


def test_a_reminder_shows_the_last_day_and_not_the_midnight_after_it(room: Room) -> None:
    room.tell(due=MONDAY.replace(hour=23))  # midnight in Stockholm

    assert "Sista dag mån 2 nov" in room.get().text.replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_told_after_the_alarms_fell_silent_did_not_ring(room: Room) -> None:
    room.post("/lokal/klocka", fram="1h")
    room.tell(at=room.house.clock.now() + timedelta(minutes=5))

    assert "Inget ringde." in room.get().text


def test_a_notice_to_several_roles_of_one_person_is_shown_once(room: Room) -> None:
    room.tell(role=Role.INTAKE_CASEWORKER)

    assert room.get().text.count("Förhandsbedömningen är försenad") == 1


def test_a_notice_to_one_person_names_the_person(room: Room) -> None:
    room.tell(staff=StaffId("anna.exempel"), role=None, kind=NoticeKind.ACUTE_REPORT)
    page = room.get().text

    assert "En anmälan säger att ett barn kan vara i fara" in page
    assert "Till Anna Exempel" in page


def test_every_deadline_reminder_and_role_has_words() -> None:
    reminders = {ACUTE, UNASSIGNED, OVERDUE, *(f"T-{days}" for days in range(121))}

    assert {rule.name for rule in LAW} <= set(_CLOCKS)
    assert set(NoticeKind) - set(_TITLES) == {NoticeKind.DEADLINE}, "a deadline's notice says which and when"
    assert [one for one in reminders if one in _reminder(one)] == [], "a municipality chooses its own days"
    assert set(Role) == set(_ROLES)


def test_nothing_is_thrown_away_before_somebody_has_said_yes(room: Room) -> None:
    assert "Det går inte att ångra." in room.get("/lokal/borja-om").text
    assert room.begun_again == 0


def test_beginning_again_leads_to_a_room_that_says_so(room: Room) -> None:
    answer = room.post("/lokal/borja-om")

    assert (answer.status_code, answer.location) == (303, "/lokal?tomt")
    assert room.begun_again == 1


def test_the_new_room_says_that_all_is_empty(room: Room) -> None:
    assert "Allt är tomt." in room.get("/lokal?tomt").text


def test_a_room_that_is_thrown_away_shows_nothing_more_and_leads_on(room: Room) -> None:
    room.post("/lokal/borja-om")

    answer = room.get("/lokal?tomt")

    assert (answer.status_code, answer.location) == (303, "/lokal?tomt")


@pytest.mark.parametrize("path", ["/lokal/klocka", "/lokal/borja-om"])
def test_another_site_can_neither_move_the_clock_nor_throw_anything_away(room: Room, path: str) -> None:
    answer = room.client.post(
        path, base_url=DEMO.origin, data={"fram": "14d"}, headers={"Origin": "https://evil.example"}
    )

    assert answer.status_code == 403
    assert (room.house.clock.now(), room.begun_again) == (MONDAY, 0)


def test_production_has_no_such_room(room: Room) -> None:
    real = assemble(replace(DEMO, stage=Stage.PRODUCTION, origin="https://example.se"), room.house.kept)

    with pytest.raises(BadSettings):
        create_local(real, lambda: None, lambda: None)


def test_a_clock_that_cannot_be_put_forward_has_no_room() -> None:
    with pytest.raises(BadSettings):
        create_local(demo_house(clock=HandClock()), lambda: None, lambda: None)


def test_what_would_have_left_the_house_is_shown_and_nothing_has(room: Room) -> None:
    assert "Inget har skickats än." in room.get("/lokal/meddelanden").text

    filed_case(room.house, filed(acute=True))
    room.house.sending.sweep()
    page = room.get("/lokal/meddelanden").text

    assert "Jouren behövs nu. Logga in på arbetsytan som vanligt." in page
    assert "Sms · Jourtelefonen<br>" in page
    assert "+46313900613" in page
    assert "E-post · Maria Exempel<br>" in page
    assert "Se 2 besked som skulle ha gått ut" in room.get().text
