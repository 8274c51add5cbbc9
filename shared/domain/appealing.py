"""An appeal on its way: received, tried for time, the decision seen once more, and handed over to the court (FL 43-46).

Whether it is late is decided here, by a person; whether the appellant is right is for the court alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Final

from shared.domain import appeal_letters, assistance, transitions
from shared.domain.appeal_forms import HandOverForm, ReviewForm, TimeForm
from shared.domain.appeal_items import Appeal, AppealDismissal, AppealRuling, RulingKind
from shared.domain.assistance_decisions import AssistanceDecision, AssistanceForm
from shared.domain.attachments import Attachment, handed_over
from shared.domain.broken_rules import NotAllowed, NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import AppealState, Case, CaseAppeal
from shared.domain.change import Action, Change, Item
from shared.domain.deadlines import Deadline
from shared.domain.decisions import Decision
from shared.domain.handling import Handling
from shared.domain.ids import FileId, ItemId
from shared.domain.letters import How, Letter, Recipient, Relation, Text
from shared.domain.own_law import AS_WRITTEN, OwnLaw
from shared.domain.principals import Principal
from shared.domain.transitions import Act, Said

DECIDED_BY: Final = "bistand_beslut"
"""The deadline that the decision meets."""


@dataclass(frozen=True, slots=True)
class Appealed:
    """What a sent appeal says; `files` are those of its draft. `adds`: it could be no appeal by itself."""

    form: str
    snapshot: Mapping[str, Any]
    contact: Mapping[str, Any]
    files: tuple[FileId, ...] = ()
    adds: bool = False


def receive(
    case: Case,
    appealed: Appealed,
    decision: ItemId,
    attached: Sequence[Attachment],
    *,
    id: ItemId,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
    law: OwnLaw = AS_WRITTEN,
) -> Change:
    """The decision is appealed, or its appeal is added to, here or at the court; never refused for being late.

    The received instant is `now`, also at night and on holidays (FL 22 §). A case that had ended goes on; when it has
    no caseworker any more the lead is told. What is added never moves the day on which the appeal came in; added to one
    that the court has it waits to be sent on. Raises `NotAllowed` for everybody but the party, and `NotOpen` for a
    decision that is not the case's to appeal now, and for what only adds when there is no appeal to add it to.
    """
    before, action = case.appeal, received_as(case, decision)
    if action is Action.APPEAL_RECEIVED and (appealed.adds or decision != to_appeal(case)):
        raise NotOpen("not the decision of the case, or nothing to add to")
    if by.person is None:
        raise NotAllowed("an appeal has an appellant")
    act = Act(action, by, now, fresh, law)
    files, stopped = handed_over(attached, case)
    made = Appeal(
        id, 0, case.id, case.key, decision, by.person, now, appealed.form, appealed.snapshot, appealed.contact,
        tuple(one.id for one in attached), before.id if before and before.covers(decision) else None, stopped,
    )  # fmt: skip
    fields: dict[str, Any] = {"attachments": (*case.attachments, *made.files)}
    if action is Action.APPEAL_RECEIVED:
        fields |= {"appeal": CaseAppeal(id, decision, local_date(now), AppealState.RECEIVED)}
    elif before is not None:
        state = AppealState.ADDED if action is Action.APPEAL_ADDED_AFTER else before.state
        fields |= {"appeal": replace(before, state=state, added=local_date(now))}
    return transitions.change(act, transitions.apply(case, act, **fields), items=(made, *files))


def received_as(case: Case, decision: ItemId) -> Action:
    """Whether what comes in about the decision is an appeal, or is added to one, here or at the court."""
    if case.appeal is None or not case.appeal.covers(decision):
        return Action.APPEAL_RECEIVED
    return Action.APPEAL_ADDED_TO if case.open else Action.APPEAL_ADDED_AFTER


def to_appeal(case: Case) -> ItemId | None:
    """The decision of the case that can be appealed, if any; what has been appealed already is added to instead."""
    return case.decision if case.appeal is None else case.appeal.again


def withdraw(
    case: Case, running: Sequence[Deadline], *, id: ItemId, by: Principal, now: datetime, fresh: Callable[[], str]
) -> Change:
    """The party takes the appeal back while it is here, and it ends here: the decision stands as it is.

    `running` are the stored deadlines that it stops. Raises `NotAllowed` for everybody but the party, `AlreadyDone`
    when nothing is watched any more, and `NotOpen` when the court has it: there it is taken back by writing to it.
    """
    act, before = Act(Action.APPEAL_WITHDRAWN, by, now, fresh), case.appeal
    transitions.demand(case, act.action, by, local_date(now))
    if before is None or by.person is None:
        raise NotOpen("nothing is appealed")
    made = Appeal(
        id, 0, case.id, case.key, before.decision, by.person, now, "", adds_to=before.id, withdraws=True
    )  # fmt: skip
    appeal = replace(before, state=AppealState.WITHDRAWN)
    return transitions.change(act, transitions.apply(case, act, running=running, appeal=appeal), items=(made,))


def find_in_time(case: Case, form: TimeForm, doing: Handling) -> Change:
    """The appeal came in time, or what made it late is not the party's fault (FL 45 §)."""
    ruling, missing = _tried(case, form, RulingKind.IN_TIME, doing), _lacking(case, form, late=False)
    return _ruled(case, Action.APPEAL_IN_TIME, AppealState.IN_TIME, ruling, doing, said=missing)


def dismiss(case: Case, form: TimeForm, doing: Handling) -> Change:
    """The appeal came too late and is dismissed (FL 45 §): a decision, told to the party in the same act."""
    made = AppealDismissal(
        doing.item, 0, case.id, case.key, doing.who.id, doing.who.title, doing.now, form.reasons, form.named
    )
    told = appeal_letters.dismissed(made.decided, case, doing.who, doing.municipality)
    ruling = replace(_tried(case, form, RulingKind.DISMISSED, doing), id=ItemId(doing.fresh()))
    letter = _letter(case, told, made.id, doing)
    missing = _lacking(case, form, late=True)
    return _ruled(
        case, Action.APPEAL_DISMISSED, AppealState.DISMISSED, ruling, doing, made, letter, said=missing, new=made.id
    )


def lift(
    case: Case,
    form: ReviewForm,
    received_at: datetime,
    decisions: Sequence[Decision],
    doing: Handling,
    *,
    law: OwnLaw = AS_WRITTEN,
) -> Change:
    """It was wrong to dismiss the appeal (FL 37-39 §§): it is in time, goes on, and a letter tells the party why.

    Its clock counts from `received_at`, when it came in, whatever time the dismissal has taken. `decisions` are those
    of the case: who is not named in one of them is not named in the letter. Raises what the row of
    `APPEAL_DISMISSAL_LIFTED` demands: once the dismissal is appealed it is for the court.
    """
    act = Act(Action.APPEAL_DISMISSAL_LIFTED, doing.by, doing.now, doing.fresh, law)
    said, before = Said(missing=form.missing(), since=received_at), case.appeal
    transitions.demand(case, act.action, act.by, local_date(act.now), said)
    if before is None:
        raise NotOpen("nothing is appealed")
    ruling = replace(_ruling(case, RulingKind.LIFTED, doing), reasons=form.reasons)
    told = appeal_letters.goes_on(form, decisions, case, doing.who, doing.municipality)
    appeal = replace(before, state=AppealState.IN_TIME, new=None)
    moved = transitions.apply(case, act, said, doing.running, appeal=appeal)
    return transitions.change(act, moved, items=(ruling, _letter(case, told, None, doing)))


def keep(case: Case, form: ReviewForm, doing: Handling) -> Change:
    """The board has looked at its decision again and keeps it (FL 38-39 §§)."""
    ruling = replace(_ruling(case, RulingKind.KEPT, doing), reasons=form.reasons)
    return _ruled(case, Action.APPEAL_DECISION_KEPT, AppealState.KEPT, ruling, doing, said=form.missing())


def change(case: Case, form: AssistanceForm, before: AssistanceDecision, doing: Handling) -> Change:
    """The board changes its decision to the party's good, by a new decision that the appeal covers too (FL 38, 46 §§).

    `before` is the decision that is appealed. Raises `Incomplete` for one that takes something away.
    """
    missing = tuple(dict.fromkeys((*form.missing(), *assistance.takes_away(form, before.form))))
    made = AssistanceDecision(
        doing.item, 0, case.id, case.key, doing.who.id, doing.who.title, doing.now, form.lagrum, form
    )
    ruling = replace(_ruling(case, RulingKind.CHANGED, doing), id=ItemId(doing.fresh()), reasons=form.motivation)
    act = Act(Action.APPEAL_DECISION_CHANGED, doing.by, doing.now, doing.fresh)
    transitions.demand(case, act.action, act.by, local_date(act.now), Said(missing=missing))
    told = appeal_letters.changed(made.decided, case, doing.who, doing.municipality)
    letter = _letter(case, told, made.id, doing)
    return _ruled(
        case, act.action, AppealState.CHANGED, ruling, doing, made, letter, said=missing, new=made.id,
        decision=made.id,
    )  # fmt: skip


def hand_over(case: Case, form: HandOverForm, decisions: Sequence[Decision], doing: Handling) -> Change:
    """The appeal has gone to the court with what belongs to it (FL 46 §), and the party is told in the same act.

    So has what was added after that. `decisions` are those that go there; who is not named in one of them is not named
    in the letter.
    """
    ruling = replace(_ruling(case, RulingKind.HANDED_OVER, doing), on=form.on, how=form.how, reasons=form.note)
    missing = form.missing(_received(case), local_date(doing.now))
    act = Act(Action.APPEAL_HANDED_OVER, doing.by, doing.now, doing.fresh)
    transitions.demand(case, act.action, act.by, local_date(act.now), Said(missing=missing))
    told = appeal_letters.sent_on(form, decisions, case, doing.who, doing.municipality)
    letter = _letter(case, told, None, doing)
    return _ruled(case, act.action, AppealState.HANDED_OVER, ruling, doing, letter, said=missing)


def decided_on(case: Case) -> date | None:
    """The Swedish date of the decision that is appealed: it stopped the case's clock; None where none is known."""
    clock = case.clocks.get(DECIDED_BY)
    return None if clock is None or clock.ended_at is None else local_date(clock.ended_at)


def _lacking(case: Case, form: TimeForm, *, late: bool) -> tuple[str, ...]:
    lacking = form.missing(_received(case), decided_on(case))
    return lacking if form.late is late else (*lacking, "outcome")


def _received(case: Case) -> date | None:
    return None if case.appeal is None else case.appeal.received


def _ruled(
    case: Case, action: Action, state: AppealState, ruling: AppealRuling, doing: Handling, *made: Item,
    said: tuple[str, ...] = (), new: ItemId | None = None, **fields: Any,
) -> Change:  # fmt: skip
    if case.appeal is None:
        raise NotOpen("nothing is appealed")
    act = Act(action, doing.by, doing.now, doing.fresh)
    appeal = replace(case.appeal, state=state, on=ruling.on, new=new or case.appeal.new)
    moved = transitions.apply(case, act, Said(missing=said), doing.running, appeal=appeal, **fields)
    return transitions.change(act, moved, items=(ruling, *made))


def _ruling(case: Case, kind: RulingKind, doing: Handling) -> AppealRuling:
    appeal = case.appeal.id if case.appeal else ItemId("")
    return AppealRuling(
        doing.item, 0, case.id, case.key, appeal, kind, doing.who.id, doing.who.title, doing.now
    )  # fmt: skip


def _tried(case: Case, form: TimeForm, kind: RulingKind, doing: Handling) -> AppealRuling:
    last = form.last_day
    return replace(_ruling(case, kind, doing), reasons=form.reasons, told_on=form.told_on, last_day=last)


def _letter(case: Case, text: Text, decision: ItemId | None, doing: Handling) -> Letter:
    if case.applicant is None:
        raise NotOpen("nobody to tell")
    to = Recipient(case.applicant, case.person.number, case.person.name, Relation.APPLICANT)
    return Letter(
        doing.letter, 0, case.id, case.key, case.unit, to, text, doing.who.id, doing.now, How.INBOX, decision=decision
    )
