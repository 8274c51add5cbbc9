"""Inviting somebody of a case to a meeting: the letter and the invitation are one act, and so is another letter."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from shared.domain import access, lettering
from shared.domain.assessments import ProtectionAssessment
from shared.domain.booking import invitations
from shared.domain.booking.invitations import Invitation, InvitationOver, Standing, Terms
from shared.domain.broken_rules import NotAllowed, NotOpen, ProtectionFirst
from shared.domain.calendar import end_of_day
from shared.domain.cases import Case
from shared.domain.change import Action, Change, Item
from shared.domain.ids import ItemId, StaffId
from shared.domain.letters import Addressed, How, Letter, LetterKind
from shared.domain.principals import Principal

KIND: Final = LetterKind.MEETING_INVITATION


@dataclass(frozen=True, slots=True)
class Post:
    """How a letter goes to whom, and how the child is safe when it arrives."""

    to: Addressed
    how: How
    plan: str = ""


def demand_invitable(
    case: Case, assessments: Sequence[ProtectionAssessment | None], plan: str, by: Principal, on: date
) -> StaffId:
    """Who invites; raises what `lettering.demand_sendable` raises, and `ProtectionFirst` where a plan is missing."""
    lettering.demand_sendable(case, KIND, by, on)
    if lettering.takes_plan(case, assessments) and not plan.strip():
        raise ProtectionFirst(KIND)
    if by.staff is None:
        raise NotAllowed("not of the staff")
    return by.staff


def invite(case: Case, new: Invitation, post: Post, *, by: Principal, now: datetime) -> Change:
    """The letter with the code, and what it opens; a meeting that is booked already lies in the same batch."""
    action = Action.MEETING_BOOKED_FOR if new.standing is Standing.BOOKED else Action.MEETING_INVITED
    return Change(action, by, now, (case,), (_letter(case, new, post, now), new))


def invite_anew(
    case: Case,
    there: Invitation,
    before: Letter | None,
    code: tuple[ItemId, str],
    post: Post,
    *,
    last: date,
    by: Principal,
    now: datetime,
) -> Change:
    """Another letter with another code (the letter's id and the code's keyed index); the old code is dead.

    `before`, the letter it stood in, goes no more when it still waits to be posted.
    One whose meeting is booked stays booked; one without is open until the end of the Swedish day `last` at least.
    Raises `InvitationOver` for one that is cancelled or withdrawn, or whose meeting has been.
    """
    if by.staff is None:
        raise NotAllowed("not of the staff")
    if there.standing is Standing.BOOKED and now >= there.expires_at:
        raise InvitationOver
    terms, expires_at = there.terms, there.expires_at
    if there.standing is Standing.OPEN:
        terms = prolonged(terms, last)
        expires_at = end_of_day(terms.last)
    after = replace(invitations.anew(there, *code, terms, expires_at), by=by.staff)
    letters = (*lettering.taken_back(before, now), _letter(case, after, post, now))
    return Change(Action.MEETING_INVITED_ANEW, by, now, (case,), (*letters, after))


def prolonged(terms: Terms, last: date) -> Terms:
    """The same, with days up to the last one at least."""
    return replace(terms, last=max(terms.last, last))


def withdraw(case: Case, invitation: Invitation, letter: Letter | None, *, by: Principal, now: datetime) -> Change:
    """Its code opens nothing from now on, and its letter goes no more when it still waits to be posted.

    `NotAllowed` for all but the caseworker and the lead, `InvitationOver`.
    """
    if not access.may_decide(by, case):
        raise NotAllowed("not the case's own caseworker, nor the lead")
    items: tuple[Item, ...] = (invitations.withdraw(invitation), *lettering.taken_back(letter, now))
    return Change(Action.MEETING_WITHDRAWN, by, now, (case,), items)


def _letter(case: Case, invitation: Invitation, post: Post, now: datetime) -> Letter:
    to, text, by = post.to.recipient, post.to.text, invitation.by
    if text.kind is not KIND:
        raise NotOpen("another letter")
    return Letter(invitation.letter, 0, case.id, case.key, case.unit, to, text, by, now, post.how, post.plan)
