"""Supplements on every keeper: asked for, sent in parts and at once, late, by nobody else, with one reminder."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from shared.domain.broken_rules import AlreadyDone, Incomplete, NotAllowed, NotOpen
from shared.domain.cases import Case, ClockState, Step
from shared.domain.deadlines import last_day
from shared.domain.ids import CaseId, ItemId
from shared.domain.letters import LetterKind
from shared.domain.matters import Turn
from shared.domain.notices import NoticeKind
from shared.domain.queries import EVENTS_SINCE
from shared.domain.received_files import MOST_PER_MATTER, MOST_PER_QUESTION, Refusal
from shared.domain.supplements import CLOCK, MOST_ITEMS, Standing
from shared.ports.store import NotFound, Unavailable
from shared.records.drafts import Draft
from shared.records.supplement_rows import SUPPLEMENTS, SUPPLIES
from tests.adapters.faulty_store import FaultyStore
from tests.applications import BO, SARA
from tests.functions.file_pages import pdf
from tests.houses import demo_house
from tests.people import ANNA, ELSA, MARIA, SAMIR, STRANGER
from tests.records.flow_people import Deed
from tests.records.outgoing_post import Post
from tests.records.papers import packed
from tests.records.reports import Forms
from tests.safe_ways import KEEPERS, keeper, with_codes
from tests.supplements import LAST_DAY, WORDS, applied_for, ask, ask_again, asked, employed, fill, own, supply, wanted

DAY = timedelta(days=1)


@pytest.fixture(params=KEEPERS)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FaultyStore]:
    with keeper(request.param, tmp_path) as kept:
        yield kept


@pytest.fixture
def post(store: FaultyStore) -> Post:
    return with_codes(Post(store))


@pytest.fixture
def case(post: Post) -> CaseId:
    return applied_for(post.house)


def standing(post: Post, case: CaseId) -> Case:
    found = post.house.files.case(ANNA, case)
    assert found is not None
    return found


def turn(post: Post) -> Turn:
    return post.house.matters.page(SARA).matters[0].turn


def test_what_is_asked_stands_first_among_the_own_matters_and_a_letter_says_it(post: Post, case: CaseId) -> None:
    first = applied_for(post.house)
    id = ask(post.house, case)
    shown, other = post.house.matters.page(SARA).matters

    assert (shown.id, shown.turn, other.id, other.turn) == (case, Turn.APPLICANT, first, Turn.BOARD)
    assert shown.asked is not None
    assert [one.name["sv"] for one in shown.asked.missing] == ["Kontoutdrag", "Hyresavi"]
    (letter,) = post.house.inbox.page(SARA).letters
    assert post.house.inbox.receive(SARA, letter.id) is True
    text = post.house.inbox.open(SARA, letter.id)
    assert "Kontoutdrag: " + WORDS in str(text)
    assert "16 november 2026" in str(text)
    assert LetterKind.SUPPLEMENT in str(text)
    assert own(post.house, id).open


def test_the_clock_of_the_decision_goes_on_beside_the_one_for_the_answer(post: Post, case: CaseId) -> None:
    before = standing(post, case).clocks["bistand_beslut"]
    ask(post.house, case)
    after = standing(post, case).clocks

    assert after["bistand_beslut"] == before
    assert last_day(after[CLOCK].due) == LAST_DAY


def test_nothing_that_is_asked_or_sent_lies_clear(post: Post, case: CaseId) -> None:
    id = ask(post.house, case)
    sent = supply(post.house, id, 0).result
    for collection, one in ((SUPPLEMENTS, id), (SUPPLIES, sent)):
        clear = {name: said for name, said in post.document(collection, one).fields.items() if name != "sealed"}
        assert not [word for word in ("Konto", "Augusti", "Här är", "decided") if word in str(clear)]


def test_it_is_our_turn_again_when_nothing_is_missing_and_not_before(post: Post, case: CaseId) -> None:
    id = ask(post.house, case)
    supply(post.house, id, 0)
    assert (turn(post), standing(post, case).clocks[CLOCK].state) == (Turn.APPLICANT, ClockState.RUNNING)

    supply(post.house, id, 1, cannot=True)
    assert (turn(post), standing(post, case).clocks[CLOCK].state) == (Turn.BOARD, ClockState.MET)
    states = [one.standing for one in own(post.house, id).supplement.items]
    assert states == [Standing.RECEIVED, Standing.CANNOT]
    supply(post.house, id, 0)
    assert len(own(post.house, id).sent) == 3, "more may be sent as long as it is open"


def test_each_sending_tells_the_caseworker_and_is_new_until_it_is_read(post: Post, case: CaseId) -> None:
    id = ask(post.house, case)
    supply(post.house, id, 0)
    told = [one.kind for one in post.house.notices.newest(ANNA)]
    (there,) = post.house.supplements.of(ANNA, standing(post, case))

    assert told == [NoticeKind.SUPPLEMENT_SENT]
    assert (standing(post, case).news, there.sent[0].read_at) == (True, None)
    post.house.supplements.mark_read(ANNA, case, id, Forms(ANNA).new())
    (there,) = post.house.supplements.of(ANNA, standing(post, case))
    assert (standing(post, case).news, there.sent[0].read_at) == (False, post.clock.now())
    steps = [str(one.fields["step"]) for one in post.house.store.query(
        EVENTS_SINCE, {"kind": "ekonomiskt_bistand"}, limit=25).documents]  # fmt: skip
    assert {"supplement:requested", "supplement:sent", "supplement:read"} <= set(steps)


def test_ten_presses_at_once_are_one_sending_with_its_files(post: Post, case: CaseId) -> None:
    id = ask(post.house, case)
    supplement = own(post.house, id).supplement
    draft = post.house.attachments.add(
        post.house.own_supplements.begin(SARA, supplement), supplement.items[0].id, "avi.pdf", pdf()
    )
    assert isinstance(draft, Draft)
    with ThreadPoolExecutor(10) as pool:
        sent = set(pool.map(lambda _: post.house.own_supplements.send(SARA, id, draft).result, range(10)))

    (received,) = own(post.house, id).sent
    assert sent == {received.id}
    (file,) = received.answers[0].files
    assert post.house.case_attachments.give(ANNA, case, file) is not None
    assert post.house.case_attachments.give(STRANGER, case, file) is None
    assert post.house.own_supplements.sent_before(SARA, draft.id) == received.id
    assert post.house.own_supplements.draft(SARA, own(post.house, id).supplement) is None


def test_a_sending_whose_answer_is_lost_is_there_when_it_is_sent_again(
    post: Post, case: CaseId, store: FaultyStore
) -> None:
    id = ask(post.house, case)
    draft = fill(post.house, own(post.house, id).supplement, own(post.house, id).supplement.items[0])
    store.fail_commits_before(1)
    with pytest.raises(Unavailable):
        post.house.own_supplements.send(SARA, id, draft)
    assert own(post.house, id).sent == []

    assert post.house.own_supplements.send(SARA, id, draft).first
    again = post.house.own_supplements.sent_before(SARA, draft.id)
    assert again == own(post.house, id).sent[0].id


def test_what_comes_after_the_last_day_is_received_and_says_so(post: Post, case: CaseId) -> None:
    id = ask(post.house, case)
    post.clock.advance(20 * DAY)
    supply(post.house, id, 0, 1)

    assert [one.late for one in own(post.house, id).sent] == [True]
    assert turn(post) is Turn.BOARD


def test_an_accepted_item_is_enough_and_one_asked_again_is_missing(post: Post, case: CaseId) -> None:
    id, desk, forms = ask(post.house, case), post.house.supplements, Forms(ANNA)
    first, second = own(post.house, id).supplement.items
    supply(post.house, id, 0)
    desk.accept(ANNA, case, id, [first.id], forms.new())
    desk.accept(ANNA, case, id, [second.id], forms.new())
    assert turn(post) is Turn.BOARD

    ask_again(post.house, case, id, {second.id: "Sidan två saknas."})
    states = [(one.standing, one.again) for one in own(post.house, id).supplement.items]
    assert states == [(Standing.ENOUGH, ""), (Standing.MISSING, "Sidan två saknas.")]
    assert turn(post) is Turn.APPLICANT
    supply(post.house, id, 0)
    assert own(post.house, id).supplement.items[0].standing is Standing.ENOUGH


def test_a_closed_one_takes_nothing_more_and_another_may_be_asked_for(post: Post, case: CaseId) -> None:
    id = ask(post.house, case)
    draft = fill(post.house, own(post.house, id).supplement, own(post.house, id).supplement.items[0])
    post.house.supplements.close(ANNA, case, id, Forms(ANNA).new())

    with pytest.raises(NotOpen):
        post.house.own_supplements.send(SARA, id, draft)
    assert (turn(post), own(post.house, id).open) == (Turn.BOARD, False)
    assert own(post.house, ask(post.house, case)).open
    with pytest.raises(AlreadyDone):
        ask(post.house, case)


def test_the_decision_ends_it(post: Post, case: CaseId) -> None:
    id = ask(post.house, case)
    draft = fill(post.house, own(post.house, id).supplement, own(post.house, id).supplement.items[0])
    post.house.caseworker.review(ANNA, case, Forms(ANNA).new())
    post.house.application_decisions.decide(
        ANNA, case, Deed("determine", "anna").assistance, who=employed(post.house), submission=Forms(ANNA).new(),
        draft=None,
    )  # fmt: skip

    assert standing(post, case).step is Step.AVSLUTAT
    assert standing(post, case).clocks[CLOCK].state is ClockState.CANCELLED
    assert (turn(post), own(post.house, id).decided) == (Turn.OVER, True)
    with pytest.raises(NotOpen):
        post.house.own_supplements.send(SARA, id, draft)
    with pytest.raises(NotOpen):
        post.house.supplements.close(ANNA, case, id, Forms(ANNA).new())


@pytest.mark.parametrize("who", [BO, ELSA, ANNA, replace(ELSA, person=SARA.person)], ids=["bo", "elsa", "anna", "work"])
def test_nobody_else_sees_or_sends_anything(post: Post, case: CaseId, who: object) -> None:
    id = ask(post.house, case)
    sent = supply(post.house, id, 0).result
    draft = fill(post.house, own(post.house, id).supplement, own(post.house, id).supplement.items[1])
    desk = post.house.own_supplements

    assert desk.open(who, id) is None  # type: ignore[arg-type]
    assert desk.receipt(who, ItemId(sent)) is None  # type: ignore[arg-type]
    with pytest.raises((NotFound, ValueError)):
        desk.send(who, id, draft)  # type: ignore[arg-type]


@pytest.mark.parametrize("who", [SAMIR, MARIA], ids=["colleague", "lead"])
def test_only_the_cases_own_caseworker_asks_accepts_and_closes(post: Post, case: CaseId, who: object) -> None:
    id, desk, forms = ask(post.house, case), post.house.supplements, Forms(ANNA)
    item = own(post.house, id).supplement.items[0].id
    tries: list[Callable[[], object]] = [
        lambda: desk.ask(who, case, asked(), who=employed(post.house), submission=forms.new(), draft=None),  # type: ignore[arg-type]
        lambda: desk.accept(who, case, id, [item], forms.new()),  # type: ignore[arg-type]
        lambda: ask_again(post.house, case, id, {}, by=who),  # type: ignore[arg-type]
        lambda: desk.close(who, case, id, forms.new()),  # type: ignore[arg-type]
        lambda: desk.mark_read(who, case, id, forms.new()),  # type: ignore[arg-type]
    ]
    for one in tries:
        with pytest.raises(NotAllowed):
            one()


def test_an_item_of_another_case_is_nobodys_here(post: Post, case: CaseId) -> None:
    id, elsewhere = ask(post.house, case), ask(post.house, applied_for(post.house))
    foreign = own(post.house, elsewhere).supplement.items[0]
    draft = fill(post.house, own(post.house, id).supplement, foreign)

    with pytest.raises(Incomplete):
        post.house.own_supplements.send(SARA, id, draft)
    with pytest.raises(Incomplete):
        post.house.supplements.accept(ANNA, case, id, [foreign.id], Forms(ANNA).new())
    with pytest.raises(NotFound):
        post.house.supplements.close(ANNA, case, elsewhere, Forms(ANNA).new())


@pytest.mark.parametrize(
    "what",
    [
        asked(last_day=date(2026, 11, 2)),
        asked(last_day=date(2027, 3, 1)),
        asked(last_day=None),
        asked(if_not=None),
        replace(asked(), items=()),
        asked(wanted(" ")),
        asked(wanted("x" * 200)),
        asked(wanted(words="x" * 2000)),
        asked(*[wanted()] * 21),
    ],
)
def test_what_can_not_be_asked_is_not_asked(post: Post, case: CaseId, what: object) -> None:
    with pytest.raises(Incomplete):
        ask(post.house, case, what)  # type: ignore[arg-type]
    assert post.house.inbox.page(SARA).letters == []


def test_a_hundred_files_are_sent_together_and_the_next_waits_for_the_next_sending() -> None:
    house = demo_house()
    id = ask(house, applied_for(house), asked(*(wanted(f"Papper {n}") for n in range(MOST_ITEMS))))
    items = own(house, id).supplement.items
    draft = house.own_supplements.begin(SARA, own(house, id).supplement)
    for n in range(MOST_PER_MATTER):
        kept = house.attachments.add(draft, items[n // MOST_PER_QUESTION].id, f"{n}.zip", packed(str(n)))
        assert not isinstance(kept, Refusal)
        draft = kept

    assert house.attachments.add(draft, items[-1].id, "till.zip", packed("till")) is Refusal.TOO_MANY_TOGETHER
    house.own_supplements.send(SARA, id, draft)
    assert sum(len(one.files) for one in own(house, id).sent[0].answers) == MOST_PER_MATTER
    draft = house.own_supplements.begin(SARA, own(house, id).supplement)
    assert not isinstance(house.attachments.add(draft, items[-1].id, "till.zip", packed("till")), Refusal)
