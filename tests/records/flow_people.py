"""Who takes part in the stories of the flow, by short names, and what they do."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from shared.domain import calendar
from shared.domain.assessments import Answer, Need, ProtectionForm
from shared.domain.assistance import ACTIONS as DETERMINED
from shared.domain.assistance_decisions import GRANTS, AssistanceForm, AssistanceOutcome
from shared.domain.cases import CasePerson
from shared.domain.change import Action
from shared.domain.decisions import Outcome, PreliminaryForm
from shared.domain.ids import StaffId, UnitId
from shared.domain.intake import Filed
from shared.domain.investigation_decisions import InvestigationForm, InvestigationOutcome
from shared.domain.municipality import Staff
from shared.domain.principals import ANONYMOUS, SYSTEM, Kind, Principal, Role
from tests.applications import BO, SARA
from tests.cases import PROTECTION, filed, preliminary_form
from tests.people import ANNA, CIA, ELSA, MARIA, SAMIR, STRANGER, staff

ASSISTANT: Final = staff("ali", Role.INTAKE_CASEWORKER, socionom=False)
"""A caseworker who is no socionom."""
DUTY: Final = staff("jo", Role.DUTY)
CLERK: Final = staff("kim")
"""Of the unit, without a role."""
APPLICANTS: Final = {"sara": SARA, "bo": BO}
PEOPLE: Final[dict[str, Principal]] = {
    "anna": ANNA,
    "samir": SAMIR,
    "maria": MARIA,
    "assistant": ASSISTANT,
    "duty": DUTY,
    "stranger": STRANGER,
    "clerk": CLERK,
    "elsa": ELSA,
    "cia": CIA,
    "resident": Principal(Kind.RESIDENT, person=ELSA.person),
    **APPLICANTS,
    "anonymous": ANONYMOUS,
    "system": SYSTEM,
}
REPORTERS: Final = ("elsa", "cia")
EMPLOYED: Final = frozenset({"anna.exempel", "samir.exempel", "maria.exempel"})
"""Those of them whom the directory knows; the others have gone as soon as anybody looks."""
WORKING: Final = ["anna", "samir", "maria", "assistant", "duty"]
"""Those who may know of the unit's cases."""
CHILDREN: Final = (
    CasePerson(name="Nova Exempel", number="198804202383"),
    CasePerson(name="Love Exempel", number="201501012395"),
    CasePerson(described="En pojke med röd jacka"),
)
DECIDED: Final = {
    Outcome.OPEN: Action.INVESTIGATION_OPENED,
    Outcome.NOT_OPEN: Action.INVESTIGATION_NOT_OPENED,
    Outcome.ONGOING: Action.REPORT_ATTACHED,
}
CONCLUDED: Final = {
    InvestigationOutcome.EXTENDED: Action.INVESTIGATION_EXTENDED,
    InvestigationOutcome.WITHOUT: Action.INVESTIGATION_ENDED,
    InvestigationOutcome.WITH: Action.INVESTIGATION_ENDED_WITH_MEASURE,
    InvestigationOutcome.FOLLOWED_UP: Action.FOLLOW_UP_STARTED,
    InvestigationOutcome.FOLLOW_UP_ENDED: Action.FOLLOW_UP_ENDED,
}
AMOUNTS: Final = {AssistanceOutcome.GRANTED: 845_000, AssistanceOutcome.PARTLY: 600_000}
"""What is granted, in öre."""
_ACTIONS: Final = {
    "take": Action.CASE_TAKEN,
    "assign": Action.CASE_ASSIGNED,
    "assess": Action.PROTECTION_ASSESSED,
    "letter": Action.LETTER_SENT,
    "lose": Action.CASE_GIVEN_BACK,
    "request": Action.FEEDBACK_REQUESTED,
    "release": Action.FEEDBACK_RELEASED,
    "review": Action.APPLICATION_REVIEWED,
    "write_off": Action.APPLICATION_WITHDRAWN,
    "ask": Action.SUPPLEMENT_REQUESTED,
    "accept": Action.SUPPLEMENT_ACCEPTED,
    "renew": Action.SUPPLEMENT_RENEWED,
    "close": Action.SUPPLEMENT_CLOSED,
    "supply": Action.SUPPLEMENT_SENT,
    "appeal": Action.APPEAL_RECEIVED,
    "add": Action.APPEAL_ADDED_TO,
    "add_after": Action.APPEAL_ADDED_AFTER,
    "withdraw": Action.APPEAL_WITHDRAWN,
    "in_time": Action.APPEAL_IN_TIME,
    "dismiss": Action.APPEAL_DISMISSED,
    "lift": Action.APPEAL_DISMISSAL_LIFTED,
    "keep": Action.APPEAL_DECISION_KEPT,
    "change": Action.APPEAL_DECISION_CHANGED,
    "hand_over": Action.APPEAL_HANDED_OVER,
}


@dataclass(frozen=True)
class Deed:
    """`by` tries something in a case; `whole` is whether every field of the form is filled in."""

    act: str
    by: str
    to: str = "samir"
    need: Need = Need.NO
    whole: bool = True
    outcome: Outcome | None = Outcome.NOT_OPEN
    reason: bool = False
    """Whether a lead's reason for not opening is written."""
    withhold: bool = False
    determined: AssistanceOutcome = AssistanceOutcome.GRANTED
    """What is decided about an application."""
    investigated: InvestigationOutcome = InvestigationOutcome.EXTENDED
    """What is decided in an investigation."""
    ahead: int = 9
    """How many months ahead the new last day of an investigation is."""
    ago: int = 30
    """How many days ago who appeals is taken to have been told of the decision."""
    into: str = ""
    """The id of the case that is named as the ongoing investigation."""

    @property
    def who(self) -> Principal:
        return PEOPLE[self.by]

    @property
    def colleague(self) -> Staff:
        """Whom the case is to be given to."""
        one = PEOPLE[self.to]
        return Staff(StaffId(str(one.staff)), one.name, "", UnitId(str(one.unit)), one.roles, socionom=one.socionom)

    @property
    def decision(self) -> PreliminaryForm:
        """The form of a decision, as filled in."""
        return preliminary_form(
            self.outcome,
            investigation=self.into,
            violence_reason="Utrett." if self.reason else "",
            motivation="Skäl." if self.whole else "",
            name_stands=Answer.NO if self.need is Need.YES else None,
            name_reason="Hot." if self.whole else "",
        )

    @property
    def assistance(self) -> AssistanceForm:
        """The form of a decision on an application, as filled in."""
        money = (AMOUNTS[self.determined], "2026-12-01", "2026-12-31") if self.determined in GRANTS else (None, "", "")
        amount, first, last = money
        return AssistanceForm(
            outcome=self.determined,
            motivation="Skäl." if self.whole else "",
            paragraph="sol_12_1",
            what="Försörjningsstöd",
            refused="Resten." if self.determined is AssistanceOutcome.PARTLY else "",
            amount=amount,
            first_day=first,
            last_day=last,
        )

    def investigation(self, today: date) -> InvestigationForm:
        """The form of a decision in an investigation, as filled in on that day."""
        extends = self.investigated is InvestigationOutcome.EXTENDED
        return InvestigationForm(
            self.investigated,
            "Skäl." if self.whole else "",
            last_day=calendar.add_months(today, self.ahead).isoformat() if extends else "",
            measure="Familjebehandling.",
            child_heard=Answer.YES,
            child_view="Jag vill bo kvar.",
            best_interests="Det blir lugnt hemma.",
            communicated=Answer.NO,
            reason_not_communicated="Uppenbart obehövligt.",
        )

    @property
    def assessment(self) -> ProtectionForm:
        """The form of a protection assessment, as filled in."""
        measures = () if self.need is Need.NO else ("duty",)
        return replace(PROTECTION, need=self.need, measures=measures, reasons="Skäl." if self.whole else "")

    @property
    def action(self) -> Action:
        if self.act == "conclude":
            return CONCLUDED[self.investigated]
        if self.act == "determine":
            return DETERMINED[self.determined]
        return DECIDED[self.outcome or Outcome.OPEN] if self.act == "decide" else _ACTIONS[self.act]


_RULED: Final = ("in_time", "dismiss", "lift", "keep", "hand_over")
"""What staff do about an appeal by a form with nothing to choose among."""


def attempts(by: str, into: str, itself: str) -> list[Deed]:
    """One of each kind of thing that `by` may try in the case `itself`, filled in well and badly."""
    return [
        Deed("take", by),
        *(Deed("assign", by, to=to) for to in ("anna", "samir", "stranger", "clerk")),
        *(Deed("assess", by, whole=whole) for whole in (True, False)),
        *(Deed("decide", by, outcome=one, into=into) for one in (*Outcome, None)),
        *(Deed("decide", by, outcome=Outcome.ONGOING, into=wrong) for wrong in ("", itself)),
        Deed("decide", by, reason=True),
        Deed("decide", by, whole=False),
        Deed("letter", by),
        Deed("request", by),
        Deed("release", by),
        Deed("review", by),
        *(Deed("write_off", by, whole=whole) for whole in (True, False)),
        *(Deed(act, by, whole=whole) for act in ("ask", "renew") for whole in (True, False)),
        *(Deed(act, by) for act in ("accept", "close")),
        *(Deed("determine", by, determined=one) for one in AssistanceOutcome),
        Deed("determine", by, whole=False),
        *(Deed(act, by) for act in ("supply", "appeal", "add", "add_after", "withdraw")),
        *(Deed(act, by, whole=whole) for act in _RULED for whole in (True, False)),
        *(Deed("dismiss", by, ago=ago) for ago in (0, 21, 60)),
        *(Deed("change", by, determined=one) for one in AssistanceOutcome),
        Deed("change", by, whole=False),
        *(Deed("conclude", by, investigated=one) for one in InvestigationOutcome),
        *(Deed("conclude", by, ahead=ahead) for ahead in (0, 3, 13)),
        Deed("conclude", by, investigated=InvestigationOutcome.WITHOUT, whole=False),
    ]


@dataclass(frozen=True)
class Told:
    """What a report says; `child` counts in `CHILDREN`."""

    child: int = 0
    acute: bool = False
    violence: Answer = Answer.NO
    feedback: bool = True
    listed: bool = True
    """Whether the reporter said that she is of one of the professions of SoL 19:1-19:3."""

    @property
    def number(self) -> str:
        return CHILDREN[self.child].number

    @property
    def filed(self) -> Filed:
        said = filed(acute=self.acute, violence=self.violence, feedback=self.feedback)
        source = said.source if self.listed else "not_stated"
        return replace(said, child=CHILDREN[self.child], source=source)
