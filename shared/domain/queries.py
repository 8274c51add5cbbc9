"""Every query the product may ask, declared once: indexes are made from this table and other queries are refused.

The unit stands first in every composite index, so that writes never pile up at one end of it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """One query shape: equality fields, then one ordered field; ties fall back to the document id."""

    name: str
    collection: str
    equal: tuple[str, ...]
    order: str
    descending: bool = False
    page: int = 25


SHAPES: dict[str, Shape] = {}


def _declare(shape: Shape) -> Shape:
    if shape.name in SHAPES:
        raise ValueError(shape.name)
    SHAPES[shape.name] = shape
    return shape


QUEUE_BY_ASSIGNED = _declare(Shape("queue_by_assigned", "cases", ("unit", "open", "assigned"), "due"))
QUEUE_OF_ASSIGNEE = _declare(Shape("queue_of_assignee", "cases", ("unit", "open", "assignee"), "due"))
QUEUE_BY_KIND_ASSIGNED = _declare(Shape("queue_by_kind_assigned", "cases", ("unit", "open", "kind", "assigned"), "due"))
CASES_OPEN_IN_UNIT = _declare(Shape("cases_open_in_unit", "cases", ("unit", "open"), "due"))
CASES_OF_AKT = _declare(Shape("cases_of_akt", "cases", ("akt",), "opened_at", descending=True))
INVESTIGATIONS_OF_AKT = _declare(
    Shape("investigations_of_akt", "cases", ("akt", "kind", "open"), "opened_at", descending=True)
)
CASES_TAKEN_OVER = _declare(Shape("cases_taken_over", "cases", ("continues_in",), "opened_at"))
REPORTS_OF_REPORTER = _declare(Shape("reports_of_reporter", "reports", ("reporter",), "received_at", descending=True))
REPORTS_RECEIVED = _declare(Shape("reports_received", "reports", (), "received_at", page=100))
APPLICATIONS_OF_PERSON = _declare(
    Shape("applications_of_person", "applications", ("applicant",), "received_at", descending=True)
)
MATTERS_OF_PERSON = _declare(
    Shape("matters_of_person", "cases", ("applicant", "turn"), "opened_at", descending=True, page=8)
)
APPEALS_OF_CASE = _declare(Shape("appeals_of_case", "appeals", ("case",), "received_at"))
RULINGS_OF_CASE = _declare(Shape("rulings_of_case", "appeal_rulings", ("case",), "at", page=50))
CASE_TIMELINE = _declare(Shape("case_timeline", "audit", ("case",), "number", descending=True, page=20))
CASE_DISCLOSURES = _declare(Shape("case_disclosures", "disclosures", ("case",), "at", descending=True))
DRAFTS_OF_OWNER = _declare(Shape("drafts_of_owner", "drafts", ("owner",), "saved_at", descending=True))
DRAFTS_EXPIRED = _declare(Shape("drafts_expired", "drafts", ("kind",), "expires_at"))
ATTACHMENTS_OF = _declare(Shape("attachments_of", "attachments", ("holder",), "at", page=100))
ATTACHMENTS_TO_SCAN = _declare(Shape("attachments_to_scan", "attachments", ("state",), "look_at", page=10))
UPLOADS_OF_DRAFT = _declare(Shape("uploads_of_draft", "uploads", ("draft",), "expires_at", page=100))
UPLOADS_EXPIRED = _declare(Shape("uploads_expired", "uploads", (), "expires_at"))
SUBMISSIONS_EXPIRED = _declare(Shape("submissions_expired", "idempotency", (), "expires_at", page=100))
DATA_KEYS_MADE = _declare(Shape("data_keys_made", "data_keys", (), "made_at", page=100))
SESSIONS_OF_PERSON = _declare(Shape("sessions_of_person", "sessions", ("person",), "created_at", descending=True))
SESSIONS_EXPIRED = _declare(Shape("sessions_expired", "sessions", ("kind",), "expires_at"))
DEADLINES_TO_SWEEP = _declare(Shape("deadlines_to_sweep", "deadlines", ("open",), "sweep_at", page=100))
DEADLINES_OF_CASE = _declare(Shape("deadlines_of_case", "deadlines", ("case",), "due"))
NOTICES_OF_STAFF = _declare(Shape("notices_of_staff", "notices", ("staff",), "at", descending=True))
NOTICES_OF_ROLE = _declare(Shape("notices_of_role", "notices", ("unit", "role"), "at", descending=True))
MESSAGES_TO_SEND = _declare(Shape("messages_to_send", "messages", ("open",), "next_try"))
MESSAGES_WAITING = _declare(Shape("messages_waiting", "messages", ("open",), "not_before"))
MESSAGES_SENT_TO = _declare(Shape("messages_sent_to", "messages", ("to", "template"), "sent_at", descending=True))
MESSAGES_OPEN_TO = _declare(Shape("messages_open_to", "messages", ("to", "template", "open"), "at"))
MESSAGES_SETTLED = _declare(Shape("messages_settled", "messages", ("troubled", "open"), "not_before", page=100))
MESSAGES_TROUBLED_BY_URGENCY = _declare(
    Shape("messages_troubled_by_urgency", "messages", ("unit", "troubled", "urgent"), "at", descending=True)
)
MESSAGES_TROUBLED = _declare(Shape("messages_troubled", "messages", ("unit", "troubled"), "at", descending=True))
LETTERS_OF_CASE = _declare(Shape("letters_of_case", "letters", ("case",), "sent_at", descending=True))
LETTERS_OF_PERSON = _declare(Shape("letters_of_person", "letters", ("inbox", "unread"), "sent_at", descending=True))
NOTES_OF_CASE = _declare(Shape("notes_of_case", "notes", ("case",), "event_at", descending=True, page=20))
RELEASED_OF_CASE = _declare(Shape("released_of_case", "reviews", ("open_to", "case"), "event_at", page=1))
RELEASED_OF_AKT = _declare(Shape("released_of_akt", "reviews", ("open_to",), "event_at", descending=True, page=10))
OBJECTIONS_OF_NOTE = _declare(Shape("objections_of_note", "objections", ("note",), "at", descending=True, page=10))
OBJECTIONS_OF_CASE = _declare(Shape("objections_of_case", "objections", ("case",), "at", descending=True, page=20))
ANSWERS_IN_CASE = _declare(
    Shape("answers_in_case", "objections", ("case", "open"), "answered_at", descending=True, page=20)
)
OBJECTIONS_OF_PERSON = _declare(Shape("objections_of_person", "objections", ("person",), "at", descending=True))
ANSWERS_TO_PERSON = _declare(
    Shape("answers_to_person", "objections", ("person", "open"), "answered_at", descending=True)
)
OBJECTIONS_OPEN = _declare(Shape("objections_open", "objections", ("case", "open"), "due", page=10))
SUPPLEMENTS_OF_CASE = _declare(
    Shape("supplements_of_case", "supplements", ("case",), "asked_at", descending=True, page=10)
)
SUPPLIES_OF = _declare(Shape("supplies_of", "supplies", ("supplement",), "at", descending=True, page=50))
LETTERS_IN_INBOX = _declare(Shape("letters_in_inbox", "letters", ("inbox",), "sent_at", descending=True))
LETTERS_WITH_DECISION = _declare(
    Shape("letters_with_decision", "letters", ("inbox", "decision"), "sent_at", descending=True, page=1)
)
LETTERS_TO_POST = _declare(Shape("letters_to_post", "letters", ("unit", "to_post"), "sent_at"))
EVENTS_SINCE = _declare(Shape("events_since", "events", ("kind",), "at"))
DIRECTORY_SINCE = _declare(Shape("directory_since", "directory", (), "number", page=100))
DIRECTORY_CHANGES = _declare(Shape("directory_changes", "directory_audit", (), "number", descending=True, page=25))
DECISIONS_MADE = _declare(Shape("decisions_made", "decisions", (), "decided_at", page=100))
DECISIONS_OF_CASE = _declare(Shape("decisions_of_case", "decisions", ("case",), "decided_at", descending=True))
ORIGINALS_OF_CASE = _declare(Shape("originals_of_case", "originals", ("case",), "sealed_at", descending=True))
ORIGINALS_BY_FILE = _declare(Shape("originals_by_file", "originals", ("sha256",), "sealed_at", page=1))
ORIGINALS_BY_COVERED = _declare(Shape("originals_by_covered", "originals", ("covered",), "sealed_at", page=1))
ORIGINALS_BY_CODE = _declare(Shape("originals_by_code", "originals", ("code",), "sealed_at", page=1))
SEAL_CERTIFICATES = _declare(Shape("seal_certificates", "seal_certificates", (), "used_from", page=100))
BOOKINGS_OF_PERSON = _declare(Shape("bookings_of_person", "bookings", ("person", "state"), "start"))
MEETINGS_OF_PERSON = _declare(
    Shape("meetings_of_person", "bookings", ("person", "state"), "start", descending=True, page=10)
)
MEETINGS_OF_PERSON_IN_UNIT = _declare(
    Shape("meetings_of_person_in_unit", "bookings", ("unit", "person", "state"), "start", descending=True, page=20)
)
BOOKINGS_OF_STAFF = _declare(Shape("bookings_of_staff", "bookings", ("unit", "staff", "state"), "start", page=100))
BOOKINGS_OF_UNIT = _declare(Shape("bookings_of_unit", "bookings", ("unit", "state"), "start", page=100))
BOOKINGS_NOT_KEPT = _declare(Shape("bookings_not_kept", "bookings", ("state",), "held_until", page=100))
BOOKING_TRAIL = _declare(Shape("booking_trail", "booking_audit", ("booking",), "number", page=100))
INVITATIONS_OF_CASE = _declare(Shape("invitations_of_case", "invitations", ("case",), "made_at", descending=True))
INVITATIONS_BY_CODE = _declare(Shape("invitations_by_code", "invitations", ("code",), "made_at", page=1))
SAFE_CHANNELS_LAPSED = _declare(Shape("safe_channels_lapsed", "safe_channels", ("standing",), "lapses_at", page=100))
SAFE_CHANNEL_TRAIL = _declare(Shape("safe_channel_trail", "safe_channel_audit", ("channel",), "number", page=100))
