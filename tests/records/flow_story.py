"""Any story of any cases: random people do lawful and unlawful things, in any weather, while time goes by."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import ClassVar, Final

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from shared.app import House, assemble
from shared.app.foundations import fresh
from shared.domain.broken_rules import BrokenRule
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, DeadlineId, MessageId, SubmissionId
from shared.domain.principals import Principal
from shared.ports.store import Conflict, NotFound, Store, Unavailable
from shared.records.submissions import KEPT, Sent, Submission
from tests.contracts.alarms_unreliable import UnreliableAlarms
from tests.houses import DEMO, HandClock, kept
from tests.people import ANNA, UNIT
from tests.records.flow_appealing import Appealing, next_of
from tests.records.flow_applying import NEXT, Applying
from tests.records.flow_chances import ANY, ASKERS, DEEDS, DEEDS_BEFORE, REPORTS, THREE
from tests.records.flow_checks import Checks
from tests.records.flow_desks import do
from tests.records.flow_investigating import Investigating, fitting
from tests.records.flow_model import Model
from tests.records.flow_people import PEOPLE, REPORTERS, WORKING, Deed, Told
from tests.records.flow_weather import Weather, WeatheredStore
from tests.records.reports import case_of, draft_of

MOST_REPORTS: Final = 4
"""In one story: with more of them each case would see too little."""
WEATHERS: Final = st.sampled_from([Weather.CALM, *Weather])


@dataclass(frozen=True)
class Remembered:
    """A form that was sent and written."""

    id: str
    deed: Deed
    submission: Submission
    at: datetime


class Story(Applying, Appealing, Investigating, RuleBasedStateMachine):
    """Acts tried on the product and on a plain model of it."""

    make: ClassVar[Callable[[Path], Store]]

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        self.store = WeatheredStore(type(self).make(Path(self.folder.name)))
        self.clock = HandClock()
        self.alarms = UnreliableAlarms(self.clock)
        self.house: House = assemble(DEMO, replace(kept(self.store, self.clock), alarms=self.alarms))
        assert self.house.municipality.staff, "read once, so that the store holds it before anything goes wrong"
        self.model = Model(self.clock.now)
        self.reports: dict[str, tuple[Principal, str]] = {}
        self.checks = Checks(self.house, self.model, self.reports)
        self.written: list[Remembered] = []
        self.old: list[Case] = []

    # ── What people do ────────────────────────────────────────────────────────────────────────────────────────────────

    @initialize(
        reports=st.lists(REPORTS, min_size=1, max_size=3), deeds=st.lists(st.tuples(ANY, DEEDS), min_size=2, max_size=9)
    )
    def begin(self, reports: list[Told], deeds: list[tuple[int, Deed]]) -> None:
        """There are reports that have come some way."""
        for said in reports:
            self._file("elsa", said, Weather.CALM)
        for n, deed in deeds:
            self.go_on(n, deed)

    @precondition(lambda self: len(self.reports) < MOST_REPORTS)
    @rule(by=st.sampled_from(["elsa", "cia"]), said=REPORTS, weather=WEATHERS, rival=st.booleans())
    def report(self, by: str, said: Told, weather: Weather, *, rival: bool) -> None:
        """A report comes in, perhaps while another comes in about the same child."""
        if rival:
            self.store.rival = lambda: self._file("cia", said, Weather.CALM)
        self._file(by, said, weather)

    @rule(n=ANY, into=ANY, deed=DEEDS, weather=WEATHERS)
    def act(self, n: int, into: int, deed: Deed, weather: Weather) -> None:
        """Somebody does something in some case, or is refused."""
        self._try(self._case(n), replace(deed, into=self._case(into)), weather)

    @rule(n=ANY, first=DEEDS, second=DEEDS)
    def race(self, n: int, first: Deed, second: Deed) -> None:
        """Somebody else does something in the same case at the same moment, and is a little faster."""
        id = self._case(n)
        self.store.rival = lambda: self._try(id, second, Weather.CALM)
        self._try(id, first, Weather.CALM)

    @rule(n=ANY, deed=DEEDS)
    def go_on(self, n: int, deed: Deed) -> None:
        """The right person takes the case on: without this most stories would end at the beginning."""
        id = self._case(n)
        case = self.model.cases[id]
        act = next_of(case, deed) or NEXT.get(case.step)
        by = self._caseworker(id) or (deed.by if deed.by in WORKING else "anna")
        into = self.model.ongoing(id)
        right = replace(fitting(case, deed), act=act if act and case.assignee else "take", by=by, whole=True, into=into)
        if deed.outcome is not Outcome.NOT_OPEN:
            right = replace(right, outcome=Outcome.ONGOING if into else Outcome.OPEN)
        if self.model.refusal(id, right) == "lead_needed":
            right = replace(right, by="maria", reason=True)
        self._try(id, right, Weather.CALM)

    @rule(n=ANY, to=st.sampled_from(["anna", "samir", "maria"]), weather=WEATHERS)
    def give(self, n: int, to: str, weather: Weather) -> None:
        """The lead gives a case to somebody."""
        self._try(self._case(n), Deed("assign", "maria", to=to), weather)

    @precondition(lambda self: len(self.reports) < 2 * MOST_REPORTS)
    @rule(said=REPORTS, deeds=THREE, outcome=st.sampled_from([Outcome.ONGOING, Outcome.NOT_OPEN]))
    def report_again(self, said: Told, deeds: tuple[Deed, Deed, Deed], outcome: Outcome) -> None:
        """One more report comes about the same child, and is taken as far as to its decision."""
        self._file("cia", replace(said, child=0), Weather.CALM)
        latest = len(self.model.cases) - 1
        for deed in deeds:
            self.go_on(latest, replace(deed, outcome=outcome))

    @rule(n=ANY, by=st.sampled_from(ASKERS), before=DEEDS_BEFORE, weather=WEATHERS, rival=st.booleans(), after=DEEDS)
    def ask_later(self, n: int, by: str, before: list[Deed], weather: Weather, *, rival: bool, after: Deed) -> None:
        """Somebody asks for feedback on a report that was sent, perhaps while the lead notes it; it may be answered."""
        unasked = [id for id, case in self.model.cases.items() if case.reporter and not case.asked]
        id = unasked[n % len(unasked)] if unasked else self._case(n)
        at = list(self.model.cases).index(id)
        for deed in before:
            self.go_on(at, deed)
        if rival:
            self.store.rival = lambda: self._try(id, Deed("request", "maria"), Weather.CALM)
        asker = {"reporter": self.model.cases[id].reporter, "caseworker": self._caseworker(id)}.get(by)
        self._try(id, Deed("request", by if by in PEOPLE else asker or "anna"), weather)
        self.go_on(at, after)

    @rule(n=ANY)
    def lose(self, n: int) -> None:
        """A case's caseworker has left."""
        self._try(self._case(n), Deed("lose", "system"), Weather.CALM)

    @precondition(lambda self: self.written)
    @rule(n=ANY, other=st.booleans())
    def send_again(self, n: int, *, other: bool) -> None:
        """The same form comes once more, perhaps with other content: nothing more comes of it."""
        kept = [one for one in self.written if self.clock.now() < one.at + KEPT]
        if not kept:
            return
        before = kept[n % len(kept)]
        once = replace(before.submission, content={"other": True}) if other else before.submission
        try:
            sent = do(self.house, before.id, before.deed, once)
        except BrokenRule:
            assert other
        else:
            assert (sent.result, sent.first, sent.same) == (before.id, False, not other)

    @precondition(lambda self: self.old)
    @rule(n=ANY)
    def write_what_is_overtaken(self, n: int) -> None:
        """A change that was thought out on a case as it was is not written when the case has moved since."""
        old = self.old[n % len(self.old)]
        if old.rev == len(self.model.cases[old.id].trail):
            return
        change = Change(Action.CASE_TAKEN, ANNA, self.clock.now(), (replace(old, assignee=ANNA.staff),))
        try:
            self.house._commits.commit(change, _form(ANNA), old.id)
        except Conflict:
            return
        raise AssertionError("an overtaken change was written")

    # ── What time does ────────────────────────────────────────────────────────────────────────────────────────────────

    @rule(hours=st.sampled_from([1, 5, 24, 24 * 6, 24 * 40]), conflicts=st.integers(0, 2))
    def wait(self, hours: int, conflicts: int) -> None:
        """Time goes by and alarms ring: late, twice or not at all."""
        self.clock.advance(timedelta(hours=hours))
        self.store.conflict_commits(conflicts)
        self.alarms.deliver(self._answer)
        self.store.expect(Weather.CALM)

    @rule()
    def sweep(self) -> None:
        """The sweep finds what the alarms left behind."""
        self.house.sweep.run()

    @rule(n=ANY, hop=st.integers(1, 4), twice=st.booleans())
    def ring_by_mistake(self, n: int, hop: int, *, twice: bool) -> None:
        """An alarm that belongs to another hop, or to what is done, or comes before its time."""
        for deadline in self.checks.clocks(self._case(n)):
            for _ in range(1 + twice):
                self._ring(deadline, 1, hop)

    # ── What must hold ────────────────────────────────────────────────────────────────────────────────────────────────

    @invariant()
    def everything_stands_as_told(self) -> None:
        """The store holds what the model says, and nothing else has happened."""
        self.checks.all()

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    # ── How it is tried ───────────────────────────────────────────────────────────────────────────────────────────────

    def _case(self, n: int) -> str:
        return list(self.model.cases)[n % len(self.model.cases)]

    def _caseworker(self, id: str) -> str:
        """The name of who has the case, or ""."""
        assignee = self.model.cases[id].assignee
        return next((one for one in WORKING if PEOPLE[one].staff == assignee), "")

    def _try(self, id: str, deed: Deed, weather: Weather) -> None:
        once = _form(deed.who)
        self._keep(id)
        self.store.expect(weather)
        try:
            came = do(self.house, id, deed, once)
        except (BrokenRule, NotFound) as refused:
            code = refused.code if isinstance(refused, BrokenRule) else "not_found"
            assert code == self.model.refusal(id, deed)
            return
        except Conflict:
            assert weather is Weather.CONFLICTS
            assert self.model.refusal(id, deed) is None
            return
        except Unavailable:
            assert weather in {Weather.NOT_WRITTEN, Weather.DEAF}
            if weather is Weather.NOT_WRITTEN:
                assert self.model.refusal(id, deed) is None
                return
            came = do(self.house, id, deed, once)
        finally:
            self.store.expect(Weather.CALM)
            self.store.rival = None
        assert self.model.refusal(id, deed) is None
        assert (came.result, came.same) == (id, True)
        self.written.append(Remembered(id, deed, once, self.clock.now()))
        self.model.done(id, deed, self.clock.now(), self._opened(id, deed))

    def _file(self, name: str, said: Told, weather: Weather) -> None:
        by = PEOPLE[name]
        draft = draft_of(self.house, by)
        self.store.expect(weather)
        try:
            sent = self.house.reporting.file(by, said.filed, UNIT, draft)
        except Conflict:
            assert weather is Weather.CONFLICTS
            return
        except Unavailable:
            assert weather in {Weather.NOT_WRITTEN, Weather.DEAF}
            if weather is Weather.NOT_WRITTEN:
                return
            sent = Sent(str(self.house.reporting.sent_before(by, draft.id)))
        finally:
            self.store.expect(Weather.CALM)
            self.store.rival = None
        self._received(sent.result, by, said)

    def _received(self, report: str, by: Principal, said: Told) -> None:
        id = case_of(self.house, report)
        akt = str(self.checks.document("cases", id).fields["akt"])
        self.checks.akt_is_the_childs(akt, said.number)
        self.reports[report] = (by, id)
        name = next(one for one in REPORTERS if PEOPLE[one] is by)
        self.model.receive(id, akt, self.clock.now(), name, said)

    def _opened(self, id: str, deed: Deed) -> str | None:
        if deed.act != "decide" or deed.outcome is not Outcome.OPEN:
            return None
        return str(self.checks.document("cases", id).fields["continues_in"])

    def _keep(self, id: str) -> None:
        found = self.house.files.case(ANNA, CaseId(id))
        if found is not None:
            self.old.append(found)

    def _answer(self, said: Mapping[str, str]) -> None:
        if "message" in said:
            self.house.sending.send(MessageId(said["message"]))
        else:
            self._ring(said["deadline"], int(said["epoch"]), int(said["hop"]))

    def _ring(self, deadline: str, epoch: int, hop: int) -> None:
        self.house.deadlines.ring(DeadlineId(deadline), epoch, hop)


def _form(by: Principal) -> Submission:
    return Submission(str(by.staff), SubmissionId(fresh()), {"once": True})
