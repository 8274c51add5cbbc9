"""A file of a case that the scanner stops after it was received: the case's staff and its sender are told."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from shared.domain.appeal_items import Appeal
from shared.domain.applications import Application
from shared.domain.attachments import Attachment
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.ids import NoticeId
from shared.domain.notices import Notice, NoticeKind
from shared.domain.principals import SYSTEM, Role
from shared.domain.reports import Report


def stop(
    case: Case, file: Attachment, sent: Report | Application | Appeal | None, *, now: datetime, fresh: Callable[[], str]
) -> Change:
    """The refused file of the case; whoever has the case is told, or the lead while nobody has it.

    What it came with, `sent`, says to its sender that a file was stopped. It happens to a file and not to its case: it
    takes no step, also when the case has ended.
    """
    role = None if case.assignee else Role.TEAM_LEAD
    told = Notice(
        NoticeId(fresh()), 0, case.unit, now, NoticeKind.FILE_STOPPED, case.id,
        staff=case.assignee, role=role, of=case.kind,
    )  # fmt: skip
    said = () if sent is None else (replace(sent, stopped_files=sent.stopped_files + 1),)
    return Change(Action.FILE_STOPPED, SYSTEM, now, (case,), (file, told, *said))
