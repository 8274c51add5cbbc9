"""Which reporters may have feedback: those whom SoL 19:1-19:3 oblige to report (SoL 19:6)."""

from typing import Final

MANDATED: Final = frozenset(
    {
        "school_preschool", "health_dental", "social_services", "lss", "police", "private_professional",
        "family_counselling", "child_ombudsman", "mediator", "security_guard", "employment", "economic_crime",
        "social_insurance", "prison_probation", "enforcement", "coast_guard", "county_board", "migration",
        "forensic_psychiatry", "tax", "security_police", "customs", "prosecutor", "other_authority_children",
    }
)  # fmt: skip
"""Where they work, by the code that the professional's report asks for; a private person is none of them (19:4)."""


def may_have_feedback(source: str) -> bool:
    """Whether a report from this source gives a right to feedback on request; who has not said where gets none."""
    return source in MANDATED
