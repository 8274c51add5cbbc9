"""What may be released to the person a note is about, by whom, and with which paragraph."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from shared.domain import journaling, releasing, secrecy_law
from shared.domain.broken_rules import BrokenRule, Incomplete, NotAllowed
from shared.domain.cases import Case
from shared.domain.ids import CaseId, ItemId
from shared.domain.masking import MARK, passages
from shared.domain.notes import Care, Note, NoteKind
from shared.domain.principals import ANONYMOUS, SYSTEM, Principal
from shared.domain.releasing import Considered
from shared.domain.reviews import Result, Review, ReviewCheck
from tests.cases import received, taken
from tests.notes import written
from tests.people import ANNA, ELSA, MARIA, MONDAY, SAMIR, STRANGER

TEXT = "Mamma ringde. Farmor sa att pappa har flyttat. Vi hörs."
PARTS = passages(TEXT)
ALL = frozenset(ReviewCheck)
RELEASE = Considered(Result.RELEASED, ALL, 0)
PARTLY = Considered(Result.PARTLY, ALL, 0, "third_person", "Farmors sak.", (PARTS[0], PARTS[2]))
WITHHOLD = Considered(Result.WITHHELD, ALL, 0, "child", "Barnet far illa av det.")


def annas() -> Case:
    return taken(received())


def note(case: Case, *care: Care) -> Note:
    form = written(TEXT, NoteKind.CALL, *care)
    made = journaling.sign(case, None, form, id=ItemId("1" * 32), title="kurator", by=ANNA, now=MONDAY).items[0]
    assert isinstance(made, Note)
    return made


def review(said: Considered, *care: Care, by: Principal = ANNA) -> Review:
    case = annas()
    (made,) = releasing.review(case, note(case, *care), None, said, title="kurator", by=by, now=MONDAY).items
    assert isinstance(made, Review)
    return made


def test_what_is_released_is_the_words_and_nothing_beside_them() -> None:
    shown = review(RELEASE).shown

    assert shown is not None
    assert (shown.text, shown.whole) == (TEXT, True)
    assert "Karin" not in repr(shown)


def test_a_part_is_built_from_what_is_kept() -> None:
    made = review(PARTLY)

    assert made.shown is not None
    assert (made.shown.text, made.shown.whole) == (f"Mamma ringde. {MARK} Vi hörs.", False)
    assert (made.ground, made.reason) == ("third_person", "Farmors sak.")


def test_what_is_withheld_shows_nothing() -> None:
    assert review(WITHHOLD).shown is None


@pytest.mark.parametrize("by", [SAMIR, STRANGER, ELSA, ANONYMOUS, SYSTEM], ids=lambda one: one.name or one.kind)
@pytest.mark.parametrize("said", [RELEASE, PARTLY, WITHHOLD], ids=lambda one: one.result)
def test_only_the_caseworker_and_the_lead_decide(said: Considered, by: Principal) -> None:
    with pytest.raises(NotAllowed):
        review(said, by=by)
    assert review(said, by=MARIA).by == MARIA.staff


@pytest.mark.parametrize(
    ("care", "allowed"),
    [
        ((), {Result.RELEASED, Result.PARTLY, Result.WITHHELD}),
        ((Care.THIRD_PERSON,), {Result.PARTLY, Result.WITHHELD}),
        ((Care.CHILD_ALONE,), {Result.PARTLY, Result.WITHHELD}),
        ((Care.VIOLENCE,), {Result.WITHHELD}),
        (tuple(Care), {Result.WITHHELD}),
    ],
)
def test_what_is_never_released_is_not_released_whatever_is_said(care: tuple[Care, ...], allowed: set[Result]) -> None:
    assert set(releasing.possible(note(annas(), *care))) == allowed
    for said in (RELEASE, PARTLY, WITHHOLD):
        if said.result in allowed:
            assert review(said, *care).result is said.result
        else:
            with pytest.raises(NotAllowed):
                review(said, *care)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (replace(RELEASE, checks=ALL - {ReviewCheck.CHILD}), "checks"),
        (replace(RELEASE, result=None), "result"),
        (replace(RELEASE, reason="x" * 4001), "reason"),
        (replace(RELEASE, additions=1), "changed"),
        (replace(PARTLY, ground=""), "ground"),
        (replace(PARTLY, kept=()), "kept"),
        (replace(PARTLY, kept=PARTS), "kept"),
        (replace(PARTLY, kept=((0, 999),)), "kept"),
        (replace(WITHHOLD, ground="whatever"), "ground"),
        (replace(WITHHOLD, reason=" "), "reason"),
    ],
)
def test_nothing_is_decided_before_everything_is_considered(said: Considered, field: str) -> None:
    with pytest.raises(Incomplete) as told:
        review(said)

    assert told.value.fields == (field,)


def test_an_addition_afterwards_is_not_released_until_it_is_reviewed() -> None:
    case = annas()
    first = note(case)
    stands = review(RELEASE)
    (more,) = journaling.add(case, first, "Farmor bor på Storgatan.", title="", by=ANNA, now=MONDAY).items
    assert isinstance(more, Note)

    assert releasing.stale(more, stands)
    with pytest.raises(Incomplete):
        releasing.review(case, more, stands, RELEASE, title="", by=ANNA, now=MONDAY)
    said = replace(RELEASE, additions=1)
    (again,) = releasing.review(case, more, stands, said, title="", by=ANNA, now=MONDAY).items
    assert isinstance(again, Review)
    assert again.shown is not None
    assert again.shown.text.endswith("Tillägg: Farmor bor på Storgatan.")
    assert again.rev == stands.rev


def test_another_cases_note_is_not_reviewed_here() -> None:
    case = annas()
    with pytest.raises(BrokenRule):
        releasing.review(replace(case, id=CaseId("9" * 32)), note(case), None, RELEASE, title="", by=ANNA, now=MONDAY)


def test_grounds_are_dated_and_each_has_a_paragraph() -> None:
    codes = [one.code for one in secrecy_law.GROUNDS]

    assert len(codes) == len(set(codes))
    assert all("§" in one.law for one in secrecy_law.GROUNDS)
    assert secrecy_law.ground("whereabouts", date(2024, 3, 31)) is None
    assert secrecy_law.ground("whereabouts", datetime(2026, 11, 2, tzinfo=UTC).date()) is not None
    assert secrecy_law.ground("", date(2026, 11, 2)) is None
