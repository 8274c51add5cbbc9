"""Safe channels as they are stored: whose, how far and until when clear; the address and what proves it sealed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, Final

from shared.domain.ids import KeyId, MessageId, PersonIndex
from shared.domain.messages import Channel
from shared.domain.safe_channels import SafeChange, SafeChannel, Standing
from shared.ports.store import Create, Document, Value, Write
from shared.records.rows import Row
from shared.records.sealing import SCHEMA, Sealing
from shared.records.trail import actor, entry_id, link

COLLECTION: Final = "safe_channels"
TRAIL: Final = "safe_channel_audit"
KEY_OWNER: Final = "safe_channel:"
"""What the owner of a channel's key begins with; the channel's id follows."""
_PARTS: Final = ("address", "proof")


def channel_writes(change: SafeChange, sealing: Sealing) -> list[Write]:
    """The channel as it is afterwards, and the entry of the act in its own chain: one batch."""
    linked, entry = chained(change)
    return [channel_row(linked).write(sealing), entry]


def chained(change: SafeChange) -> tuple[SafeChannel, Create]:
    """The channel with its chain one link longer, and the entry itself."""
    number = change.after.entries + 1
    fields: dict[str, Value] = {
        "channel": change.after.id,
        "number": number,
        "previous": change.after.head,
        "action": change.action.value,
        "at": change.at,
        "schema": SCHEMA,
        **actor(change.by),
    }
    linked = replace(change.after, entries=number, head=link(fields))
    return linked, Create(TRAIL, entry_id(linked.id, number), fields)


def channel_row(channel: SafeChannel) -> Row:
    """The channel; one that was taken away has nothing sealed and no key."""
    clear: dict[str, Value] = {
        "person": channel.person,
        "channel": channel.channel.value,
        "standing": channel.standing.value,
        "lapses_at": channel.lapses_at,
        "code": channel.code,
        "code_at": channel.code_at,
        "tries": channel.tries,
        "day": channel.day.isoformat() if channel.day else "",
        "codes": channel.codes,
        "entries": channel.entries,
        "head": channel.head,
    }
    if channel.key is None:
        return Row(COLLECTION, channel.id, channel.rev, clear)
    sealed: Mapping[str, object] = {
        "address": {"address": channel.address, "language": channel.language},
        "proof": {"proof": channel.proof, "last_wrong": channel.last_wrong},
    }
    return Row(COLLECTION, channel.id, channel.rev, clear, channel.key, sealed)


def channel_key(document: Document) -> KeyId | None:
    """The key that seals the address; None where there is none."""
    key = document.fields.get("key")
    return None if key is None else KeyId(str(key))


def is_confirmed(document: Document) -> bool:
    """Whether the channel may be written to, without opening anything."""
    return document.fields["standing"] == Standing.CONFIRMED.value


def read_channel(document: Document, sealing: Sealing) -> SafeChannel:
    """The whole channel; its key is best loaded before."""
    kept, key = read_closed(document), channel_key(document)
    if key is None:
        return kept
    opened = sealing.open(document, key, _PARTS)
    address, proof = opened["address"], opened["proof"]
    return replace(
        kept,
        address=address["address"],
        language=address["language"],
        proof=proof["proof"],
        last_wrong=proof["last_wrong"],
    )


def read_closed(document: Document) -> SafeChannel:
    """The channel without its address and proof: enough to take it away."""
    fields: Any = document.fields
    return SafeChannel(
        person=PersonIndex(fields["person"]),
        channel=Channel(fields["channel"]),
        standing=Standing(fields["standing"]),
        key=channel_key(document),
        code=MessageId(fields["code"]) if fields["code"] else None,
        code_at=fields["code_at"],
        tries=fields["tries"],
        day=date.fromisoformat(fields["day"]) if fields["day"] else None,
        codes=fields["codes"],
        entries=fields["entries"],
        head=fields["head"],
        rev=document.rev,
    )
