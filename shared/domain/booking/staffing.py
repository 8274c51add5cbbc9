"""Who is there to hold a meeting: as the directory says today, whatever the file of meetings says."""

from collections.abc import Iterable, Mapping

from shared.domain import calendar
from shared.domain.booking.atoms import quarters
from shared.domain.booking.meeting_kinds import Offered
from shared.domain.ids import StaffId
from shared.domain.municipality import Staff
from shared.domain.principals import CASE_ROLES


def here(meeting: Offered, staff: Mapping[StaffId, Staff]) -> tuple[str, ...]:
    """Those of its staff members who are employed and see its meetings: of its unit, with a role that opens cases."""
    known = ((id, staff.get(StaffId(id))) for id in meeting.staff)
    return tuple(id for id, one in known if one and one.unit == meeting.unit and one.roles & CASE_ROLES)


def away(ids: Iterable[str], staff: Mapping[StaffId, Staff]) -> dict[str, range]:
    """The quarters of the days when each of them is away, of those who are."""
    found: dict[str, range] = {}
    for id in ids:
        absence = staff[StaffId(id)].away
        if absence is not None:
            start, end = calendar.start_of_day(absence.first_day), calendar.end_of_day(absence.last_day)
            found[id] = quarters(start, end)
    return found
