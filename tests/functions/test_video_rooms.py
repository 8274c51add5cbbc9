"""The room of a video meeting on the pages of the person and of staff: when its button is there, and who gets in."""

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest

from shared import log
from shared.adapters.jitsi_rooms import JitsiRooms
from shared.adapters.no_rooms import NoRooms
from shared.app import House, use
from shared.domain import calendar
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.ids import ItemId
from shared.domain.principals import Principal
from tests.functions.browser import Browser
from tests.functions.meeting_browser import Booker
from tests.functions.staff_browser import Desk
from tests.houses import HandClock
from tests.meetings import hold, meeting_house, room, sent, somebody, staff, town
from tests.people import ANNA, ELSA, MARIA, SAMIR

NINE = calendar.at(date(2026, 11, 4), time(9))
ME = somebody()
ENTER = "Gå in i rummet"
WISHES = {
    "interpreter": "yes", "language": "Somaliska", "interpreter_gender": "any", "interpreter_how": "any",
    "phone": "070-174 06 05", "support_person": "Astrid", "needs": [],
}  # fmt: skip


@pytest.fixture
def house() -> Iterator[House]:
    """Meetings are with Anna alone; the time is that of a person who has logged in and waits at the door."""
    made = meeting_house(offer=town(staff("anna.exempel"), room()))
    with use(made):
        yield made


@pytest.fixture
def jitsi(house: House, tmp_path: Path) -> House:
    """The same with a video server."""
    file = tmp_path / "key"
    file.write_text("en-hemlighet-som-delas-med-videoservern")
    house.video = JitsiRooms("https://mote.example.se", "troskelfri", file, house.clock)
    return house


def booked(house: House, form: MeetingForm = MeetingForm.VIDEO) -> ItemId:
    id = hold(house, ME, NINE, form, **WISHES)
    house.meetings.confirm(ME, id, sent(ME))
    return id


def at(house: House, moment: datetime) -> None:
    clock = house.kept.clock
    assert isinstance(clock, HandClock)
    clock.at = moment


def own(id: str) -> str:
    return f"/boka/tid/{id}"


def of(id: str) -> str:
    return f"/arbete/moten/{id}"


def enter(browser: Browser, page: str) -> tuple[int, str]:
    """Post as the button does, with a token of this browser; whether it is there or not."""
    fields = browser.get("/boka" if isinstance(browser, Booker) else "/arbete/moten").text
    token = fields.partition('name="csrf_token" value="')[2].partition('"')[0]
    answer = browser.post(f"{page}/rum", {"csrf_token": token})
    return answer.status_code, answer.location or ""


def test_the_page_says_when_the_room_opens_who_is_in_it_and_what_to_do_when_it_fails(house: House) -> None:
    id = booked(house)
    page = Booker(house, ME).get(own(id)).text
    assert ENTER not in page
    for words in ("Rummet öppnar", "08.50", "Anna Exempel", "för anteckningar", "En tolk", "Somaliska", "Astrid"):
        assert words in page
    for number in ("070-174 06 05", house.municipality.contact.phone):
        assert f">{number}</bdi>" in page


def test_both_enter_ten_minutes_before_and_each_entry_is_logged(jitsi: House) -> None:
    id = booked(jitsi)
    at(jitsi, NINE - timedelta(minutes=10))
    for browser, page, who in ((Booker(jitsi, ME), own(id), "resident"), (Desk(jitsi, ANNA), of(id), "staff")):
        shown = browser.get(page)
        assert ENTER in shown.text
        assert "form-action 'self'" in shown.headers["Content-Security-Policy"]
        assert "https://mote.example.se" in shown.headers["Content-Security-Policy"]
        answer = enter(browser, page)
        assert answer[0] == 303
        assert answer[1].startswith("https://mote.example.se/")
        assert who in logged(jitsi, "video_room")


def logged(house: House, what: str) -> list[str]:
    stored = house.kept.store._store._documents  # type: ignore[attr-defined]
    return [
        str(house.store.get(*key).fields["actor_kind"])  # type: ignore[union-attr]
        for key in list(stored)
        if key[0] == "disclosures" and f'"what":"{what}"' in stored[key][1]
    ]


def test_while_the_meeting_goes_on_its_page_leads_in_and_does_not_say_that_it_is_over(jitsi: House) -> None:
    id = booked(jitsi)
    at(jitsi, NINE + timedelta(minutes=5))
    shown = Booker(jitsi, ME).get(own(id)).text

    assert ("Mötet har börjat. Gå in när du är redo." in shown, ENTER in shown) == (True, True)
    assert "är över" not in shown


def test_the_room_has_a_random_name_and_neither_it_nor_the_token_is_kept_or_logged_in_clear(jitsi: House) -> None:
    heard = io.StringIO()
    log.start(heard)
    id = booked(jitsi)
    at(jitsi, NINE)
    _, address = enter(Booker(jitsi, ME), own(id))
    name, _, token = address.removeprefix("https://mote.example.se/").partition("#jwt=")
    assert len(name) == 32
    assert name not in {id, str(ME.person)}
    stored = str(jitsi.kept.store._store._documents)  # type: ignore[attr-defined]
    for secret in (name, token.strip("%2")):
        assert secret not in stored
        assert secret not in heard.getvalue()
    assert "meeting.entered" in heard.getvalue()


@pytest.mark.parametrize("minutes", [-11, 90, 60 * 24 * 30])
def test_before_time_and_long_after_the_door_is_closed_whatever_is_posted(jitsi: House, minutes: int) -> None:
    id = booked(jitsi)
    at(jitsi, NINE + timedelta(minutes=minutes))
    for browser, page in ((Booker(jitsi, ME), own(id)), (Desk(jitsi, ANNA), of(id))):
        assert ENTER not in browser.get(page).text
        assert enter(browser, page) == (303, page)


def test_a_cancelled_meeting_and_one_by_phone_have_no_room(jitsi: House) -> None:
    cancelled = booked(jitsi)
    jitsi.meetings.cancel(ME, cancelled, "", sent(ME))
    called = booked(jitsi, MeetingForm.PHONE)
    at(jitsi, NINE)
    for id in (cancelled, called):
        page = Booker(jitsi, ME).get(own(id)).text
        assert "Videomötet" not in page
        assert enter(Booker(jitsi, ME), own(id)) == (303, own(id))
        assert enter(Desk(jitsi, ANNA), of(id)) == (303, of(id))


@pytest.mark.parametrize("who", [somebody(1), ELSA, ANNA])
def test_to_other_residents_and_from_work_somebodys_room_does_not_exist(jitsi: House, who: Principal) -> None:
    id = booked(jitsi)
    at(jitsi, NINE)
    assert enter(Booker(jitsi, who), own(id))[0] in {403, 404}
    assert "video_room" not in str(jitsi.kept.store._store._documents)  # type: ignore[attr-defined]


@pytest.mark.parametrize("who", [SAMIR, MARIA])
def test_staff_who_do_not_hold_the_meeting_are_not_let_in_nor_is_the_lead(jitsi: House, who: Principal) -> None:
    id = booked(jitsi)
    at(jitsi, NINE)
    desk = Desk(jitsi, who)
    assert enter(desk, of(id))[0] == 404
    if who is MARIA:
        page = desk.get(of(id)).text
        assert ENTER not in page
        assert "Bara den som håller mötet" in page


def test_a_moved_meeting_has_another_room(jitsi: House) -> None:
    id = booked(jitsi)
    found = jitsi.meetings.find(ME, id)
    jitsi.meetings.move(ME, id, NINE + timedelta(days=1), sent(ME))
    moved = jitsi.meetings.find(ME, id)
    assert found is not None
    assert moved is not None
    assert found.video != moved.video


def test_where_there_is_no_server_any_more_the_page_says_that_we_call(house: House) -> None:
    id = booked(house)
    house.video = NoRooms()
    at(house, NINE)
    mine, annas = Booker(house, ME), Desk(house, ANNA)
    assert "Vi ringer dig i stället" in mine.get(own(id)).text
    assert "Ring personen i stället" in annas.get(of(id)).text
    assert enter(mine, own(id)) == (303, own(id))
    assert enter(annas, of(id)) == (303, of(id))


def test_at_stage_demo_the_way_in_leads_to_a_page_that_says_it_is_a_test(house: House) -> None:
    id = booked(house)
    at(house, NINE)
    assert enter(Booker(house, ME), own(id)) == (303, "/lokal/rum")
