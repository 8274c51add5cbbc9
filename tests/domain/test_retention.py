"""What is proposed for how long things are kept is dated, sourced, and erases nothing."""

from datetime import date

from shared.domain.deadline_law import Confidence
from shared.domain.retention import Retention, proposed


def test_booked_meetings_are_proposed_to_be_kept_five_years_and_it_says_how_sure_we_are() -> None:
    found = proposed(Retention.MEETINGS, date(2026, 11, 27))
    assert found is not None
    assert (found.years, found.confidence) == (5, Confidence.UNCERTAIN)
    assert "SoL 16:1" in found.source


def test_nothing_is_proposed_before_the_law_or_for_a_class_whose_length_the_law_gives() -> None:
    assert proposed(Retention.MEETINGS, date(2025, 6, 30)) is None
    assert proposed(Retention.CHILD_30, date(2026, 11, 27)) is None
