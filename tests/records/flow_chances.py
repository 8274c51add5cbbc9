"""What may be done and reported in a story of the flow, and how likely each thing is."""

from typing import Final

from hypothesis import strategies as st

from shared.domain.assessments import Answer, Need
from shared.domain.assistance_decisions import AssistanceOutcome
from shared.domain.decisions import Outcome
from shared.domain.investigation_decisions import InvestigationOutcome
from tests.records.flow_people import PEOPLE, WORKING, Deed, Told

DEEDS: Final = st.builds(
    Deed,
    act=st.sampled_from(
        [
            "take",
            "assign",
            *2 * ["assess", "decide", "release"],
            "letter",
            "request",
            *2 * ["review", "determine", "conclude"],
            "ask",
            "close",
            "write_off",
            *["in_time", "dismiss", "lift", "keep", "change", "hand_over"],
        ]
    ),
    by=st.sampled_from([*3 * WORKING, *PEOPLE]),
    to=st.sampled_from(["anna", "samir", "maria", "stranger", "clerk"]),
    need=st.sampled_from(list(Need)),
    whole=st.sampled_from([True, True, True, False]),
    outcome=st.sampled_from([*Outcome, *Outcome, None]),
    reason=st.booleans(),
    withhold=st.booleans(),
    determined=st.sampled_from(AssistanceOutcome),
    investigated=st.sampled_from([InvestigationOutcome.EXTENDED, InvestigationOutcome.EXTENDED, *InvestigationOutcome]),
    ahead=st.sampled_from([0, 3, 5, 9, 12, 13]),
    ago=st.sampled_from([30, 30, 60, 0]),
)
REPORTS: Final = st.builds(
    Told,
    child=st.sampled_from([0, 0, 0, 1, 2]),
    acute=st.booleans(),
    violence=st.sampled_from(list(Answer)),
    feedback=st.sampled_from([False, True, False]),
    listed=st.sampled_from([True, True, True, False]),
)
THREE: Final = st.tuples(DEEDS, DEEDS, DEEDS)
ANY: Final = st.integers(0, 9)
ASKERS: Final = ["reporter", "reporter", "caseworker", "maria", "samir", "elsa"]
"""Who asks for feedback afterwards: the report's own reporter, the case's own caseworker, or just anybody."""
DEEDS_BEFORE: Final = st.sampled_from([0, 1, 4, 4]).flatmap(lambda most: st.lists(DEEDS, min_size=most, max_size=most))
"""How far the right people take the case before that."""
