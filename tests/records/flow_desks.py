"""At which desk each deed of a story is done."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from shared.app import House
from shared.app.foundations import fresh
from shared.domain import allocation, transitions
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Change
from shared.domain.ids import CaseId, ItemId
from shared.domain.principals import Kind
from shared.domain.reports import AskedHow
from shared.domain.transitions import Act
from shared.ports.store import NotFound
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from tests.people import MARIA
from tests.records import flow_applying
from tests.records.flow_appealing import RULED, form_of
from tests.records.flow_people import Deed
from tests.records.flow_supplements import DAYS
from tests.supplements import asked


def do(house: House, id: str, deed: Deed, once: Submission) -> Sent:
    """The deed is done at its desk, or raises what the desk raises."""
    desk, by, case = house.caseworker, deed.who, CaseId(id)
    if deed.act in {"take", "review"}:
        return (desk.take if deed.act == "take" else desk.review)(by, case, once)
    if deed.act == "assign":
        return desk.assign(by, case, deed.colleague, once)
    if deed.act == "assess":
        return desk.assess(by, case, deed.assessment, once, None)
    if deed.act == "release":
        return desk.release(by, case, withhold=deed.withhold, submission=once)
    if deed.act in _ELSEWHERE:
        return _ELSEWHERE[deed.act](house, case, deed, once)
    return desk.decide(by, case, deed.decision, title="socialsekreterare", submission=once, draft=None)


def _determine(house: House, id: CaseId, deed: Deed, once: Submission) -> Sent:
    """An application is decided by who does it, as the directory would have them."""
    who, desk = replace(deed, to=deed.by).colleague, house.application_decisions
    return desk.decide(deed.who, id, deed.assistance, who=who, submission=once, draft=None)


def _write_off(house: House, id: CaseId, deed: Deed, once: Submission) -> Sent:
    """Somebody who applied has phoned."""
    form, who = flow_applying.form_of(deed, local_date(house.clock.now())), replace(deed, to=deed.by).colleague
    return house.withdrawals.record(deed.who, id, form, who=who, submission=once, draft=None)


def _conclude(house: House, id: CaseId, deed: Deed, once: Submission) -> Sent:
    """Something is decided in an investigation."""
    form, desk = deed.investigation(local_date(house.clock.now())), house.investigations
    return desk.decide(deed.who, id, form, title="socialsekreterare", submission=once, draft=None)


def _ask(house: House, id: CaseId, deed: Deed, once: Submission) -> Sent:
    """The applicant is asked for two papers, or for nothing at all."""
    what = asked(last_day=local_date(house.clock.now()) + DAYS)
    what = what if deed.whole else replace(what, items=())
    who = replace(deed, to=deed.by).colleague
    return replace(house.supplements.ask(deed.who, id, what, who=who, submission=once, draft=None), result=id)


def _close(house: House, id: CaseId, deed: Deed, once: Submission) -> Sent:
    """What is open is closed; without any the rule says so, or what was written is told again."""
    case = house.files.case(deed.who, id)
    if case is None:
        raise NotFound(id)
    if case.supplement is None:
        if before := house._commits.before(once):
            return replace(before, result=id)
        transitions.demand(case, deed.action, deed.who, local_date(house.clock.now()))
    return replace(house.supplements.close(deed.who, id, ItemId(str(case.supplement)), once), result=id)


def _request(house: House, id: CaseId, deed: Deed, once: Submission) -> Sent:
    """Staff note it in the case, everybody else asks about the report; an investigation has none."""
    desk, by = house.feedback_requests, deed.who
    if by.kind is Kind.STAFF:
        return desk.note(by, id, local_date(house.clock.now()), AskedHow.PHONE, once)
    case = house.store.get("cases", id)
    assert case is not None
    sent = desk.ask(by, ItemId(str(case.fields["report"])), once)
    return replace(sent, result=id)


def _write(house: House, id: CaseId, deed: Deed, once: Submission) -> Sent:
    """What is done from other desks, with nothing but the case in it; they, too, decide anew after somebody faster."""

    def build() -> Change:
        case = house.files.case(MARIA if deed.act == "lose" else deed.who, id)
        if case is None:
            raise NotFound(id)
        return _change(house, case, deed)

    return settle(house._commits, once, id, build)


def _change(house: House, case: Case, deed: Deed) -> Change:
    now = house.clock.now()
    if deed.act == "lose":
        return allocation.give_back(case, now=now, fresh=fresh)
    act = Act(deed.action, deed.who, now, fresh)
    return transitions.change(act, transitions.apply(case, act))


def _rule(house: House, id: CaseId, deed: Deed, once: Submission) -> Sent:
    """Staff do something about an appeal, as the directory would have them."""
    desk = house.appeal_cases
    acts: dict[str, Callable[..., Sent]] = {
        "in_time": desk.find_in_time,
        "dismiss": desk.dismiss,
        "lift": desk.lift,
        "keep": desk.keep,
        "change": desk.change,
        "hand_over": desk.hand_over,
    }
    form, who = form_of(deed, local_date(house.clock.now())), replace(deed, to=deed.by).colleague
    return replace(acts[deed.act](deed.who, id, form, who=who, submission=once), result=id)


_ELSEWHERE: Final[dict[str, Callable[[House, CaseId, Deed, Submission], Sent]]] = {
    "request": _request,
    "determine": _determine,
    "write_off": _write_off,
    "conclude": _conclude,
    "ask": _ask,
    "close": _close,
    **dict.fromkeys(RULED, _rule),
    "letter": _write,
    "lose": _write,
}
"""What has a desk of its own."""
