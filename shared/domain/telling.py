"""Who is told of an act: the notices that its row brings."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from shared.domain.cases import Case
from shared.domain.flow import Told
from shared.domain.ids import NoticeId, StaffId
from shared.domain.notices import Notice
from shared.domain.principals import Role


def notices(case: Case, told: Told, *, by: StaffId | None, now: datetime, fresh: Callable[[], str]) -> Iterator[Notice]:
    """One for each who hears of it in the case as it is afterwards; nobody is told of what they did themselves."""
    for one in told.whom:
        role = one if isinstance(one, Role) else None if case.assignee else Role.TEAM_LEAD
        staff = None if role else case.assignee
        if role or staff != by:
            new = Notice(NoticeId(fresh()), 0, case.unit, now, told.kind, case.id)
            yield replace(new, staff=staff, role=role, acute=told.acute, of=case.kind)
