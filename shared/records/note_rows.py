"""Journal notes and what is counted of them, as they are stored: everything that is written lies sealed."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from shared.domain.ids import CaseId, ItemId, KeyId, StaffId
from shared.domain.notes import Addition, Care, Contacts, Note, NoteForm, NoteKind, Source, Weight
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

NOTES = "notes"
CONTACTS = "note_counts"


def note_row(note: Note) -> Row:
    """The note: clear are the case, who wrote and the instants; its words and its additions are parts of their own."""
    written = {**asdict(note.form), "care": sorted(note.form.care), "title": note.title}
    return Row(
        NOTES,
        note.id,
        note.rev,
        {"case": note.case, "by": note.by, "event_at": note.event_at, "signed_at": note.signed_at},
        note.key,
        {"note": written, "added": [asdict(one) for one in note.additions]},
    )


def note_key(document: Document) -> KeyId:
    """The key that seals the document's parts."""
    return KeyId(str(document.fields["key"]))


def read_note(document: Document, sealing: Sealing) -> Note:
    """The whole note; its key is best loaded before."""
    fields: Any = document.fields
    key = note_key(document)
    opened = sealing.open(document, key, ("note", "added"))
    return Note(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=key,
        by=StaffId(fields["by"]),
        title=opened["note"]["title"],
        event_at=fields["event_at"],
        signed_at=fields["signed_at"],
        form=note_form(opened["note"]),
        additions=tuple(_addition(one) for one in opened["added"]),
    )


def note_form(stated: Any) -> NoteForm:
    """The form from plain values, as JSON or a browser gives them."""
    return NoteForm(
        kind=NoteKind(stated["kind"]) if stated.get("kind") else None,
        happened=stated.get("happened") or "",
        with_whom=tuple(stated.get("with_whom") or ()),
        source=Source(stated["source"]) if stated.get("source") else None,
        weight=Weight(stated["weight"]) if stated.get("weight") else None,
        text=stated.get("text") or "",
        participants=stated.get("participants") or "",
        care=frozenset(map(Care, stated.get("care") or ())),
    )


def _addition(kept: Any) -> Addition:
    return Addition(StaffId(kept["by"]), kept["title"], datetime.fromisoformat(kept["at"]), kept["text"])


def contacts_row(contacts: Contacts) -> Row:
    """The counts of one case."""
    counts = {kind.value: count for kind, count in contacts.counts.items()}
    return Row(CONTACTS, contacts.case, contacts.rev, {}, contacts.key, {"counts": counts})


def read_contacts(document: Document, sealing: Sealing) -> Contacts:
    """The counts of one case."""
    key = note_key(document)
    counts = sealing.open(document, key, ("counts",))["counts"]
    return Contacts(CaseId(document.id), document.rev, key, {NoteKind(kind): count for kind, count in counts.items()})
