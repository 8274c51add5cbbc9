"""What the figures are held against, and whether they hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

Figures: TypeAlias = Mapping[str, Mapping[str, Any]]
"""Job → figure → value."""


@dataclass(frozen=True, slots=True)
class Goal:
    """At most `most` for one figure of one job; `exact` ones are the same on every machine, so missing them is a fault.

    `aside` is a second figure of the job that the measured value may contain for free (a page of the timeline).
    """

    name: str
    job: str
    figure: str
    most: float
    exact: bool = False
    aside: str = ""

    def measured(self, figures: Figures) -> float | None:
        """The value, or None when its job was left out."""
        found = figures.get(self.job, {})
        value = found.get(self.figure)
        return None if value is None else value - (found[self.aside] if self.aside else 0)


GOALS: Final = (
    Goal("report: writes for a child not known before", "report", "writes", 12, exact=True),
    Goal("report: reads", "report", "reads", 4, exact=True),
    Goal("report: CPU beside the floor's submit", "report", "cpu_ratio_to_floor", 4),
    Goal("report: p95 beside the floor's, 2 clients", "report", "p95_ratio_to_floor", 4),
    Goal("report_page: writes per answered page", "report_page", "writes", 2, exact=True),
    Goal("report_page: reads per answered page", "report_page", "reads", 4, exact=True),
    Goal("application: writes", "application", "writes", 25, exact=True),
    Goal("application: reads", "application", "reads", 12, exact=True),
    Goal("application_page: writes per answered page", "application_page", "writes", 2, exact=True),
    Goal("application_page: reads per answered page", "application_page", "reads", 4, exact=True),
    Goal("application_whole: CPU beside the floor's ten requests", "application_whole", "cpu_ratio_to_floor", 4),
    Goal("application_whole: p95 beside the floor's, 2 clients", "application_whole", "p95_ratio_to_floor", 4),
    Goal("decision: writes", "decision", "writes", 12, exact=True),
    Goal("queue_page: reads", "queue_page", "reads", 32, exact=True),
    Goal("queue_page: calls for keys, the session's included", "queue_page", "key_rpcs", 2, exact=True),
    Goal("queue_page: time at 1,000,000 beside 1,000", "queue_page_1000000", "p50_ratio_to_shortest", 1.25),
    Goal("case_page: reads besides the timeline", "case_page", "reads", 12, exact=True, aside="timeline_reads"),
    Goal("case_page: timeline entries read", "case_page", "timeline_reads", 20, exact=True),
    Goal("case_page: writes", "case_page", "writes", 1, exact=True),
    Goal("journal_page: reads", "journal_page", "reads", 24, exact=True),
    Goal("journal_page: writes", "journal_page", "writes", 1, exact=True),
    Goal("journal_page: time at 100,000 beside 10", "journal_page_100000", "p50_ratio_to_shortest", 1.25),
    Goal("my_matters: reads", "my_matters", "reads", 30, exact=True),
    Goal("my_matters: writes, one for each matter shown", "my_matters", "writes", 8, exact=True),
    Goal("form_check: CPU ms for 150 questions and 100 conditions", "form_check", "cpu_ms", 5),
    Goal("original: seconds to set, seal and keep one, warm", "original", "warm_s", 2),
    Goal("slot_race: rounds without exactly one winner, 200 clients", "slot_race", "winners_not_one", 0, exact=True),
    Goal("slot_race: the same in the cloud, 16 clients", "slot_race_cloud", "winners_not_one", 0, exact=True),
    Goal("free_times: p95 in ms, 20 people, 4 weeks, 5,000 bookings", "free_times", "p95_ms", 50),
    Goal("free_times: reads", "free_times", "reads", 30, exact=True),
    Goal("slot_booking: writes beside one for each quarter and resource", "slot_booking", "writes", 8, exact=True),
    Goal("cold start: CPU beside a bare function", "start_up", "cpu_ratio_to_hello", 1.8),
    Goal("cold start: unwanted modules", "start_up", "unwanted_modules", 0, exact=True),
    Goal("host: memory in MB after its work", "start_up", "host_memory_mb", 150),
    Goal("first page: KB", "first_page", "kb", 30),
    Goal("first page: requests", "first_page", "requests", 5, exact=True),
    Goal("question at 400 kbit/s and 400 ms, CPU slowed 6 times: seconds to read", "first_paint", "cold_s", 2.5),
    Goal("question on a bad line: layout shift", "first_paint", "shift", 0.02),
    Goal("cloud: cold start, CPU beside bare libraries and one read", "cloud_start", "cpu_ratio_to_floor", 1.15),
    Goal("cloud: round trips to send a report", "cloud_trips", "report", 4, exact=True),
    Goal("cloud: round trips for an answered page of a report", "cloud_trips", "report_page", 3, exact=True),
    Goal("cloud: round trips to sign a decision", "cloud_trips", "decision", 4, exact=True),
    Goal("cloud: round trips for the queue", "cloud_trips", "queue_page", 3, exact=True),
    Goal("cloud: round trips for a case", "cloud_trips", "case_page", 3, exact=True),
    Goal("cloud: updates lost by 16 writers of one case", "cloud_writers", "lost", 0, exact=True),
    Goal("cloud: answers to them that were not true", "cloud_writers", "wrong", 0, exact=True),
    Goal("cloud: seconds until all 16 knew", "cloud_writers", "seconds", 10),
    Goal("photograph of 12 megapixels, HEIC: seconds", "photograph", "seconds", 3),
    Goal("photograph of 12 megapixels, HEIC: memory in MB", "photograph", "memory_mb", 400),
    Goal("next page: KB", "first_page", "next_page_kb", 5),
)


def judged(figures: Figures) -> dict[str, dict[str, Any]]:
    """Each goal that was measured: {goal, measured, met, exact} by name."""
    values = {goal: goal.measured(figures) for goal in GOALS}
    return {
        goal.name: {"goal": goal.most, "measured": value, "met": value <= goal.most, "exact": goal.exact}
        for goal, value in values.items()
        if value is not None
    }
