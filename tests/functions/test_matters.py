"""Mina ärenden: what a person has begun, waits for and has been decided, told calmly and to that person alone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from functions.start.matter_pages import DRAFTS
from shared.adapters.counting_store import CountingStore
from shared.adapters.memory_store import MemoryStore
from shared.app import House, use
from shared.domain.cases import Step
from shared.domain.ids import CaseId, ItemId, StaffId
from shared.domain.letters import Addressed, How, LetterKind, Recipient
from shared.domain.principals import Principal
from shared.ports.store import Replace
from shared.records.case_rows import case_row, read_case
from shared.records.own_matters import PAGE
from tests.adapters.faulty_store import FaultyStore
from tests.applications import BO, SARA, applied, case_of, draft_of, send
from tests.cases import filed
from tests.functions.inbox_browser import Person
from tests.functions.staff_browser import assessed
from tests.houses import HandClock, demo_house
from tests.letters import draft_in, recipient, send_letter, text
from tests.own_files import RELEASE, knowing, noted, nova, novas_case, object_to
from tests.people import ANNA, ELSA
from tests.records.flow_people import Deed
from tests.records.reports import Forms, filed_case

FRIDAY = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
SECRETS = ("Kylskåpet", "no_food", "070-174 06 05", "198804202383", "Almexempel")


@pytest.fixture
def clock() -> HandClock:
    return HandClock(FRIDAY)


@pytest.fixture
def store() -> FaultyStore:
    return FaultyStore(MemoryStore())


@pytest.fixture
def house(clock: HandClock, store: FaultyStore) -> Iterator[House]:
    with use(demo_house(store=store, clock=clock)) as opened:
        yield opened


def page(house: House, who: Principal = SARA, path: str = "/mina") -> str:
    answer = Person(house, who).get(path)
    assert answer.status_code == 200, answer.text
    return answer.text.replace("\N{NO-BREAK SPACE}", " ")


def move(house: House, case: CaseId, step: Step, decision: ItemId | None = None) -> None:
    """The case as it stands when somebody has read it, or decided it."""
    sealing = house._vault.sealing
    document = house.store.get("cases", case)
    assert document is not None
    moved = replace(read_case(document, sealing), step=step, decision=decision, open=decision is None)
    house.store.commit([case_row(moved).write(sealing)])


def to_sara() -> Recipient:
    """Where Sara's letters go."""
    assert SARA.person is not None
    return replace(recipient(), index=SARA.person)


def delayed(house: House, case: CaseId, promised: date) -> None:
    """Anna writes that it takes longer, until that day."""
    said = text(LetterKind.DELAY_NOTICE)
    once, draft = Forms(ANNA).new(), draft_in(house, case, said.kind)
    house.letters.send(
        ANNA, case, said.kind, [Addressed(to_sara(), said)], How.INBOX,
        plan="", submission=once, draft=draft, promised=promised,
    )  # fmt: skip


def carries(house: House, letter: ItemId, decision: ItemId) -> None:
    """The letter is the one with this decision."""
    kept = house.store.get("letters", letter)
    assert kept is not None
    house.store.commit([Replace("letters", letter, kept.rev, {**kept.fields, "decision": decision})])


def test_an_application_is_told_with_its_step_its_day_and_whom_to_call(house: House) -> None:
    case_of(house, send(house, applied("no_food")).result)
    shown = page(house)

    assert "Vi har fått din ansökan" in shown
    assert "Nu läser vi den, senast fredag 27 november." in shown
    assert "Vi siktar på att bestämma senast fredag 11 december." in shown
    assert "Mottagningen barn och unga" in shown
    assert "Du behöver inte göra något nu." in shown
    assert [secret for secret in SECRETS[:4] if secret in shown] == []


def test_a_day_that_has_passed_is_no_promise_any_more(house: House, clock: HandClock) -> None:
    send(house)
    clock.advance(timedelta(days=20))
    shown = page(house)

    assert "Vi siktade på att bestämma senast fredag 11 december. Vi är sena." in shown
    assert "Vi siktar på" not in shown
    assert "Vi skulle ha läst den senast måndag 30 november. Felet är vårt." in shown


def test_a_notice_of_delay_replaces_the_day_until_it_passes_too(house: House, clock: HandClock) -> None:
    case = case_of(house, send(house).result)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    delayed(house, case, date(2026, 12, 18))
    shown = page(house)

    assert "Det dröjer, som vi skrev. Nu räknar vi med att bestämma senast fredag 18 december." in shown
    assert "fredag 11 december" not in shown
    clock.advance(timedelta(days=22))
    assert "Vi skrev att vi skulle bestämma senast fredag 18 december. Felet är vårt." in page(house)


def test_after_six_months_the_person_learns_of_the_right_to_demand_a_decision(house: House, clock: HandClock) -> None:
    send(house)
    clock.advance(timedelta(days=181))
    assert "sex månader" not in page(house)
    clock.advance(timedelta(days=2))

    assert "Det har gått mer än sex månader." in page(house)


def test_a_decided_matter_leads_to_the_decision_in_the_own_inbox(house: House) -> None:
    case = case_of(house, send(house).result)
    decision = ItemId("d" * 32)
    move(house, case, Step.AVSLUTAT, decision)
    assert "Vi har bestämt" in page(house)
    assert "Du får beslutet i ett brev." in page(house)
    letter = send_letter(house, assessed(house), to_sara())
    carries(house, letter, decision)

    assert f'href="/meddelanden/{letter}"' in page(house)


def test_what_staff_decide_is_found_at_once(house: House) -> None:
    case = case_of(house, send(house).result)
    forms, deed = Forms(ANNA), Deed("determine", by="anna")
    house.caseworker.take(ANNA, case, forms.new())
    house.caseworker.review(ANNA, case, forms.new())
    assert "Vi arbetar med din ansökan" in page(house)
    who = house.municipality.staff[StaffId("anna.exempel")]
    house.application_decisions.decide(ANNA, case, deed.assistance, who=who, submission=forms.new(), draft=None)
    shown = page(house)

    assert "Läs beslutet" in shown
    assert "Vi siktar" not in shown
    assert "Läs beslutet" not in page(house, BO)


def test_drafts_stand_first_with_the_way_on_and_how_long_they_are_kept(house: House) -> None:
    draft = draft_of(house)
    shown = page(house)

    assert f'href="/ansok/utkast/{draft.id}"' in shown
    assert "Finns kvar till och med lördag 26 december." in shown
    assert "Du behöver inte göra något nu." not in shown
    assert str(draft.id) not in page(house, BO)


def test_an_answer_in_the_own_file_is_told_of_and_leads_there(house: House) -> None:
    knowing(house)
    case = novas_case(house)
    note = noted(house, case, "Mamma ringde.", RELEASE)
    object_to(house, note)
    (one,) = house.objections.own(nova(house), note)
    assert "Vi har svarat" not in page(house, nova(house))
    once = Forms(ANNA).new()
    house.objections.answer(ANNA, case, one.id, "Rättat.", title="kurator", submission=once)

    assert "Vi har svarat på det du skrev i din akt." in page(house, nova(house))
    assert "Vi har svarat" not in page(house)


def test_what_waits_to_be_read_is_the_persons_turn(house: House) -> None:
    case = assessed(house)
    send_letter(house, case, to_sara())
    shown = page(house)

    assert "Din tur" in shown
    assert "Du har ett brev som du inte har läst" in shown


def test_who_has_nothing_is_told_so_kindly(house: House) -> None:
    send(house)

    assert "Du har inga ärenden att följa här." in page(house, BO)


def test_a_report_about_somebody_is_not_among_the_own_matters(house: House) -> None:
    filed_case(house, filed())

    assert "OA-" not in page(house)


@pytest.mark.parametrize("who", [ANNA, ELSA], ids=["a colleague", "the reporter"])
def test_at_work_nobody_reads_own_matters(house: House, who: Principal) -> None:
    assert Person(house, who).get("/mina").status_code == 403


def test_without_the_log_nothing_is_shown(house: House, store: FaultyStore) -> None:
    sent = send(house).result
    person = Person(house, SARA)
    person.get("/mina")
    store.fail_commits_before(9)
    answer = person.get("/mina")

    assert answer.status_code == 503
    assert str(sent) not in answer.text


def test_who_only_looks_at_the_address_is_given_nothing(house: House) -> None:
    own, origin = Person(house, SARA).pages, house.settings.origin

    assert own.head("/mina", base_url=origin).status_code == 405
    assert own.get("/mina", headers={"Sec-Purpose": "prefetch"}, base_url=origin).status_code == 503


def test_older_matters_are_a_page_away_and_a_made_up_page_does_not_exist(house: House) -> None:
    for _ in range(9):
        send(house)
    shown = page(house)
    older = shown.split('href="/mina?efter=')[1].partition('"')[0]

    assert "EB-" in page(house, path=f"/mina?efter={older}")
    assert Person(house, SARA).get("/mina?efter=x").status_code == 404


@pytest.mark.parametrize("many", [1, PAGE, 5 * PAGE])
def test_the_page_reads_no_more_than_thirty_documents_at_its_worst(many: int) -> None:
    store = CountingStore(MemoryStore())
    with use(demo_house(store=store, clock=HandClock(FRIDAY))) as house:
        for number in range(many):
            case = case_of(house, send(house).result)
            decision = ItemId(f"{number:032x}")
            move(house, case, Step.AVSLUTAT, decision)
            carries(house, send_letter(house, assessed(house), to_sara()), decision)
        for _ in range(2 * DRAFTS):
            draft_of(house)
        person = Person(house, SARA)
        store.clear()
        assert person.get("/mina").text.count("Läs beslutet") == min(many, PAGE)

        assert store.cost(without=["sessions", "data_keys"]).reads <= 30
