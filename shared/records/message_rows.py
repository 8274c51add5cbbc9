"""Messages as they are stored: ids, states and instants alone, no address and no words."""

from typing import Any

from shared.domain.ids import CaseId, MessageId, UnitId
from shared.domain.messages import Channel, Message, Reason, Recipient, RecipientKind, State, Template
from shared.ports.store import Document
from shared.records.rows import Row


def message_row(message: Message) -> Row:
    """The message: everything clear, nothing about a person but the id of an employee."""
    return Row(
        "messages",
        message.id,
        message.rev,
        {
            "to_kind": message.recipient.kind.value,
            "to": message.recipient.id,
            "channel": message.channel.value,
            "template": message.template.value,
            "unit": message.unit,
            "case": message.case,
            "at": message.at,
            "not_before": message.not_before,
            "next_try": message.next_try,
            "gives_up_at": message.gives_up_at,
            "clock": message.clock,
            "assigned_ends_it": message.assigned_ends_it,
            "urgent": message.urgent,
            "open": message.open,
            "troubled": message.troubled,
            "state": message.state.value,
            "reason": message.reason.value,
            "tries": message.tries,
            "unsure": message.unsure,
            "sent_at": message.sent_at,
            "handled": message.handled,
            "entries": message.entries,
            "head": message.head,
        },
    )


def read_message(document: Document) -> Message:
    """The message from its document."""
    fields: Any = document.fields
    return Message(
        id=MessageId(document.id),
        rev=document.rev,
        recipient=Recipient(RecipientKind(fields["to_kind"]), fields["to"]),
        channel=Channel(fields["channel"]),
        template=Template(fields["template"]),
        unit=UnitId(fields["unit"]),
        case=CaseId(fields["case"]),
        at=fields["at"],
        not_before=fields["not_before"],
        next_try=fields["next_try"],
        gives_up_at=fields["gives_up_at"],
        clock=fields["clock"],
        assigned_ends_it=fields["assigned_ends_it"],
        urgent=fields["urgent"],
        state=State(fields["state"]),
        reason=Reason(fields["reason"]),
        tries=fields["tries"],
        unsure=fields["unsure"],
        sent_at=fields["sent_at"],
        handled=fields["handled"],
        entries=fields["entries"],
        head=fields["head"],
    )
