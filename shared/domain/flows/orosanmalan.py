"""A report of concern, from receipt to feedback (SoL 19:1, 19:6, 20:1, 20:2)."""

from typing import Final

from shared.domain.cases import CaseKind, Step
from shared.domain.change import Action
from shared.domain.flow import (
    NO_APPLICATION,
    NO_INVESTIGATION,
    TELLS_WHO_GETS_IT,
    Flow,
    Row,
    Takes,
    Told,
    Way,
    When,
    Who,
    Whom,
)
from shared.domain.notices import NoticeKind
from shared.domain.principals import Role

_OPEN: Final = (Step.SKYDDSBEDOMNING, Step.FORHANDSBEDOMNING, Step.ATERKOPPLING)
_AFTER_THE_DECISION: Final = (
    Way(Step.ATERKOPPLING, starts=("aterkoppling",), when=When.FEEDBACK_REQUESTED),
    Way(Step.AVSLUTAT),
)
_AFTER_ATTACHING: Final = (
    Way(Step.ATERKOPPLING, starts=("aterkoppling_genast",), when=When.FEEDBACK_REQUESTED),
    Way(Step.AVSLUTAT),
)
_DECISION: Final = (Takes.SOCIONOM, Takes.DELEGATION, Takes.ASSESSMENT, Takes.EVERY_FIELD)

FLOW: Final = Flow(
    kind=CaseKind.OROSANMALAN,
    rows=(
        Row(
            Action.REPORT_RECEIVED,
            at=(),
            who=Who.REPORTER,
            ways=(Way(Step.SKYDDSBEDOMNING, starts=("skyddsbedomning", "forhandsbedomning")),),
            tells=(Told(NoticeKind.ACUTE_REPORT, (Role.DUTY, Role.TEAM_LEAD), when=When.ACUTE, acute=True),),
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
            Action.PROTECTION_ASSESSED,
            at=(Step.SKYDDSBEDOMNING,),
            who=Who.CASEWORKER,
            takes=(Takes.SOCIONOM, Takes.EVERY_FIELD),
            ways=(Way(Step.FORHANDSBEDOMNING),),
            stops=("skyddsbedomning",),
        ),
        Row(
            Action.INVESTIGATION_OPENED,
            at=(Step.FORHANDSBEDOMNING,),
            who=Who.DECIDER,
            takes=_DECISION,
            ways=_AFTER_THE_DECISION,
            stops=("forhandsbedomning",),
            also=CaseKind.UTREDNING,
        ),
        Row(
            Action.INVESTIGATION_NOT_OPENED,
            at=(Step.FORHANDSBEDOMNING,),
            who=Who.DECIDER,
            takes=(*_DECISION, Takes.LEAD_IF_VIOLENCE),
            ways=_AFTER_THE_DECISION,
            stops=("forhandsbedomning",),
        ),
        Row(
            Action.REPORT_ATTACHED,
            at=(Step.FORHANDSBEDOMNING,),
            who=Who.DECIDER,
            takes=(*_DECISION, Takes.ONGOING_INVESTIGATION),
            ways=_AFTER_ATTACHING,
            stops=("forhandsbedomning",),
            also=CaseKind.UTREDNING,
        ),
        Row(Action.LETTER_SENT, at=(Step.FORHANDSBEDOMNING,), who=Who.CASEWORKER),
        Row(
            Action.FEEDBACK_REQUESTED,
            at=(Step.SKYDDSBEDOMNING, Step.FORHANDSBEDOMNING, Step.AVSLUTAT),
            who=Who.ASKER,
            takes=(Takes.REPORTER_WITH_A_RIGHT, Takes.NO_REQUEST, Takes.EVERY_FIELD),
            ways=(Way(Step.ATERKOPPLING, starts=("aterkoppling_genast",), when=When.ENDED), Way()),
            tells=(Told(NoticeKind.FEEDBACK_REQUESTED, (Whom.CASEWORKER,), when=When.ENDED),),
        ),
        Row(
            Action.FEEDBACK_RELEASED,
            at=(Step.ATERKOPPLING,),
            who=Who.DECIDER,
            ways=(Way(Step.AVSLUTAT),),
            stops=("aterkoppling", "aterkoppling_genast"),
        ),
    ),
    never={**NO_APPLICATION, **NO_INVESTIGATION},
    again={Action.FEEDBACK_REQUESTED: "who asks after the decision is answered at once (SoL 19:6)"},
)
