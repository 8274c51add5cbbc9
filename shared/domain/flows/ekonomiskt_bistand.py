"""An application for financial assistance, from receipt until somebody works on it (SoL 12:1, 14:2)."""

from typing import Final

from shared.domain.cases import CaseKind, Step
from shared.domain.change import Action
from shared.domain.flow import TELLS_WHO_GETS_IT, Flow, Row, Takes, Told, Way, When, Who
from shared.domain.notices import NoticeKind
from shared.domain.principals import Role

_OPEN: Final = (Step.FORSTA_GENOMGANG, Step.HANDLAGGNING)
_WATCHED: Final = ("bistand_beslut", "bistand_sex_manader")
_OF_A_CHILD: Final = "it belongs to a report of concern for a child"

FLOW: Final = Flow(
    kind=CaseKind.EKONOMISKT_BISTAND,
    rows=(
        Row(
            Action.APPLICATION_RECEIVED,
            at=(),
            who=Who.RESIDENT,
            ways=(
                Way(Step.FORSTA_GENOMGANG, starts=("bistand_genast", *_WATCHED), when=When.URGENT),
                Way(Step.FORSTA_GENOMGANG, starts=("bistand_genomgang", *_WATCHED)),
            ),
            tells=(Told(NoticeKind.URGENT_APPLICATION, (Role.TEAM_LEAD,), when=When.URGENT),),
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
        Row(
            Action.APPLICATION_REVIEWED,
            at=(Step.FORSTA_GENOMGANG,),
            who=Who.CASEWORKER,
            ways=(Way(Step.HANDLAGGNING),),
            stops=("bistand_genast", "bistand_genomgang"),
        ),
    ),
    never={
        Action.REPORT_RECEIVED: "it begins with an application",
        Action.PROTECTION_ASSESSED: _OF_A_CHILD,
        Action.INVESTIGATION_OPENED: _OF_A_CHILD,
        Action.INVESTIGATION_NOT_OPENED: _OF_A_CHILD,
        Action.REPORT_ATTACHED: _OF_A_CHILD,
        Action.FEEDBACK_REQUESTED: _OF_A_CHILD,
        Action.FEEDBACK_RELEASED: _OF_A_CHILD,
        Action.LETTER_SENT: "no letter of today is about an application",
    },
    endless={
        Step.FORSTA_GENOMGANG: "it leads to what can not be decided yet",
        Step.HANDLAGGNING: "no act decides an application yet; its fourteen days and six months are watched",
    },
)
