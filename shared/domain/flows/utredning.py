"""An investigation, from the decision that opens it to its end, and the following up after it (SoL 20:3, 23:1-23:5)."""

from typing import Final

from shared.domain.cases import CaseKind, Step
from shared.domain.change import Action
from shared.domain.flow import NO_APPLICATION, TELLS_WHO_GETS_IT, Flow, Row, Takes, Told, Way, Who, Whom
from shared.domain.notices import NoticeKind
from shared.domain.principals import Role

_OPEN: Final = (Step.UTREDNING, Step.UPPFOLJNING)
_INVESTIGATED: Final = (Step.UTREDNING,)
_DECISION: Final = (Takes.SOCIONOM, Takes.DELEGATION, Takes.EVERY_FIELD)
_OF_THE_REPORT: Final = "it is done in the report that the investigation follows"

FLOW: Final = Flow(
    kind=CaseKind.UTREDNING,
    rows=(
        Row(
            Action.INVESTIGATION_OPENED,
            at=(),
            who=Who.WITH_ANOTHER,
            ways=(Way(Step.UTREDNING, starts=("utredning",)),),
        ),
        Row(Action.CASE_TAKEN, at=_OPEN, who=Who.UNIT, takes=(Takes.NO_CASEWORKER,)),
        Row(Action.CASE_ASSIGNED, at=_OPEN, who=Who.LEAD, takes=(Takes.ANOTHER_CASEWORKER,), tells=TELLS_WHO_GETS_IT),
        Row(
            Action.CASE_GIVEN_BACK,
            at=_OPEN,
            who=Who.SYSTEM,
            takes=(Takes.A_CASEWORKER,),
            tells=(Told(NoticeKind.CASE_GIVEN_BACK, (Role.TEAM_LEAD,)),),
        ),
        Row(Action.LETTER_SENT, at=_OPEN, who=Who.CASEWORKER),
        Row(
            Action.REPORT_ATTACHED,
            at=_INVESTIGATED,
            who=Who.WITH_ANOTHER,
            tells=(Told(NoticeKind.REPORT_ATTACHED, (Whom.CASEWORKER,)),),
        ),
        *(
            Row(
                act,
                at=_INVESTIGATED,
                who=Who.DECIDER,
                takes=_DECISION,
                ways=(Way(Step.AVSLUTAT),),
                stops=("utredning",),
            )
            for act in (Action.INVESTIGATION_ENDED, Action.INVESTIGATION_ENDED_WITH_MEASURE)
        ),
        Row(
            Action.FOLLOW_UP_STARTED,
            at=_INVESTIGATED,
            who=Who.DECIDER,
            takes=_DECISION,
            ways=(Way(Step.UPPFOLJNING, starts=("uppfoljning",)),),
            stops=("utredning",),
        ),
        Row(Action.INVESTIGATION_EXTENDED, at=_INVESTIGATED, who=Who.DECIDER, takes=_DECISION, moves=("utredning",)),
        Row(
            Action.FOLLOW_UP_ENDED,
            at=(Step.UPPFOLJNING,),
            who=Who.DECIDER,
            takes=_DECISION,
            ways=(Way(Step.AVSLUTAT),),
            stops=("uppfoljning",),
        ),
    ),
    never={
        **NO_APPLICATION,
        Action.REPORT_RECEIVED: "an investigation begins with a decision",
        Action.PROTECTION_ASSESSED: _OF_THE_REPORT,
        Action.INVESTIGATION_NOT_OPENED: _OF_THE_REPORT,
        Action.FEEDBACK_REQUESTED: _OF_THE_REPORT,
        Action.FEEDBACK_RELEASED: _OF_THE_REPORT,
    },
)
