"""From the case to the phone: staff invite or book, and the code of the letter books, moves and cancels."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from shared.app import House, use
from shared.domain.booking.bookings import State
from shared.domain.booking.invitations import Standing
from shared.domain.ids import CaseId, ItemId
from tests.functions.inbox_browser import Person, resident
from tests.functions.letter_desk import loves_case
from tests.functions.staff_browser import Desk, at
from tests.houses import HandClock, demo_house
from tests.invitations import BORN, DOOR, Guest, book, code_of, invitations, invite, starts, write
from tests.people import ANNA, MARIA, SAMIR
from tests.registers import MOTHER


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as made:
        yield made


def moved_on(house: House, by: timedelta) -> None:
    """Time passes."""
    assert isinstance(house.clock, HandClock)
    house.clock.advance(by)


def story(house: House, case: CaseId) -> str:
    """The case's own page of what has happened."""
    return Desk(house).get(at(case)).text


def test_the_invited_person_chooses_a_time_and_the_case_tells(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    invitation = invite(anna, case)
    phone = Guest(house).opened(invitation)
    meeting = phone.book()

    booking = house.store.get("bookings", meeting)
    assert booking is not None
    assert booking.fields["state"] == State.CONFIRMED.value
    assert booking.fields["person"] == house.cipher.index("person", MOTHER)
    assert invitations(house, case)[0].standing is Standing.BOOKED
    told = story(house, case)
    assert "Bjöd in till ett möte" in told
    assert "Bokade mötet" in told
    assert "den inbjudna" in told
    assert "Bokat" in anna.get(f"{at(case)}/moten").text
    assert anna.get(f"/arbete/moten/{meeting}").status_code == 200


def test_the_code_comes_back_to_the_meeting_moves_it_and_cancels_it(house: House) -> None:
    case = loves_case(house)
    invitation = invite(Desk(house), case)
    meeting = Guest(house).opened(invitation).book()
    again = Guest(house).opened(invitation)

    assert again.get(f"{DOOR}/mote").headers["Location"].endswith(meeting)
    move = f"/boka/tid/{meeting}/flytta"
    shown = again.get(move)
    assert again.post(move, {**again.fields(move, move), "start": starts(shown)[-1]}).status_code == 303
    assert again.answer(meeting, "avboka", reason="").status_code == 303
    off = Guest(house).opened(invitation)
    page = off.get(f"/boka/tid/{meeting}").text
    assert "Mötet är avbokat" in page
    assert "Ring oss" in page
    assert "/igen" not in page
    assert off.get(f"{DOOR}/mote/phone").status_code == 303
    assert "Flyttade mötet" in story(house, case)
    assert "Avbokade mötet" in story(house, case)


def test_staff_book_a_time_and_the_letter_tells_it(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    invitation = book(anna, case)
    phone = Guest(house).opened(invitation)

    assert invitation.standing is Standing.BOOKED
    assert "Din tid är bokad" in phone.get(f"/boka/tid/{invitation.booking}").text
    letter = Person(house, resident(house, MOTHER)).open(f"/meddelanden/{invitation.letter}").text
    assert "Vi har bokat en tid åt dig" in letter
    assert code_of(house, invitation) in letter
    assert f'href="{DOOR}#{code_of(house, invitation)}"' in letter
    assert "Bokade ett möte och skickade inbjudan" in story(house, case)


def test_neither_staff_nor_the_store_ever_sees_the_code(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    invitation = invite(anna, case)
    code = code_of(house, invitation)
    pages = (f"{at(case)}/brev/{invitation.letter}", f"{at(case)}/moten", f"{at(case)}/brev")

    assert [page for page in pages if code in anna.get(page).text] == []
    letter = house.store.get("letters", invitation.letter)
    assert letter is not None
    opened = house._vault.sealing.open(letter, invitation.key, ("text", "envelope", "care"))
    assert code not in str(opened)
    assert code not in str(house.kept.store)


def test_the_phone_sees_no_child_no_reason_and_no_name(house: House) -> None:
    case = loves_case(house)
    phone = Guest(house).opened(invite(Desk(house), case))
    seen = [phone.get(f"{DOOR}/mote").text, phone.get(f"{DOOR}/mote/phone").text]
    meeting = phone.ready()
    seen.append(phone.get(f"/boka/tid/{meeting}/kontrollera").text)
    phone.answer(meeting, "kontrollera")
    seen.append(phone.get(f"/boka/tid/{meeting}").text)

    for page in seen:
        assert [word for word in ("Love", "Samtal och råd", "anmälan", "utredning", "Karin") if word in page] == []


@pytest.mark.parametrize("born", [("1", "1", "1990"), BORN])
def test_a_wrong_pair_is_answered_the_same_whatever_is_wrong(house: House, born: tuple[str, str, str]) -> None:
    case, anna = loves_case(house), Desk(house)
    invitation = invite(anna, case)
    code = code_of(house, invitation)
    gone = f"{at(case)}/moten/{invitation.id}/ta-tillbaka"
    wrong = [said(house, "KKKK-KKKK-KKKK", born), said(house, code, ("1", "1", "1990"))]
    assert anna.post(gone, anna.fields(f"{at(case)}/moten", gone)).status_code == 303
    wrong.append(said(house, code, born))

    assert {status for status, _ in wrong} == {422}
    assert len({words for _, words in wrong}) == 1
    assert "gäller inbjudan inte längre" in wrong[0][1]


def said(house: House, code: str, born: tuple[str, str, str]) -> tuple[int, str]:
    """How a phone of its own is answered, without what was typed."""
    answer = Guest(house).enter(code, born)
    main = answer.text.partition("<h1")[2].partition("<form")[0]
    return answer.status_code, main


def test_five_wrong_days_of_birth_shut_the_code_also_for_the_right_one(house: House) -> None:
    case = loves_case(house)
    invitation = invite(Desk(house), case)
    for day in range(1, 6):
        Guest(house).enter(code_of(house, invitation), (str(day), "1", "1990"))
        moved_on(house, timedelta(hours=2))  # the clients are patient

    assert Guest(house).enter(code_of(house, invitation)).status_code == 422
    assert "Spärrad" in Desk(house).get(f"{at(case)}/moten").text


def test_whoever_guesses_codes_waits_longer_and_longer(house: House) -> None:
    case = loves_case(house)
    invitation = invite(Desk(house), case)
    answers = [Guest(house).enter(f"KKKK-KKKK-KKK{letter}").status_code for letter in "2345678"]

    assert answers == [422, 422, 422, 422, 422, 429, 429]
    assert Guest(house).enter(code_of(house, invitation)).status_code == 429
    moved_on(house, timedelta(minutes=1))
    assert Guest(house).enter(code_of(house, invitation)).status_code == 303


def test_one_invitation_opens_no_other_persons_meeting(house: House) -> None:
    first = invite(Desk(house), loves_case(house))
    mine = Guest(house).opened(first).book()
    other_case = loves_case(house)
    other = Guest(house).opened(invite(Desk(house), other_case))

    for page in ("", "/tolk", "/behov", "/kontrollera", "/flytta", "/avboka", "/tid.ics", "/igen"):
        assert other.get(f"/boka/tid/{mine}{page}").status_code == 404
    assert other.get("/boka/mina").status_code == 403
    assert other.get("/boka/ny/radgivning/phone").status_code == 403


def test_a_new_code_kills_the_old_one_and_whoever_is_inside(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    invitation = invite(anna, case)
    old, inside = code_of(house, invitation), Guest(house).opened(invitation)
    page = f"{at(case)}/moten/{invitation.id}/nytt-brev"
    assert anna.post(page, {**anna.fields(page), "how": "inbox"}).status_code == 422
    assert anna.post(page, {**anna.fields(page), "how": "inbox", "checked": "yes"}).status_code == 303
    anew = invitations(house, case)[0]

    assert code_of(house, anew) != old
    assert Guest(house).enter(old).status_code == 422
    assert inside.get(f"{DOOR}/mote").headers["Location"] == f"{DOOR}?slut=1"
    Guest(house).opened(anew).book()
    letter = Person(house, resident(house, MOTHER)).open(f"/meddelanden/{anew.letter}").text
    assert "Den gamla koden fungerar inte längre" in letter
    assert code_of(house, anew) in letter


def test_a_code_that_nobody_used_in_time_opens_nothing_and_can_be_sent_anew(house: House) -> None:
    case = loves_case(house)
    invitation = invite(Desk(house), case)
    moved_on(house, timedelta(days=22))

    assert Guest(house).enter(code_of(house, invitation)).status_code == 422
    page = Desk(house).get(f"{at(case)}/moten").text
    assert "Ingen tid valdes" in page
    assert "Skicka en ny kod" in page


def test_a_meeting_that_has_been_is_shown_to_nobody_with_a_code(house: House) -> None:
    invitation = invite(Desk(house), loves_case(house))
    meeting = Guest(house).opened(invitation).book()
    booking = house.store.get("bookings", meeting)
    assert booking is not None
    end = booking.fields["end"]
    assert isinstance(end, datetime)
    moved_on(house, end - house.clock.now())

    assert Guest(house).enter(code_of(house, invitation)).status_code == 422


def test_two_phones_with_one_code_book_one_meeting(house: House) -> None:
    case = loves_case(house)
    invitation = invite(Desk(house), case)
    one, other = Guest(house).opened(invitation), Guest(house).opened(invitation)
    first = one.ready()
    check = f"/boka/tid/{first}/kontrollera"
    shown = one.fields(check)
    second = other.ready(start=starts(other.get(f"{DOOR}/mote/phone"))[3])  # lets go of the first
    assert other.answer(second, "kontrollera").status_code == 303
    late = one.post(check, shown)

    assert (late.status_code, late.headers["Location"]) == (303, f"{DOOR}/mote")
    booked = [house.store.get("bookings", id) for id in (first, second)]
    assert [one.fields["state"] if one else "" for one in booked] == ["lapsed", "confirmed"]
    assert one.get(f"{DOOR}/mote").headers["Location"].endswith(second)


def test_no_invitation_goes_before_the_child_is_protected(house: House) -> None:
    case = loves_case(house, guardians_may_be_contacted="unknown")
    anna = Desk(house)
    page = write(anna, case)

    assert page.status_code == 422
    assert "Skriv hur barnet är tryggt" in page.text
    assert write(anna, case, plan="Hon bor hos sin moster.").status_code == 303


def test_only_the_caseworker_invites_and_the_lead_takes_back(house: House) -> None:
    case = loves_case(house)
    invitation = invite(Desk(house), case)
    colleague, lead = Desk(house, SAMIR), Desk(house, MARIA)
    gone = f"{at(case)}/moten/{invitation.id}/ta-tillbaka"

    assert colleague.get(f"{at(case)}/brev/skriv/meeting_invitation").status_code == 403
    assert gone not in colleague.get(f"{at(case)}/moten").text
    assert lead.post(gone, lead.fields(f"{at(case)}/moten", gone)).status_code == 303
    assert "Återtagen" in lead.get(f"{at(case)}/moten").text


def test_staff_who_cancel_the_meeting_shut_its_invitation(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    invitation = book(anna, case, how="print")
    assert len(house.print_queue.page(ANNA).letters) == 1
    off = f"/arbete/moten/{invitation.booking}/avboka"
    assert anna.post(off, {**anna.fields(off), "told": "Jag är sjuk.", "reason": "Sjuk"}).status_code == 303
    page = Guest(house).opened(invitation).get(f"/boka/tid/{invitation.booking}").text

    assert invitations(house, case)[0].standing is Standing.CANCELLED
    assert "Jag är sjuk." in page
    assert house.print_queue.page(ANNA).letters == []


def test_the_person_finds_the_same_meeting_with_the_own_e_id(house: House) -> None:
    case = loves_case(house)
    meeting = Guest(house).opened(invite(Desk(house), case)).book()
    home = Guest(house, resident(house, MOTHER))

    assert meeting in home.get("/boka/mina").text
    assert home.answer(meeting, "avboka", reason="").status_code == 303
    assert invitations(house, case)[0].standing is Standing.CANCELLED
    assert "Avbokade mötet" in story(house, case)


def test_a_taken_time_is_asked_for_again_and_nothing_is_sent(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    answer = write(anna, case, way="book", forms=["visit"], interpreter="no")
    times = answer.headers["Location"]
    start = starts(anna.get(times))[0]
    assert anna.post(times, {**anna.fields(times), "start": start}).status_code == 303
    check = f"{at(case)}/brev/skriv/meeting_invitation/kontrollera"
    sending = {**anna.fields(check), "checked": "yes"}
    book(Desk(house), loves_case(house))  # the same first time, for somebody else
    late = anna.post(check, sending)

    assert late.status_code == 303
    assert "/tid" in late.headers["Location"]
    assert invitations(house, case) == []
    assert house.store.get("bookings", ItemId("0" * 32)) is None
