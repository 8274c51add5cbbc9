"""What must stand after any acts, told plainly: a second opinion on the tables of the flow, written without them."""

from collections import Counter
from collections.abc import Callable
from datetime import datetime
from typing import Final

from shared.domain import calendar
from shared.domain.assessments import Answer, Need
from shared.domain.assistance import ACTIONS as DETERMINED
from shared.domain.change import Action
from shared.domain.decisions import Outcome
from shared.domain.notices import NoticeKind
from shared.domain.principals import Kind, Role
from tests.people import UNIT
from tests.records import flow_applying
from tests.records.flow_appealing import OWN, RULED, happened, own, ruled
from tests.records.flow_investigating import conclude, concluded
from tests.records.flow_people import CONCLUDED, DECIDED, EMPLOYED, REPORTERS, Deed, Told
from tests.records.flow_standing import APPEALED, RUN_IN, Standing
from tests.records.flow_supplements import SUPPLEMENTS, asks, refused

_WORKS: Final = {Role.INTAKE_CASEWORKER, Role.TEAM_LEAD, Role.DUTY}


class Model:
    """Every case as it must be, and the process events of all changes."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self.now = now
        self.cases: dict[str, Standing] = {}
        self.events: Counter[tuple[str, str]] = Counter()
        self.told: Counter[tuple[str, NoticeKind]] = Counter()
        """Notices by case and kind, apart from those about deadlines."""

    def receive(self, id: str, akt: str, now: datetime, by: str, said: Told) -> None:
        """A report has come in from the reporter of that name."""
        day = calendar.local_date(now)
        due = {
            "skyddsbedomning": calendar.end_of_day(day),
            "forhandsbedomning": calendar.end_of_day(calendar.add_days(day, 14)),
        }
        self.cases[id] = Standing(
            "orosanmalan", UNIT, akt, "skyddsbedomning", due, [Action.REPORT_RECEIVED],
            violence=said.violence is Answer.YES, asked=said.feedback, listed=said.listed, reporter=by,
        )  # fmt: skip
        self._happened("orosanmalan", Action.REPORT_RECEIVED)
        self.told[id, NoticeKind.ACUTE_REPORT] += 2 * said.acute

    def apply(self, id: str, case: Standing) -> None:
        """An application has come in."""
        self.cases[id] = case
        self._happened(case.kind, Action.APPLICATION_RECEIVED)
        self.told[id, NoticeKind.URGENT_APPLICATION] += case.urgent

    def refusal(self, id: str, deed: Deed) -> str | None:
        """The code of the rule that stops the deed, or None when it is lawful."""
        case, by = self.cases[id], deed.who
        if deed.act == "lose":
            return _lose(self, case, deed)
        if deed.act == "request" and deed.by in REPORTERS:
            return _request(self, case, deed) if deed.by == case.reporter else "not_found"
        if deed.act in OWN:
            return own(case, deed)
        if by.kind is not Kind.STAFF or by.unit != case.unit or not by.roles & _WORKS:
            return "not_found"
        return _REFUSED[deed.act](self, case, deed)

    def done(self, id: str, deed: Deed, now: datetime, opened: str | None) -> None:
        """The deed was done; `opened` is the id of the investigation that it began."""
        case = self.cases[id]
        case.trail.append(deed.action)
        self._happened(case.kind, deed.action)
        self.told[id, NoticeKind.APPEAL_RECEIVED] += deed.act == "appeal"
        self.told[id, NoticeKind.APPEAL_ADDED_TO] += deed.act in {"add", "add_after"}
        self.told[id, NoticeKind.APPEAL_WITHDRAWN] += deed.act == "withdraw"
        if deed.act == "take":
            case.assignee = deed.who.staff
        elif deed.act == "assign":
            case.assignee = deed.colleague.id
            self.told[id, NoticeKind.CASE_ASSIGNED] += deed.colleague.id != deed.who.staff
        elif deed.act == "lose":
            case.assignee = None
            self.told[id, NoticeKind.CASE_GIVEN_BACK] += 1
        elif deed.act in _FOLLOWS:
            _FOLLOWS[deed.act](case, deed, now)
        elif deed.act == "request":
            self._requested(id, case, deed, now)
        elif deed.act == "release":
            case.withheld, case.step, case.ended[min(case.running)] = deed.withhold, "avslutat", now
        elif deed.act == "decide":
            self._decided(case, deed, now, opened)

    def _requested(self, id: str, case: Standing, deed: Deed, now: datetime) -> None:
        case.asked = True
        if case.step != "avslutat":
            return
        case.late, case.step = True, "aterkoppling"
        case.due["aterkoppling_genast"] = calendar.end_of_day(calendar.local_date(now))
        case.assignee = case.assignee if case.assignee in EMPLOYED else None
        self.told[id, NoticeKind.FEEDBACK_REQUESTED] += case.assignee is None or case.assignee != deed.who.staff

    def _decided(self, case: Standing, deed: Deed, now: datetime, opened: str | None) -> None:
        day = calendar.local_date(now)
        case.outcome, case.ended["forhandsbedomning"] = deed.outcome, now
        case.step = "aterkoppling" if case.asked else "avslutat"
        if case.asked and deed.outcome is Outcome.ONGOING:
            case.due["aterkoppling_genast"] = calendar.end_of_day(day)
        elif case.asked:
            case.due["aterkoppling"] = calendar.end_of_day(calendar.add_days(day, 7))
        if deed.outcome is Outcome.OPEN and opened:
            case.continues_in = opened
            due = {"utredning": calendar.end_of_day(calendar.add_months(day, 4))}
            trail = [Action.INVESTIGATION_OPENED]
            self.cases[opened] = Standing("utredning", case.unit, case.akt, "utredning", due, trail, case.assignee)
        if deed.outcome is Outcome.ONGOING:
            case.continues_in = deed.into
            into = self.cases[deed.into]
            into.trail.append(Action.REPORT_ATTACHED)
            self.told[deed.into, NoticeKind.REPORT_ATTACHED] += into.assignee is None or into.assignee != deed.who.staff

    def _happened(self, kind: str, action: Action) -> None:
        self.events[kind, action.value] += 1

    def ongoing(self, id: str) -> str:
        """An investigation that the report may be attached to, or ""."""
        akt = self.cases[id].akt
        wanted = ("utredning", "utredning", akt)
        return next((other for other, one in self.cases.items() if (one.kind, one.step, one.akt) == wanted), "")

    def may_be_offered(self, id: str, by: str) -> set[Action]:
        """What a page may offer: what is lawful when the form is filled in as it should be."""
        tries = [
            Deed(act, by)
            for act in ("take", "assess", "letter", "request", "release", "review", "write_off", *SUPPLEMENTS)
        ]
        tries += [Deed("assign", by, to=to) for to in ("anna", "samir")]
        if by == "system":
            tries = [Deed("lose", by)]
        if by in REPORTERS:
            return set()  # what a reporter may ask is offered at the own report, not in the case
        offered = {one.action for one in tries if self.refusal(id, one) is None}
        decidable = self.refusal(id, Deed("decide", by, outcome=Outcome.OPEN)) is None
        for deed in [Deed(act, by) for act in (*OWN, *RULED)]:
            if self.refusal(id, deed) in {None, "incomplete"}:
                offered.add(deed.action)
        if self.refusal(id, Deed("determine", by)) is None:
            offered |= set(DETERMINED.values())
        for outcome, action in CONCLUDED.items():
            if self.refusal(id, Deed("conclude", by, investigated=outcome)) in {None, "incomplete"}:
                offered.add(action)
        return offered | set(DECIDED.values()) if decidable else offered


def _read(case: Standing, deed: Deed, now: datetime) -> None:
    """Somebody has read what came in, and seen to what can not wait; or has decided in another case than a report."""
    if deed.act == "conclude":
        concluded(case, deed, now)
    elif deed.act == "assess":
        case.need, case.step, case.ended["skyddsbedomning"] = deed.need, "forhandsbedomning", now
    elif deed.act == "determine":
        case.ended |= dict.fromkeys(case.running, now)
        case.asking, case.decided = False, calendar.local_date(now)
        case.outcome, case.step = deed.determined, "avslutat"
    else:
        case.ended[(case.running - RUN_IN["handlaggning"] - {"komplettering"}).pop()], case.step = now, "handlaggning"


def _take(_model: Model, case: Standing, _deed: Deed) -> str | None:
    if case.step == "avslutat":
        return "not_open"
    return "already_done" if case.assignee else None


def _assign(_model: Model, case: Standing, deed: Deed) -> str | None:
    if Role.TEAM_LEAD not in deed.who.roles:
        return "not_allowed"
    if case.step == "avslutat":
        return "not_open"
    if deed.colleague.unit != case.unit or not deed.colleague.roles & _WORKS:
        return "not_allowed"
    return "already_done" if deed.colleague.id == case.assignee else None


def _assess(_model: Model, case: Standing, deed: Deed) -> str | None:
    if case.kind != "orosanmalan":
        return "not_open"
    if case.assignee != deed.who.staff or not deed.who.socionom:
        return "not_allowed"
    if case.need is not None:
        return "already_done"
    return None if deed.whole else "incomplete"


def _decide(model: Model, case: Standing, deed: Deed) -> str | None:
    if case.kind != "orosanmalan":
        return "not_open"
    if case.assignee != deed.who.staff and Role.TEAM_LEAD not in deed.who.roles:
        return "not_allowed"
    if not deed.who.socionom:
        return "not_allowed"
    if case.outcome is not None:
        return "already_done"
    if case.need is None:
        return "assessment_missing"
    return _said(model, case, deed)


def _said(model: Model, case: Standing, deed: Deed) -> str | None:
    if not deed.whole or deed.outcome is None:
        return "incomplete"
    if deed.outcome is Outcome.ONGOING:
        into = model.cases.get(deed.into)
        same = into is not None and (into.step, into.akt, into.unit) == ("utredning", case.akt, case.unit)
        return None if same else "incomplete"
    if deed.outcome is Outcome.NOT_OPEN and (case.violence or case.need is Need.YES):
        if Role.TEAM_LEAD not in deed.who.roles:
            return "lead_needed"
        return None if deed.reason else "incomplete"
    return None


def _letter(_model: Model, case: Standing, deed: Deed) -> str | None:
    if case.assignee != deed.who.staff:
        return "not_allowed"
    written = {"forhandsbedomning", "utredning", "uppfoljning", "forsta_genomgang", "handlaggning", *APPEALED}
    return None if case.step in written else "not_open"


def _review(_model: Model, case: Standing, deed: Deed) -> str | None:
    if case.kind != "ekonomiskt_bistand":
        return "not_open"
    if case.assignee != deed.who.staff:
        return "not_allowed"
    return None if case.step == "forsta_genomgang" else "already_done"


def _determine(_model: Model, case: Standing, deed: Deed) -> str | None:
    if case.kind != "ekonomiskt_bistand":
        return "not_open"
    if case.assignee != deed.who.staff and Role.TEAM_LEAD not in deed.who.roles:
        return "not_allowed"
    if not deed.who.roles & {Role.INTAKE_CASEWORKER, Role.TEAM_LEAD}:
        return "not_allowed"
    if case.outcome is not None or case.written_off:
        return "already_done"
    if case.step != "handlaggning":
        return "not_open"
    return None if deed.whole else "incomplete"


def _lose(_model: Model, case: Standing, _deed: Deed) -> str | None:
    if case.step == "avslutat":
        return "not_open"
    return None if case.assignee else "already_done"


def _request(_model: Model, case: Standing, deed: Deed) -> str | None:
    if case.kind != "orosanmalan":
        return "not_open"
    by_staff = case.assignee == deed.who.staff or Role.TEAM_LEAD in deed.who.roles
    if not (by_staff or deed.by == case.reporter):
        return "not_allowed"
    if not case.listed:
        return "not_open"
    return "already_done" if case.asked else None


def _release(_model: Model, case: Standing, deed: Deed) -> str | None:
    if case.kind != "orosanmalan":
        return "not_open"
    if case.assignee != deed.who.staff and Role.TEAM_LEAD not in deed.who.roles:
        return "not_allowed"
    if case.withheld is not None:
        return "already_done"
    return None if case.step == "aterkoppling" else "not_open"


_REFUSED: Final[dict[str, Callable[[Model, Standing, Deed], str | None]]] = {
    "take": _take,
    "assign": _assign,
    "assess": _assess,
    "decide": _decide,
    "letter": _letter,
    "request": _request,
    "release": _release,
    "review": _review,
    "determine": _determine,
    "write_off": lambda _model, case, deed: flow_applying.refused(case, deed),
    "conclude": lambda model, case, deed: conclude(case, deed, calendar.local_date(model.now())),
    **dict.fromkeys(RULED, lambda model, case, deed: ruled(case, deed, calendar.local_date(model.now()))),
    **dict.fromkeys(SUPPLEMENTS, lambda _model, case, deed: refused(case, deed)),
}
_FOLLOWS: Final[dict[str, Callable[[Standing, Deed, datetime], None]]] = {
    "write_off": flow_applying.written_off,
    **dict.fromkeys(SUPPLEMENTS, asks),
    **dict.fromkeys((*OWN, *RULED), happened),
    **dict.fromkeys(("assess", "review", "determine", "conclude"), _read),
}
