"""What applicants add to any story of any cases."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from hypothesis import strategies as st
from hypothesis.stateful import rule

from shared.domain import calendar
from shared.domain.assessments import Answer
from shared.domain.change import Action
from shared.domain.principals import Role
from shared.domain.withdrawals import Caller, KnownBy, SaidHow, WithdrawalForm
from shared.ports.store import Conflict, Unavailable
from tests.applications import applied, case_of, draft_of
from tests.people import UNIT
from tests.records.flow_people import APPLICANTS, Deed
from tests.records.flow_standing import Standing
from tests.records.flow_weather import Weather, WeatheredStore

if TYPE_CHECKING:
    from shared.app import House
    from tests.houses import HandClock
    from tests.records.flow_checks import Checks
    from tests.records.flow_model import Model

NEXT: Final = {
    "skyddsbedomning": "assess",
    "forhandsbedomning": "decide",
    "aterkoppling": "release",
    "forsta_genomgang": "review",
    "handlaggning": "determine",
    "utredning": "conclude",
    "uppfoljning": "conclude",
}
"""What takes a case on from each step."""
MOST: Final = 3
"""Applications in one story."""


def applied_for(akt: str, now: datetime, by: str, *, urgent: bool) -> Standing:
    """How a case must stand that has just been applied for."""
    day = calendar.local_date(now)
    first = ("bistand_genast", 0) if urgent else ("bistand_genomgang", 1)
    due = {
        first[0]: calendar.end_of_day(calendar.rolled(calendar.add_days(day, first[1]))),
        "bistand_beslut": calendar.end_of_day(calendar.add_days(day, 14)),
        "bistand_sex_manader": calendar.end_of_day(calendar.add_months(day, 6)),
    }
    trail = [Action.APPLICATION_RECEIVED]
    return Standing("ekonomiskt_bistand", UNIT, akt, "forsta_genomgang", due, trail, urgent=urgent, applicant=by)


def refused(case: Standing, deed: Deed) -> str | None:
    """The code of the rule that stops staff from noting that the application is taken back, or None."""
    if case.kind != "ekonomiskt_bistand":
        return "not_open"
    if case.assignee != deed.who.staff and Role.TEAM_LEAD not in deed.who.roles:
        return "not_allowed"
    if case.step not in {"forsta_genomgang", "handlaggning"}:
        return "not_open"
    return None if deed.whole else "incomplete"


def written_off(case: Standing, _deed: Deed, now: datetime) -> None:
    """The application was taken back: nothing runs, and nothing was decided."""
    case.ended |= dict.fromkeys(case.running, now)
    case.asking, case.written_off, case.step = False, True, "avslutat"


def form_of(deed: Deed, today: date) -> WithdrawalForm:
    """What staff write down, as filled in on that day."""
    told = Answer.YES if deed.whole else Answer.NO
    return WithdrawalForm(today.isoformat(), SaidHow.PHONE, Caller.APPLICANT, KnownBy.CALLED_BACK, told)


class Applying:
    """Applications come in, in any weather."""

    if TYPE_CHECKING:
        house: House
        store: WeatheredStore
        clock: HandClock
        checks: Checks
        model: Model

    @rule(
        name=st.sampled_from(["sara", "sara", "bo"]),
        urgent=st.booleans(),
        weather=st.sampled_from([Weather.CALM, *Weather]),
    )
    def apply(self, name: str, weather: Weather, *, urgent: bool) -> None:
        """Somebody applies, perhaps for the second time."""
        if sum(one.kind == "ekonomiskt_bistand" for one in self.model.cases.values()) >= MOST:
            return
        who = APPLICANTS[name]
        draft = draft_of(self.house, who)
        self.store.expect(weather)
        try:
            sent = self.house.applicants.send(who, applied(*["no_food"][: int(urgent)]), UNIT, draft).result
        except Conflict:
            assert weather is Weather.CONFLICTS
            return
        except Unavailable:
            assert weather in {Weather.NOT_WRITTEN, Weather.DEAF}
            if weather is Weather.NOT_WRITTEN:
                return
            sent = str(self.house.applicants.sent_before(who, draft.id))
        finally:
            self.store.expect(Weather.CALM)
        self._applied(sent, name, self.clock.now(), urgent=urgent)

    def _applied(self, application: str, name: str, now: datetime, *, urgent: bool) -> None:
        id = case_of(self.house, application)
        akt = str(self.checks.document("cases", id).fields["akt"])
        self.checks.akt_is_the_childs(akt, str(APPLICANTS[name].person))
        self.model.apply(id, applied_for(akt, now, name, urgent=urgent))
