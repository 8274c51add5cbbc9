"""The own file: what is released, to the person alone; what is not, without a trace; and nothing that is not logged."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.ids import ItemId, OrganisationId
from shared.domain.notes import Care
from shared.domain.principals import ANONYMOUS, SYSTEM, Kind, Principal
from shared.domain.queries import CASE_DISCLOSURES
from shared.domain.register import Protection
from shared.ports.store import Refused, Store, Unavailable
from shared.records import own_file
from shared.records.own_file import PAGE, OwnLetter, OwnNote, OwnWords
from tests.adapters.faulty_store import FaultyStore
from tests.functions.inbox_browser import resident
from tests.houses import demo_house
from tests.letters import named, send_letter
from tests.own_files import NAME, NUMBER, RELEASE, WITHHOLD, knowing, noted, nova, novas_case, review, say
from tests.people import ANNA, ELSA, SAMIR
from tests.records.reports import Forms
from tests.records.test_letters import annas_case
from tests.registers import FATHER, MOTHER, HandRegister, family, person

OPEN, SECRET = "Vi pratade om frukosten.", "Farmor bor på Storgatan."


def texts(house: House, who: Principal) -> list[str]:
    """Every text that the person reads, over all pages."""
    cursor: str | None = None
    found: list[str] = []
    while True:
        page = house.own_file.page(who, cursor)
        found += [one.shown.text for one in page.entries if isinstance(one, OwnNote)]
        cursor = page.cursor
        if cursor is None:
            return found


def everything(house: House, who: Principal, *ids: ItemId) -> str:
    """All that the person can get out of the desk, by every way."""
    pages = [house.own_file.page(who), house.own_file.readings(who), house.own_file.whole(who)]
    return repr([*pages, *(house.own_file.entry(who, one) for one in ids)])


NOTHING = everything(demo_house(), ANONYMOUS, ItemId("0" * 32))


def test_what_is_released_is_read_newest_first_page_by_page(store: Store) -> None:
    house = demo_house(store)
    knowing(house)
    case = novas_case(house)
    for day in range(1, 19):
        noted(house, case, f"Dag {day}.", RELEASE if day % 2 else None, day)

    assert texts(house, nova(house)) == [f"Dag {day}." for day in range(17, 0, -2)]
    assert len(house.own_file.page(nova(house)).entries) == PAGE
    assert [one.shown.text for one in house.own_file.whole(nova(house)).notes] == texts(house, nova(house))


def test_what_is_too_much_for_one_paper_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    house = demo_house()
    knowing(house)
    case = novas_case(house)
    for day in range(1, 5):
        noted(house, case, "x" * 100, RELEASE, day)
    assert not house.own_file.whole(nova(house)).more

    monkeypatch.setattr(own_file, "LONGEST_ON_PAPER", 250)
    held = house.own_file.whole(nova(house))
    assert (len(held.notes), held.more) == (2, True)


def test_letters_of_the_own_inbox_stand_among_the_notes_unopened(store: Store) -> None:
    house = demo_house(store)
    knowing(house)
    case = novas_case(house)
    noted(house, case, OPEN, RELEASE)
    another = annas_case(house)
    letter = send_letter(house, another, named(str(nova(house).person)))
    entries = house.own_file.page(nova(house)).entries

    assert [type(one) for one in entries] == [OwnLetter, OwnNote]
    assert isinstance(entries[0], OwnLetter)
    assert entries[0].id == letter
    assert "frukostar" not in repr(entries)


@pytest.mark.parametrize("withheld", [None, WITHHOLD], ids=["never reviewed", "withheld"])
def test_what_is_not_released_leaves_no_trace_by_list_by_id_by_count_on_paper_or_in_a_cursor(
    store: Store, withheld: object
) -> None:
    house = demo_house(store)
    knowing(house)
    case = novas_case(house)
    for day in range(1, 7):
        noted(house, case, OPEN, RELEASE, day)
    before = everything(house, nova(house))
    secret = noted(house, case, SECRET, WITHHOLD if withheld else None, 20)

    assert house.own_file.entry(nova(house), secret) is None
    assert texts(house, nova(house)) == [OPEN] * 6
    assert house.own_file.page(nova(house)).cursor is None
    assert len(house.own_file.whole(nova(house)).notes) == 6
    assert secret not in everything(house, nova(house), secret)
    assert before.count("OwnNote") == everything(house, nova(house)).count("OwnNote")


def test_own_words_and_the_answers_stand_in_the_chronology_and_in_the_whole(store: Store) -> None:
    house = demo_house(store)
    knowing(house)
    case = novas_case(house)
    note = noted(house, case, OPEN, RELEASE)
    wrong, more = say(house, note, "Det stämmer inte."), say(house, None, "En sak till.", asks=False)
    house.objections.answer(ANNA, case, wrong, "Vi har rättat det.", title="kurator", submission=Forms(ANNA).new())
    entries = [one for one in house.own_file.page(nova(house)).entries if isinstance(one, OwnWords)]

    assert sorted((one.said.id, one.answered) for one in entries) == sorted(
        [(wrong, False), (wrong, True), (more, False)]
    )
    assert sorted(one.text for one in house.own_file.whole(nova(house)).said) == ["Det stämmer inte.", "En sak till."]


def test_what_is_withheld_again_is_gone_everywhere() -> None:
    house = demo_house()
    knowing(house)
    case = novas_case(house)
    note = noted(house, case, OPEN, RELEASE)
    assert OPEN in everything(house, nova(house), note)
    review(house, case, note, WITHHOLD, seen=1)

    assert OPEN not in everything(house, nova(house), note)
    assert everything(house, nova(house), note).replace(note, "") == NOTHING


def test_a_note_of_violence_never_reaches_anybody() -> None:
    house = demo_house()
    knowing(house)
    case = novas_case(house)
    note = noted(house, case, SECRET, None, 1, Care.VIOLENCE)

    assert everything(house, nova(house), note) == NOTHING


def outsiders(house: House) -> dict[str, Principal]:
    """Everybody who might try."""
    own = nova(house)
    return {
        "anonymous": ANONYMOUS,
        "the system": SYSTEM,
        "another resident": resident(house, "191212121212"),
        "a guardian": resident(house, MOTHER),
        "the reported, a former guardian": resident(house, FATHER),
        "the reporter": ELSA,
        "the person in a login for work": replace(own, kind=Kind.STAFF, staff=ANNA.staff, unit=ANNA.unit),
        "the person as a reporter": replace(own, kind=Kind.REPORTER, organisation=OrganisationId("exempelskolan")),
        "the caseworker": ANNA,
        "a colleague without the case": SAMIR,
    }


@pytest.mark.parametrize("name", [*outsiders(demo_house())])
def test_nobody_else_gets_anything_by_any_way(name: str) -> None:
    house = demo_house()
    knowing(house, person(NUMBER, NAME, guardians=(MOTHER,)), person(MOTHER, "Karin", wards=(NUMBER,)))
    note = noted(house, novas_case(house), OPEN, RELEASE)
    said = say(house, note)
    who = outsiders(house)[name]

    assert everything(house, who, note) == NOTHING
    assert house.objections.own_one(who, said) is None
    assert not house.objections.may_send(who, note)
    assert not house.objections.may_send(who, None)


def closed_register(*people: object) -> Callable[[House], object]:
    return lambda house: knowing(house, *people)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "close",
    [
        lambda house: knowing(house, person(NUMBER, NAME, protection=Protection.SEKRETESSMARKERING)),
        lambda house: knowing(
            house,
            person(NUMBER, NAME, guardians=(MOTHER,)),
            person(MOTHER, "Karin", wards=(NUMBER,), protection=Protection.SKYDDAD_FOLKBOKFORING),
        ),
        lambda house: knowing(house, person(NUMBER, "Astrid Annansson")),
        lambda house: setattr(house, "register", HandRegister(None)),
    ],
    ids=["protected", "family protected", "another name", "unknown"],
)
def test_protected_unknown_or_doubtful_nothing_is_shown_and_nothing_says_why(close: Callable[[House], object]) -> None:
    house = demo_house()
    note = noted(house, novas_case(house), OPEN, RELEASE)
    close(house)

    assert everything(house, nova(house), note) == NOTHING


def test_a_register_that_is_silent_shows_nothing() -> None:
    house = demo_house()
    note = noted(house, novas_case(house), OPEN, RELEASE)
    register = knowing(house)
    register.down = True

    assert everything(house, nova(house), note) == NOTHING


def test_nothing_is_shown_while_the_log_can_not_be_written() -> None:
    house = demo_house(faulty := FaultyStore(MemoryStore()))
    knowing(house)
    case = novas_case(house)
    note = noted(house, case, OPEN, RELEASE)
    said = say(house, note)
    asked: list[Callable[[], object]] = [
        lambda: house.own_file.page(nova(house)),
        lambda: house.own_file.entry(nova(house), note),
        lambda: house.own_file.whole(nova(house)),
        lambda: house.own_file.readings(nova(house)),
        lambda: house.objections.own_one(nova(house), said),
        lambda: house.objections.own(nova(house), note),
        lambda: house.objections.one(ANNA, case, said),
    ]

    for one in asked:
        faulty.fail_commits_before(9)
        with pytest.raises(Unavailable):
            one()
    faulty.fail_commits_before(0)
    assert OPEN in everything(house, nova(house), note)


def test_what_the_person_reads_is_in_the_log_and_not_among_who_at_work_has_read() -> None:
    house = demo_house()
    knowing(house)
    case = novas_case(house)
    noted(house, case, OPEN, RELEASE)
    house.files.open(SAMIR, case, "report")
    house.own_file.page(nova(house))
    logged = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=50).documents
    readings = house.own_file.readings(nova(house)).readings

    assert "own_journal" in {one.fields["what"] for one in logged}
    assert [(one.unit, one.roles, one.what) for one in readings] == [(SAMIR.unit, ("intake_caseworker",), "report")]
    assert "samir" not in repr(readings)


def test_who_reads_a_case_of_which_nothing_is_released_is_not_told() -> None:
    house = demo_house()
    knowing(house)
    case, secret = novas_case(house), novas_case(house)
    noted(house, case, OPEN, RELEASE)
    noted(house, secret, SECRET, WITHHOLD)
    house.files.open(SAMIR, secret, "report")

    assert house.own_file.readings(nova(house)).readings == []
    noted(house, secret, OPEN, RELEASE)
    assert [one.what for one in house.own_file.readings(nova(house)).readings] == ["report"]


def test_many_readings_of_several_cases_come_page_by_page(store: Store) -> None:
    house = demo_house(store)
    knowing(house)
    cases = [novas_case(house), novas_case(house)]
    for case in cases:
        noted(house, case, OPEN, RELEASE)
        for number in range(15):
            house.files.open(SAMIR, case, f"what{number}")
    first = house.own_file.readings(nova(house))
    second = house.own_file.readings(nova(house), first.cursor)

    assert len(first.readings) + len(second.readings) >= 30 - 2
    with pytest.raises(Refused):
        house.own_file.readings(nova(house), "x")
    with pytest.raises(Refused):
        house.own_file.readings(resident(house, MOTHER), first.cursor)


def test_family_is_what_the_tests_say() -> None:
    assert family(person(NUMBER, NAME), child=NUMBER).child.name == NAME
