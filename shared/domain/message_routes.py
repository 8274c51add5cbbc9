"""Which notices leave the house, by which way and to whom: one small table.

Who is told of which deadline, and from which hour the duty is told at once, is law and stands dated in
`deadline_law`; the ways out are the product's own choice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from shared.domain import calendar, deadlines
from shared.domain.ids import NoticeId, StaffId
from shared.domain.messages import (
    DUTY_PHONE,
    Channel,
    Message,
    Recipient,
    RecipientKind,
    Template,
    message_id,
    staff_recipient,
)
from shared.domain.municipality import Municipality
from shared.domain.notices import Notice, NoticeKind
from shared.domain.principals import Role
from shared.domain.substitutes import told_for

_GATHERING: Final = timedelta(minutes=1)
ACUTE_CLOCK: Final = "skyddsbedomning"
"""What an acute report waits for: once that is made, nobody need be woken (SoL 20:1)."""


@dataclass(frozen=True, slots=True)
class Way:
    """How notices of one kind leave. An empty `warning` or no `role` fits any; the first row that fits holds.

    `channel` is preferred; another one that the recipient has is taken when that one is missing. It is given up at
    the end of the local day, `days` days after the one on which it may leave. One that `gathers` waits a minute for
    others of the same morning, so that they leave as one.
    """

    kind: NoticeKind
    warning: str
    role: Role | None
    channel: Channel
    template: Template
    days: int = 1
    urgent: bool = False
    assigned_ends_it: bool = False
    gathers: bool = False


WAYS: Final = (
    Way(NoticeKind.ACUTE_REPORT, "", Role.DUTY, Channel.SMS, Template.PAGE, urgent=True),
    Way(NoticeKind.DEADLINE, deadlines.ACUTE, Role.DUTY, Channel.SMS, Template.PAGE, urgent=True),
    Way(
        NoticeKind.DEADLINE,
        deadlines.UNASSIGNED,
        None,
        Channel.EMAIL,
        Template.LOOK,
        assigned_ends_it=True,
        gathers=True,
    ),
    # The next morning says the same again.
    Way(NoticeKind.DEADLINE, deadlines.OVERDUE, None, Channel.EMAIL, Template.LOOK, days=0, gathers=True),
    Way(NoticeKind.DEADLINE, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.PAGE_FAILED, "", None, Channel.EMAIL, Template.LOOK),
    Way(NoticeKind.CASE_ASSIGNED, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.REPORT_ATTACHED, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.FEEDBACK_REQUESTED, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.CASE_GIVEN_BACK, "", None, Channel.EMAIL, Template.LOOK, assigned_ends_it=True, gathers=True),
    Way(NoticeKind.NOTE_OBJECTED_TO, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.FILE_ADDED_TO, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.SUPPLEMENT_SENT, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.APPEAL_RECEIVED, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.APPEAL_ADDED_TO, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.APPEAL_WITHDRAWN, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.FILE_STOPPED, "", None, Channel.EMAIL, Template.LOOK, gathers=True),
    Way(NoticeKind.ACUTE_REPORT, "", None, Channel.EMAIL, Template.LOOK),
    Way(NoticeKind.URGENT_APPLICATION, "", None, Channel.EMAIL, Template.LOOK, assigned_ends_it=True),
)


def leaving(notices: Sequence[Notice], directory: Municipality, now: datetime) -> tuple[Message, ...]:
    """The messages that tell of these notices, written together: each recipient gets one, the most urgent.

    Ids are the same every time. Nobody to tell gives none: the notice itself is still shown in the product.
    """
    found: dict[Recipient, Message] = {}
    for notice in sorted(notices, key=lambda one: not one.acute):
        way = _way(notice)
        for recipient in _recipients(notice, way, directory, now):
            found.setdefault(recipient, _message(notice, way, recipient, directory, now))
    return tuple(found.values())


def unreached(message: Message, now: datetime) -> Notice | None:
    """What the lead is told when a page to the duty did not arrive, or may not have, once for each time; else None.

    The id is the same for the same time, so that it is told once however often the message is written.
    """
    if not message.urgent or not (message.troubled or message.doubted):
        return None
    event = "doubted" if message.doubted else "unreached"
    return Notice(
        id=NoticeId(message_id(message.recipient, f"{event}|{message.id}|{message.entries}")),
        rev=0,
        unit=message.unit,
        at=now,
        kind=NoticeKind.PAGE_FAILED,
        case=message.case,
        role=Role.TEAM_LEAD,
        deadline=message.clock,
        acute=True,
    )


def _way(notice: Notice) -> Way:
    return next(
        way
        for way in WAYS
        if way.kind is notice.kind and way.warning in {"", notice.warning} and way.role in {None, notice.role}
    )


def _recipients(notice: Notice, way: Way, directory: Municipality, now: datetime) -> Iterator[Recipient]:
    if way.urgent:
        yield DUTY_PHONE
    elif notice.staff is not None:
        yield staff_recipient(notice.staff)
    else:
        yield from map(staff_recipient, _holders(notice, directory, calendar.local_date(now)))


def _holders(notice: Notice, directory: Municipality, today: date) -> list[StaffId]:
    """Those in the unit who hold the notice's role, each by who reads for them today; all when none is at work."""
    holders = [one.id for one in directory.colleagues(notice.unit) if notice.role in one.roles]
    at_work = (told_for(one, directory.staff, today) for one in holders)
    return list(dict.fromkeys(one for one in at_work if one is not None)) or holders


def _message(notice: Notice, way: Way, recipient: Recipient, directory: Municipality, now: datetime) -> Message:
    at = now if way.urgent else directory.quiet.over(now + (_GATHERING if way.gathers else timedelta(0)))
    return Message(
        id=message_id(recipient, _event(notice, recipient)),
        recipient=recipient,
        channel=way.channel,
        template=way.template,
        unit=notice.unit,
        case=notice.case,
        at=now,
        not_before=at,
        next_try=at,
        gives_up_at=calendar.end_of_day(calendar.add_days(calendar.local_date(at), way.days)),
        clock=ACUTE_CLOCK if notice.kind is NoticeKind.ACUTE_REPORT else notice.deadline,
        assigned_ends_it=way.assigned_ends_it,
        urgent=way.urgent,
    )


def _event(notice: Notice, recipient: Recipient) -> str:
    # An acute report that comes in the evening tells the duty twice in the product, and pages it once.
    return f"page|{notice.case}" if recipient.kind is RecipientKind.DUTY_PHONE else f"notice|{notice.id}"
