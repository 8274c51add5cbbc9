"""Taking an application back: whoever applied says so to staff, and the case ends without a decision."""

from typing import Any

from shared.domain import transitions
from shared.domain.broken_rules import NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import Case, CaseWithdrawal
from shared.domain.change import Action, Change
from shared.domain.handling import Handling
from shared.domain.letters import How, Letter, Recipient, Relation
from shared.domain.transitions import Act, Said
from shared.domain.withdrawal_letter import about
from shared.domain.withdrawals import Withdrawal, WithdrawalForm


def withdraw(case: Case, form: WithdrawalForm, doing: Handling) -> Change:
    """The application is taken back: the case ends, its clocks are not needed, and a letter in the inbox confirms it.

    Nothing is decided by it: there is nothing to appeal, and the person may apply again at once.
    Raises what the row of `APPLICATION_WITHDRAWN` demands, `Incomplete` while something
    is not written down or the person has not been told what it means, and `NotOpen` in a case that nobody follows.
    """
    act = Act(Action.APPLICATION_WITHDRAWN, doing.by, doing.now, doing.fresh)
    missing = form.missing(local_date(case.opened_at), local_date(doing.now))
    transitions.demand(case, act.action, act.by, local_date(act.now), Said(missing=missing))
    if case.applicant is None or form.on is None:
        raise NotOpen("nobody follows the case")
    ended: dict[str, Any] = {"supplement": None, "awaits": False, "news": False}
    withdrawn = CaseWithdrawal(doing.item, doing.letter, form.on)
    moved = transitions.apply(case, act, Said(missing=missing), doing.running, **ended, withdrawn=withdrawn)
    made = Withdrawal(doing.item, 0, case.id, case.key, act.staff, doing.who.title, doing.now, form)
    to = Recipient(case.applicant, case.person.number, case.person.name, Relation.APPLICANT)
    text = about(form, case, doing.who, doing.municipality)
    letter = Letter(doing.letter, 0, case.id, case.key, case.unit, to, text, act.staff, doing.now, How.INBOX)
    return transitions.change(act, moved, items=(made, letter))
