"""Whether the store holds what the model of the flow says, and nothing else has happened."""

from collections import Counter
from datetime import date
from typing import Any, Final

from shared.app import House
from shared.domain import appealing, assistance, investigating, preliminary, transitions
from shared.domain.appeal_forms import HandOverForm, TimeForm
from shared.domain.assessments import Need
from shared.domain.assistance import takes_away
from shared.domain.assistance_decisions import AssistanceForm
from shared.domain.broken_rules import BrokenRule
from shared.domain.calendar import local_date
from shared.domain.cases import Case, CaseKind
from shared.domain.deadlines import OVERDUE, Deadline, last_day
from shared.domain.ids import CaseId
from shared.domain.notices import Notice, NoticeKind
from shared.domain.principals import Principal, Role
from shared.domain.queries import (
    CASE_TIMELINE,
    DEADLINES_OF_CASE,
    EVENTS_SINCE,
    NOTICES_OF_ROLE,
    NOTICES_OF_STAFF,
    Shape,
)
from shared.domain.reports import Feedback, Report
from shared.domain.transitions import Said
from shared.ports.store import Document, Value
from shared.records import trail
from shared.records.assistance_rows import read_assistance
from shared.records.deadlines import read_deadline
from shared.records.item_rows import read_notice, read_report
from shared.records.reporting import Receipt
from tests.people import MARIA, UNIT
from tests.records.flow_appealing import RULED, form_of
from tests.records.flow_model import Model
from tests.records.flow_people import PEOPLE, WORKING, Deed, attempts
from tests.records.flow_standing import Standing

OF_ACTS: Final = {
    NoticeKind.ACUTE_REPORT, NoticeKind.CASE_ASSIGNED, NoticeKind.REPORT_ATTACHED, NoticeKind.CASE_GIVEN_BACK,
    NoticeKind.FEEDBACK_REQUESTED, NoticeKind.URGENT_APPLICATION,
    NoticeKind.APPEAL_RECEIVED, NoticeKind.APPEAL_ADDED_TO, NoticeKind.APPEAL_WITHDRAWN,
}  # fmt: skip
"""What is told of because somebody did something; the rest comes with time."""
_AGAIN: Final = {"komplettering", "overklagande"}
"""What may run more than once in a case."""
_BARE = {"kind", "step", "at", "unit", "channel", "schema"}
"""All that a process event tells: no person, no case."""


class Checks:
    """Reads everything back and compares."""

    def __init__(self, house: House, model: Model, reports: dict[str, tuple[Principal, str]]) -> None:
        """`reports` grows with the story: id → the reporter, and the case that it became."""
        self.house = house
        self.model = model
        self.reports = reports
        self._akter: dict[str, str] = {}
        self._offered: set[tuple[str, int, str]] = set()

    def all(self) -> None:
        """Every case, its trail and clocks, what was told to whom, and what each may do next."""
        notices = self._notices()
        for id, told in self.model.cases.items():
            self._case(id, told)
            self._trail(id, told)
            self._deadlines(id, told)
            self._offers(id)
            self._told(id, told, [one for one in notices if one.case == id])
        self._events()
        self._reporters()

    def document(self, collection: str, id: str) -> Document:
        """The document, which is there."""
        document = self.house.store.get(collection, id)
        assert document is not None
        return document

    def clocks(self, id: str) -> list[str]:
        """The ids of the case's deadlines."""
        return [one.id for one in self._stored(id)]

    def akt_is_the_childs(self, akt: str, number: str) -> None:
        """One child, one akt; somebody whose number nobody knows has an akt of their own."""
        assert self._akter.setdefault(akt, number) == number
        if number:
            assert [known for known, of in self._akter.items() if of == number] == [akt]

    def _case(self, id: str, told: Standing) -> None:
        document = self.document("cases", id)
        stored: Any = document.fields
        running = [told.due[name] for name in told.running]
        assert told.running == told.wanted
        assert {
            "rev": document.rev, "kind": told.kind, "unit": told.unit, "akt": told.akt, "step": told.step,
            "open": told.step != "avslutat", "due": min(running, default=None), "assignee": told.assignee,
            "assigned": told.assignee is not None, "continues_in": told.continues_in,
            "assessed": told.need is not None, "decided": told.outcome is not None,
        } == {
            "rev": len(told.trail), "assessed": stored["assessment"] is not None,
            "decided": stored["decision"] is not None,
            **{name: stored[name] for name in
               ("kind", "unit", "akt", "step", "open", "due", "assignee", "assigned", "continues_in")},
        }  # fmt: skip
        assert {name: one["due"] for name, one in stored["clocks"].items()} == told.due
        assert {name: one["ended_at"] for name, one in stored["clocks"].items() if one["ended_at"]} == told.ended

    def _trail(self, id: str, told: Standing) -> None:
        stored: Any = self.document("cases", id).fields
        entries = self._every(CASE_TIMELINE, {"case": id})[::-1]
        assert [one.fields["action"] for one in entries] == told.trail
        assert stored["audit_number"] == len(entries)
        assert trail.verify(entries, stored["audit_head"])

    def _stored(self, id: str) -> list[Deadline]:
        return [read_deadline(one) for one in self._every(DEADLINES_OF_CASE, {"case": id})]

    def _deadlines(self, id: str, told: Standing) -> None:
        """The stored deadlines are the truth, and the case's copy agrees with them."""
        copies: Any = self.document("cases", id).fields["clocks"]
        stored = self._stored(id)
        assert {one.name for one in stored if one.open} == told.running
        assert {one.name for one in stored} == set(told.due)
        for one in stored:
            copy = copies[one.name]
            if one.name in _AGAIN and one.id != copy["deadline"]:
                assert not one.open, "of an earlier supplement or appeal"
                continue
            assert (copy["deadline"], copy["due"], copy["state"]) == (one.id, one.due, one.state.value)

    def _offers(self, id: str) -> None:
        """No button without a rule behind it, and none missing; once for each way in which a case can stand."""
        standing = (id, len(self.model.cases[id].trail), self.model.ongoing(id))
        if standing in self._offered:
            return
        self._offered.add(standing)
        today = local_date(self.house.clock.now())
        case, ongoing = self._read(id), self._read(standing[2])
        assert case is not None
        decision = self._decision(case)
        for name, by in PEOPLE.items():
            assert set(transitions.possible(case, by, today)) == self.model.may_be_offered(id, name), name
            for deed in attempts(name, standing[2], id):
                into = {standing[2]: ongoing, id: case}.get(deed.into)
                told = self.model.refusal(id, deed)
                report = self._report(case)
                need = self.model.cases[id].need
                found = _refusal(case, deed, today, need, into=into, report=report, decision=decision)
                assert found == told or (found and told == "not_found"), deed  # outsiders are stopped at the door

    def _report(self, case: Case) -> Report | None:
        if case.report is None:
            return None
        return read_report(self.document("reports", case.report), self.house._vault.sealing)

    def _decision(self, case: Case) -> AssistanceForm | None:
        if case.application is None or case.decision is None:
            return None
        return read_assistance(self.document("decisions", case.decision), self.house._vault.sealing).form

    def _read(self, id: str) -> Case | None:
        return self.house.files.case(MARIA, CaseId(id)) if id else None

    def _told(self, id: str, told: Standing, notices: list[Notice]) -> None:
        """Each is told each thing once, an overdue deadline once for each day, and nothing of what has ended."""
        said = Counter((one.deadline, one.warning, one.staff or one.role) for one in notices if one.deadline)
        today = local_date(self.house.clock.now())
        for (name, warning, who), times in said.items():
            if name in _AGAIN:
                continue  # each supplement and appeal has its own
            moved = told.moved if name == "utredning" else []
            first = last_day(min([told.due[name], *moved]))
            days = (today - first).days if warning == OVERDUE else 1 + len(moved)
            assert times <= days, (name, warning, who)
        counted = Counter(one.kind for one in notices if one.kind in OF_ACTS)
        assert counted == Counter({kind: self.model.told[id, kind] for kind in OF_ACTS})
        for one in notices:
            assert one.deadline not in told.ended or one.at <= told.ended[one.deadline]

    def _events(self) -> None:
        """One event for each change, and nothing in it about anybody."""
        found = [one for kind in CaseKind for one in self._every(EVENTS_SINCE, {"kind": kind.value})]
        assert all(set(one.fields) == _BARE for one in found)
        changes = Counter((str(one.fields["kind"]), str(one.fields["step"])) for one in found
                          if one.fields["channel"] != "alarm")  # fmt: skip
        assert changes == self.model.events

    def _reporters(self) -> None:
        """A reporter reads feedback on the own reports once it is released, and nothing before."""
        for by in {by for by, _ in self.reports.values()}:
            cursor = None
            seen: dict[str, Feedback | None] = {}
            while True:
                page = self.house.reporting.own(by, cursor)
                seen.update((one.report.id, one.report.feedback) for one in page.reports)
                assert all(self._is_asked(one) for one in page.reports)
                if (cursor := page.cursor) is None:
                    break
            released = {id: self.model.cases[case].withheld for id, (who, case) in self.reports.items() if who is by}
            assert {id: one.withheld if one else None for id, one in seen.items()} == released

    def _is_asked(self, one: Receipt) -> bool:
        """Whether the own report tells what was asked, and offers to ask where that can still be done."""
        told = self.model.cases[self.reports[one.report.id][1]]
        may_ask = told.listed and not told.asked
        return (one.report.feedback_requested, one.may_ask) == (told.asked, may_ask)

    def _notices(self) -> list[Notice]:
        """What the people and roles of the unit were told."""
        documents = [
            *(one for who in WORKING for one in self._every(NOTICES_OF_STAFF, {"staff": PEOPLE[who].staff})),
            *(one for role in Role for one in self._every(NOTICES_OF_ROLE, {"unit": UNIT, "role": role.value})),
        ]
        return [read_notice(one) for one in documents]

    def _every(self, shape: Shape, equals: dict[str, Value]) -> list[Document]:
        found: list[Document] = []
        cursor = None
        while True:
            page = self.house.store.query(shape, equals, limit=100, cursor=cursor)
            found += page.documents
            if (cursor := page.cursor) is None:
                return found


def _refusal(
    case: Case,
    deed: Deed,
    today: date,
    need: Need | None,
    *,
    into: Case | None,
    report: Report | None,
    decision: AssistanceForm | None,
) -> str | None:
    """The rule that the product's own decision breaks, tried without being written."""
    try:
        if deed.act == "decide":
            preliminary.demand_decidable(case, need, deed.decision, deed.who, today, into=into)
        elif deed.act == "determine":
            assistance.demand_decidable(case, deed.assistance, deed.who, today)
        elif deed.act == "conclude":
            investigating.demand_decidable(case, deed.investigation(today), deed.who, today)
        else:
            missing: tuple[str, ...] = () if deed.whole else ("reasons",)
            missing = _lacking(case, deed, today, decision) if deed.act in RULED else missing
            said = Said(missing=missing, to=deed.colleague, report=report)
            transitions.demand(case, deed.action, deed.who, today, said)
    except BrokenRule as broken:
        return broken.code
    return None


def _lacking(case: Case, deed: Deed, today: date, decision: AssistanceForm | None) -> tuple[str, ...]:
    """What the form of a deed about an appeal lacks, as the product counts."""
    form, received = form_of(deed, today), case.appeal.received if case.appeal else None
    if isinstance(form, AssistanceForm):
        return form.missing() + (takes_away(form, decision) if decision else ())
    if isinstance(form, HandOverForm):
        return form.missing(received, today)
    if isinstance(form, TimeForm):
        return form.missing(received, appealing.decided_on(case))
    return tuple(form.missing())
