"""What appeals add to any story of any cases: who may do what about them, in which order, and what follows."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from shared.app.foundations import fresh
from shared.domain import calendar
from shared.domain.appeal_forms import HandOverForm, ReviewForm, TimeForm
from shared.domain.appeal_items import Sent
from shared.domain.assessments import Answer, Need
from shared.domain.assistance_decisions import AssistanceOutcome
from shared.domain.broken_rules import BrokenRule
from shared.domain.ids import ItemId, SubmissionId
from shared.domain.principals import Principal, Role
from shared.ports.store import Conflict, NotFound, Unavailable
from tests.appeals import appeal, draft_of
from tests.records.flow_chances import ANY, DEEDS, THREE
from tests.records.flow_people import AMOUNTS, APPLICANTS, EMPLOYED, PEOPLE, Deed
from tests.records.flow_standing import APPEALED, Standing
from tests.records.flow_weather import Weather, WeatheredStore

if TYPE_CHECKING:
    from shared.app import House
    from tests.houses import HandClock
    from tests.records.flow_checks import Checks
    from tests.records.flow_model import Model

OWN: Final = ("appeal", "add", "add_after", "withdraw", "supply")
"""What the applicant alone does in the own case."""
RULED: Final = {
    "in_time": "rattidsprovning",
    "dismiss": "rattidsprovning",
    "lift": "avslutat",
    "keep": "omprovning",
    "change": "omprovning",
    "hand_over": "overlamnande",
}
"""What staff do about an appeal, and in which step."""
_CLOCK: Final = "overklagande"
_ENDS: Final = {"dismiss": "dismissed", "hand_over": "court", "withdraw": "withdrawn"}
"""What ends an appeal here, and where it is then."""
_WEEK: Final = 7
_FORTY_DAYS: Final = 24 * 40
_THREE_WEEKS: Final = timedelta(days=21)
_FOUR_WEEKS: Final = timedelta(days=28)


def own(case: Standing, deed: Deed) -> str | None:
    """The code of the rule that stops what an applicant does, or None when it is lawful."""
    if deed.by != case.applicant:
        return "not_found"
    if deed.act == "supply":
        return None if case.asking else "not_open"
    if deed.act == "withdraw" and _CLOCK in case.ended:
        return "already_done"
    if deed.act == "appeal" and case.appeal in {"here", "court", "added"}:
        return "already_done"
    lawful = {
        "appeal": case.step == "avslutat" and case.outcome is not None,
        "add": case.step in APPEALED,
        "add_after": case.appeal == "court",
        "withdraw": case.appeal == "here",
    }
    return None if lawful[deed.act] else "not_open"


def ruled(case: Standing, deed: Deed, today: date) -> str | None:
    """The code of the rule that stops what staff do about an appeal, or None when it is lawful."""
    if case.kind != "ekonomiskt_bistand":
        return "not_open"
    if case.assignee != deed.who.staff and Role.TEAM_LEAD not in deed.who.roles:
        return "not_allowed"
    if deed.act in {"dismiss", "lift", "change"} and not deed.who.roles & {Role.INTAKE_CASEWORKER, Role.TEAM_LEAD}:
        return "not_allowed"
    if deed.act in {"dismiss", "hand_over"} and _CLOCK in case.ended:
        return "already_done"
    nothing = {"change": case.of_dismissal, "lift": case.appeal != "dismissed"}
    if case.step != RULED[deed.act] or nothing.get(deed.act):
        return "not_open"
    return "incomplete" if not deed.whole or _unlawful(case, deed, today) else None


def happened(case: Standing, deed: Deed, now: datetime) -> None:
    """The party or staff did something about an appeal."""
    day = calendar.local_date(now)
    if deed.act == "appeal":
        case.of_dismissal = case.appeal == "dismissed" or (case.appeal == "withdrawn" and case.of_dismissal)
        case.appealed, case.appeal, case.step = day, "here", "rattidsprovning"
    elif deed.act == "add_after":
        case.appeal, case.step = "added", "overlamnande"
    elif deed.act == "lift" and case.appealed:
        day, case.appeal, case.step = case.appealed, "here", "omprovning"
    if deed.act in {"appeal", "add_after", "lift"}:
        case.due[_CLOCK] = calendar.end_of_day(calendar.add_days(day, _WEEK))
        case.ended.pop(_CLOCK, None)
        case.assignee = case.assignee if case.assignee in {*EMPLOYED, deed.who.staff} else None
    elif deed.act in _ENDS:
        case.step, case.ended[_CLOCK], case.appeal = "avslutat", now, _ENDS[deed.act]
    elif deed.act != "add":
        case.step = "omprovning" if deed.act == "in_time" else "overlamnande"
        case.outcome = deed.determined if deed.act == "change" else case.outcome


def next_of(case: Standing, deed: Deed) -> str | None:
    """What takes the appeal on as the deed would have it, or None when there is none."""
    waited = case.appealed - case.decided if case.appealed and case.decided else timedelta()
    late, better = waited > _FOUR_WEEKS and not deed.reason, deed.withhold
    first, then = "dismiss" if late else "in_time", "change" if better else "keep"
    if case.appeal == "dismissed" and case.step == "avslutat" and better:
        return "lift"
    return {"rattidsprovning": first, "omprovning": then, "overlamnande": "hand_over"}.get(case.step)


def form_of(deed: Deed, today: date) -> Any:
    """The form of what staff do, as filled in on that day."""
    told = (today - timedelta(days=deed.ago)).isoformat()
    reasons = "Skäl." if deed.whole else ""
    forms: dict[str, Callable[[], Any]] = {
        "in_time": lambda: TimeForm("in_time" if deed.whole else "", "Skäl."),
        "dismiss": lambda: TimeForm("late", reasons, told, Answer.YES),
        "lift": lambda: ReviewForm(reasons),
        "keep": lambda: ReviewForm(reasons),
        "change": lambda: deed.assistance,
        "hand_over": lambda: HandOverForm(today.isoformat(), Sent.POST if deed.whole else None),
    }
    return forms[deed.act]()


def _unlawful(case: Standing, deed: Deed, today: date) -> bool:
    """Whether somebody in time would be dismissed, or the party be left with less than before."""
    if deed.act == "dismiss":
        told = today - timedelta(days=deed.ago)
        assert case.decided is not None
        assert case.appealed is not None
        return told < case.decided or case.appealed <= calendar.rolled(told + _THREE_WEEKS)
    if deed.act != "change":
        return False
    assert isinstance(case.outcome, AssistanceOutcome)
    return AMOUNTS.get(deed.determined, -1) < AMOUNTS.get(case.outcome, 0)


class Appealing:
    """Decisions are appealed, in any weather and while staff do something in the case."""

    if TYPE_CHECKING:
        house: House
        store: WeatheredStore
        clock: HandClock
        checks: Checks
        model: Model

        def apply(self, name: str, weather: Weather, *, urgent: bool) -> None:
            """Of the story."""

        def go_on(self, n: int, deed: Deed) -> None:
            """Of the story."""

        def wait(self, hours: int, conflicts: int) -> None:
            """Of the story."""

        def _try(self, id: str, deed: Deed, weather: Weather) -> None:
            """Of the story."""

    @rule(
        n=ANY,
        who=st.sampled_from(["its own", "its own", "its own", *APPLICANTS]),
        weather=st.sampled_from([Weather.CALM, *Weather]),
        rival=st.booleans(),
        deed=DEEDS,
    )
    def appeal_a_decision(self, n: int, who: str, weather: Weather, deed: Deed, *, rival: bool) -> None:
        """Somebody appeals or adds to it, perhaps what is somebody else's, perhaps while it is being dealt with."""
        decided = [id for id, one in self.model.cases.items() if one.applicant and one.outcome]
        if not decided:
            return
        id = decided[n % len(decided)]
        case = self.model.cases[id]
        if rival:
            act, by = next_of(case, deed) or deed.act, self._colleague(case)
            self.store.rival = lambda: self._try(id, Deed(act, by, determined=deed.determined), Weather.CALM)
        self._appeal(id, case.applicant if who == "its own" else who, weather)

    @rule(n=ANY, who=st.sampled_from(["its own", *APPLICANTS]), weather=st.sampled_from([Weather.CALM, *Weather]))
    def take_back(self, n: int, who: str, weather: Weather) -> None:
        """Somebody takes an appeal back, perhaps another's, or too late."""
        appealed = [id for id, one in self.model.cases.items() if one.appeal]
        if not appealed:
            return
        id = appealed[n % len(appealed)]
        self._take_back(id, self.model.cases[id].applicant if who == "its own" else who, weather)

    def _take_back(self, id: str, name: str, weather: Weather) -> None:
        standing: Any = self.checks.document("cases", id).fields["appeal"]
        once = SubmissionId(fresh())
        send = partial(self._withdraw, PEOPLE[name], ItemId(standing["id"]), once)
        self._come_in(id, lambda: Deed("withdraw", name), weather, send, send)

    @initialize(deeds=st.sampled_from([0, 4, 8]).flatmap(lambda most: st.lists(DEEDS, min_size=most, max_size=most)))
    def somebody_has_applied(self, deeds: list[Deed]) -> None:
        """In most stories an application has come some way, often to its decision and to what comes after."""
        if deeds:
            self.apply("sara", Weather.CALM, urgent=False)
        for deed in deeds:
            self._onward(len(self.model.cases) - 1, deed)

    @rule(n=ANY, deeds=THREE)
    def deal_with_an_appeal(self, n: int, deeds: tuple[Deed, Deed, Deed]) -> None:
        """The right person takes an application on, to its decision, its appeal and what comes after."""
        applied = [at for at, one in enumerate(self.model.cases.values()) if one.applicant]
        for deed in deeds if applied else ():
            self._onward(applied[n % len(applied)], deed)

    def _withdraw(self, by: Principal, appeal: ItemId, once: SubmissionId) -> str:
        return self.house.appellants.withdraw(by, appeal, once).result

    def _onward(self, at: int, deed: Deed) -> None:
        """One step on, whoever takes it: the party, when nobody else can."""
        id, case = list(self.model.cases.items())[at]
        if case.step == "avslutat" and own(case, self._filed(id, case.applicant)) is None:
            if deed.need is not Need.NO:
                self.wait(hours=_FORTY_DAYS, conflicts=0)
            self._appeal(id, case.applicant, Weather.CALM)
        elif case.appeal == "here" and deed.reason and not deed.whole:
            self._take_back(id, case.applicant, Weather.CALM)
        else:
            self.go_on(at, deed)

    def _colleague(self, case: Standing) -> str:
        return next((name for name in ("anna", "samir") if PEOPLE[name].staff == case.assignee), "maria")

    def _appeal(self, id: str, name: str, weather: Weather) -> None:
        by, stored = PEOPLE[name], self.checks.document("cases", id).fields
        appealed: Any = stored["appeal"]
        decision = ItemId(str(_about(appealed) if appealed else stored["decision"]))
        draft = draft_of(self.house, decision, by)
        self._come_in(
            id,
            lambda: self._written(id, name, decision),
            weather,
            lambda: self.house.appellants.send(by, appeal(), decision, draft).result,
            lambda: str(self.house.appellants.sent_before(by, draft.id)),
        )

    def _come_in(
        self,
        id: str,
        deed: Callable[[], Deed],
        weather: Weather,
        send: Callable[[], str],
        again: Callable[[], str],
    ) -> None:
        self.store.expect(weather)
        try:
            sent = send()
        except (BrokenRule, NotFound) as refused:
            code = refused.code if isinstance(refused, BrokenRule) else "not_found"
            assert code == self.model.refusal(id, deed())
            return
        except Conflict:
            assert weather is Weather.CONFLICTS
            return
        except Unavailable:
            assert weather in {Weather.NOT_WRITTEN, Weather.DEAF}
            if weather is Weather.NOT_WRITTEN:
                return
            self.store.expect(Weather.CALM)
            sent = again()
        finally:
            self.store.expect(Weather.CALM)
            self.store.rival = None
        self._has_come_in(id, deed(), sent)

    def _filed(self, id: str, name: str) -> Deed:
        case = self.model.cases[id]
        return Deed({"here": "add", "added": "add", "court": "add_after"}.get(case.appeal, "appeal"), name)

    def _written(self, id: str, name: str, decision: ItemId) -> Deed:
        """What it is as the case stands: what was dismissed or lifted meanwhile is not written about."""
        appealed: Any = self.checks.document("cases", id).fields["appeal"]
        deed = self._filed(id, name)
        if not appealed:
            return deed
        about = {_about(appealed)} if deed.act == "appeal" else {appealed["decision"], appealed["new"]}
        return deed if decision in about else Deed("add_after", name)

    def _has_come_in(self, id: str, deed: Deed, sent: str) -> None:
        now = self.clock.now()
        assert self.model.refusal(id, deed) is None
        assert self.checks.document("appeals", sent).fields["received_at"] == now
        self.model.done(id, deed, now, None)


def _about(appeal: Any) -> str:
    """The decision that the party writes about: what dismissed the appeal, what stands now, or what was appealed."""
    return str(appeal["new"] or appeal["decision"])
