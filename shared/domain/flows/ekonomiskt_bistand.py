"""An application for financial assistance, until it is decided or taken back, and its appeal (SoL 12:1-12:2, 14:2)."""

from typing import Final

from shared.domain.cases import CaseKind, Step
from shared.domain.change import Action
from shared.domain.flow import NO_INVESTIGATION, TELLS_WHO_GETS_IT, Flow, Row, Takes, Told, Way, When, Who, Whom
from shared.domain.notices import NoticeKind
from shared.domain.principals import Role
from shared.domain.supplements import CLOCK

_APPEALED: Final = (Step.RATTIDSPROVNING, Step.OMPROVNING, Step.OVERLAMNANDE)
_UNDECIDED: Final = (Step.FORSTA_GENOMGANG, Step.HANDLAGGNING)
_OPEN: Final = (*_UNDECIDED, *_APPEALED)
_FIRST: Final = ("bistand_genast", "bistand_genomgang")
_WATCHED: Final = ("bistand_beslut", "bistand_sex_manader")
_DECIDED: Final = (
    Action.APPLICATION_GRANTED,
    Action.APPLICATION_PARTLY_GRANTED,
    Action.APPLICATION_REFUSED,
    Action.APPLICATION_DISMISSED,
)
_PERHAPS_THE_LAST: Final = (Way(meets=(CLOCK,), when=When.COMPLETE), Way())
_TELLS_OF_MORE: Final = (Told(NoticeKind.APPEAL_ADDED_TO, (Whom.CASEWORKER,)),)
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
        Row(Action.LETTER_SENT, at=_OPEN, who=Who.CASEWORKER),
        Row(
            Action.APPLICATION_REVIEWED,
            at=(Step.FORSTA_GENOMGANG,),
            who=Who.CASEWORKER,
            ways=(Way(Step.HANDLAGGNING),),
            stops=_FIRST,
        ),
        Row(
            Action.SUPPLEMENT_REQUESTED,
            at=_UNDECIDED,
            who=Who.CASEWORKER,
            takes=(Takes.NO_SUPPLEMENT, Takes.EVERY_FIELD),
            ways=(Way(starts=(CLOCK,)),),
        ),
        Row(
            Action.SUPPLEMENT_SENT,
            at=_UNDECIDED,
            who=Who.ITS_APPLICANT,
            takes=(Takes.A_SUPPLEMENT,),
            ways=_PERHAPS_THE_LAST,
            tells=(Told(NoticeKind.SUPPLEMENT_SENT, (Whom.CASEWORKER,)),),
        ),
        Row(
            Action.SUPPLEMENT_ACCEPTED,
            at=_UNDECIDED,
            who=Who.CASEWORKER,
            takes=(Takes.A_SUPPLEMENT,),
            ways=_PERHAPS_THE_LAST,
        ),
        Row(
            Action.SUPPLEMENT_RENEWED,
            at=_UNDECIDED,
            who=Who.CASEWORKER,
            takes=(Takes.A_SUPPLEMENT, Takes.EVERY_FIELD),
            ways=(Way(starts=(CLOCK,)),),
        ),
        Row(
            Action.SUPPLEMENT_CLOSED,
            at=_UNDECIDED,
            who=Who.CASEWORKER,
            takes=(Takes.A_SUPPLEMENT,),
            ways=(Way(cancels=(CLOCK,)),),
        ),
        *(
            Row(
                act,
                at=(Step.HANDLAGGNING,),
                who=Who.DECIDER,
                takes=(Takes.DELEGATION, Takes.EVERY_FIELD),
                ways=(Way(Step.AVSLUTAT, cancels=(CLOCK,)),),
                stops=_WATCHED,
            )
            for act in _DECIDED
        ),
        Row(
            Action.APPLICATION_WITHDRAWN,
            at=_UNDECIDED,
            who=Who.DECIDER,
            takes=(Takes.EVERY_FIELD,),
            ways=(Way(Step.AVSLUTAT, cancels=(*_FIRST, *_WATCHED, CLOCK)),),
        ),
        Row(
            Action.APPEAL_RECEIVED,
            at=(Step.AVSLUTAT,),
            who=Who.ITS_APPLICANT,
            takes=(Takes.A_DECISION, Takes.NO_APPEAL),
            ways=(Way(Step.RATTIDSPROVNING, starts=("overklagande",)),),
            tells=(Told(NoticeKind.APPEAL_RECEIVED, (Whom.CASEWORKER,)),),
        ),
        Row(Action.APPEAL_ADDED_TO, at=_APPEALED, who=Who.ITS_APPLICANT, tells=_TELLS_OF_MORE),
        Row(
            Action.APPEAL_ADDED_AFTER,
            at=(Step.AVSLUTAT,),
            who=Who.ITS_APPLICANT,
            takes=(Takes.IN_COURT,),
            ways=(Way(Step.OVERLAMNANDE, starts=("overklagande",)),),
            tells=_TELLS_OF_MORE,
        ),
        Row(
            Action.APPEAL_WITHDRAWN,
            at=_APPEALED,
            who=Who.ITS_APPLICANT,
            takes=(Takes.NOT_IN_COURT,),
            ways=(Way(Step.AVSLUTAT),),
            stops=("overklagande",),
            tells=(Told(NoticeKind.APPEAL_WITHDRAWN, (Whom.CASEWORKER,)),),
        ),
        Row(
            Action.APPEAL_IN_TIME,
            at=(Step.RATTIDSPROVNING,),
            who=Who.DECIDER,
            takes=(Takes.EVERY_FIELD,),
            ways=(Way(Step.OMPROVNING),),
        ),
        Row(
            Action.APPEAL_DISMISSED,
            at=(Step.RATTIDSPROVNING,),
            who=Who.DECIDER,
            takes=(Takes.DELEGATION, Takes.EVERY_FIELD),
            ways=(Way(Step.AVSLUTAT),),
            stops=("overklagande",),
        ),
        Row(
            Action.APPEAL_DISMISSAL_LIFTED,
            at=(Step.AVSLUTAT,),
            who=Who.DECIDER,
            takes=(Takes.DELEGATION, Takes.A_DISMISSAL, Takes.EVERY_FIELD),
            ways=(Way(Step.OMPROVNING, starts=("overklagande",)),),
        ),
        Row(
            Action.APPEAL_DECISION_KEPT,
            at=(Step.OMPROVNING,),
            who=Who.DECIDER,
            takes=(Takes.EVERY_FIELD,),
            ways=(Way(Step.OVERLAMNANDE),),
        ),
        Row(
            Action.APPEAL_DECISION_CHANGED,
            at=(Step.OMPROVNING,),
            who=Who.DECIDER,
            takes=(Takes.DELEGATION, Takes.OWN_DECISION, Takes.EVERY_FIELD),
            ways=(Way(Step.OVERLAMNANDE),),
        ),
        Row(
            Action.APPEAL_HANDED_OVER,
            at=(Step.OVERLAMNANDE,),
            who=Who.DECIDER,
            takes=(Takes.EVERY_FIELD,),
            ways=(Way(Step.AVSLUTAT),),
            stops=("overklagande",),
        ),
    ),
    again={
        Action.APPEAL_RECEIVED: "the party may appeal what is decided (FL 43 §), and the board has to see to it",
        Action.APPEAL_DISMISSAL_LIFTED: "what was wrong to dismiss goes on as if it never had been (FL 37-38 §§)",
        Action.APPEAL_ADDED_AFTER: "what the party adds goes on to the court, as the appeal did (FL 46 §)",
    },
    never={
        **NO_INVESTIGATION,
        Action.REPORT_RECEIVED: "it begins with an application",
        Action.PROTECTION_ASSESSED: _OF_A_CHILD,
        Action.INVESTIGATION_OPENED: _OF_A_CHILD,
        Action.INVESTIGATION_NOT_OPENED: _OF_A_CHILD,
        Action.REPORT_ATTACHED: _OF_A_CHILD,
        Action.FEEDBACK_REQUESTED: _OF_A_CHILD,
        Action.FEEDBACK_RELEASED: _OF_A_CHILD,
    },
)
