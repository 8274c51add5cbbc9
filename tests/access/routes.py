"""Who gets what at every address of every function: the table that a new route must be entered in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Outcome(StrEnum):
    """How a person is met."""

    IN = "in"
    """Shown, done, or told what is missing."""
    LOGIN = "login"
    """Asked to log in; a post is kept or shown back."""
    REFUSED = "refused"
    """Not for people of this kind (403)."""
    UNKNOWN = "unknown"
    """As if it did not exist (404)."""


IN, LOGIN, REFUSED, UNKNOWN = Outcome.IN, Outcome.LOGIN, Outcome.REFUSED, Outcome.UNKNOWN
_STAFF: Final = ("caseworker", "colleague", "lead", "another unit", "no role", "administrator")

ANYBODY: Final[Mapping[str, Outcome]] = {
    "anonymous": IN, "resident": IN, "reporter": IN, "another reporter": IN,
    "caseworker": IN, "colleague": IN, "lead": IN, "another unit": IN, "no role": IN,
    "administrator": IN,
}  # fmt: skip
NOBODY: Final = dict.fromkeys(ANYBODY, REFUSED)
PRIVATE: Final = {
    **dict.fromkeys(ANYBODY, REFUSED), "anonymous": LOGIN, "resident": IN,
}  # fmt: skip
"""For private logins, of which there is one here; a login for work opens nobody's own letters."""
NOBODYS: Final = {**PRIVATE, "resident": UNKNOWN}
"""What belongs to a private person who is not among those who knock here."""
SECRET_HOLDERS: Final = dict.fromkeys(ANYBODY, UNKNOWN)
"""For machines that know the secret in the address."""
REPORTERS: Final = {**NOBODY, "anonymous": LOGIN, "reporter": IN, "another reporter": IN}
OWN: Final = {**REPORTERS, "another reporter": UNKNOWN}
"""What belongs to one reporter."""
PARTS: Final = {**OWN, "reporter": UNKNOWN}
"""Parts of an upload that nobody has announced."""
WORKERS: Final = {
    **dict.fromkeys(ANYBODY, UNKNOWN), "anonymous": LOGIN, **dict.fromkeys(_STAFF, IN), "no role": REFUSED,
    "administrator": REFUSED,
}  # fmt: skip
UNIT: Final = {**WORKERS, "another unit": UNKNOWN}
"""What belongs to the unit that has the case."""
DECIDERS: Final = {**UNIT, "colleague": REFUSED}
"""For the case's own caseworker and the lead."""
CASEWORKER: Final = {**DECIDERS, "lead": REFUSED}
LEADS: Final = {**WORKERS, "caseworker": REFUSED, "colleague": REFUSED, "another unit": REFUSED}
LEAD: Final = {**LEADS, "another unit": UNKNOWN}
"""For the lead of the unit that has the case."""
POSTERS: Final = WORKERS
"""For those of each unit who print and post its letters."""
TOLD: Final = {**LEAD, "caseworker": UNKNOWN, "colleague": UNKNOWN}
"""What the lead alone was told."""
HOLDER: Final = {**UNIT, "colleague": UNKNOWN}
"""For the staff member who holds the meeting, and the lead of its unit."""
ADMINISTRATORS: Final = {
    **dict.fromkeys(ANYBODY, UNKNOWN), "anonymous": LOGIN, **dict.fromkeys(_STAFF, REFUSED), "administrator": IN
}  # fmt: skip
"""Those who look after the directory; and they open nothing else that is for staff."""


@dataclass(frozen=True, slots=True)
class Route:
    """One method of one rule. `values` fill its placeholders, `case` names the step the case has come to."""

    method: str
    rule: str
    who: Mapping[str, Outcome]
    form: Mapping[str, str] = field(default_factory=dict)
    case: str = "taken"

    def path(self, known: Mapping[str, str]) -> str:
        """The address with its placeholders filled."""
        path = self.rule
        for name, value in {**known, **_ELSE}.items():
            path = path.replace(f"<{name}>", value)
        return path


_ELSE: Final = {
    "service": "radgivning",
    "form": "phone",
    "upload": "0" * 32,
    "int:number": "0",
    "secret": "0" * 64,
    "name": "main.css",
    "broker": "test-eid",
    "kind": "report_invitation",
    "way": "epost",
}
_PERSON, _UNITS, _ORGANISATIONS = "/forvaltning/person", "/forvaltning/enheter", "/forvaltning/organisationer"
_DRAFT, _RECEIPT, _CASE = "/anmal/utkast/<id>", "/anmal/kvitto/<id>", "/arbete/arende/<id>"
_JOURNAL: Final = f"{_CASE}/journal"
_MEETING: Final = "/boka/tid/<id>"
_REACH: Final = "/sa-nar-vi-dig"
_MEETINGS: Final = "/arbete/moten"
_BLOCK: Final = {
    "first-day": "12", "first-month": "12", "first-year": "2026", "last-day": "12", "last-month": "12",
    "last-year": "2026", "begins": "9", "ends": "10.30",
}  # fmt: skip
_QUESTIONS: Final[Mapping[str, Mapping[str, str]]] = {
    "/tolk": {"interpreter": "no"},
    "/behov": {"phone": "031-390 06 30", "prepare": "Hej"},
    "/kontrollera": {},
    "/flytta": {"start": "2026-12-01T09:00:00+00:00"},
    "/avboka": {"reason": ""},
}
PROTECTION: Final = {
    "seen": "1", "sources_checked": "report", "need": "no", "reasons": "Barnet är tryggt.",
    "safe_tonight": "yes", "guardians_may_be_contacted": "yes",
}  # fmt: skip
DECISION: Final = {
    "seen": "1", "child_heard": "yes", "child_view": "Jag vill bo kvar.", "best_interests": "Stödet får fortsätta.",
    "outcome": "inleda", "motivation": "Familjen behöver mer stöd.",
}  # fmt: skip
LETTER: Final = {
    "seen": "3", "recipients": "other", "other_name": "Tolvan Exempel", "other_number": "191212121212", "how": "inbox",
    "child_name": "Nova", "purpose_support": "Vi vill höra hur du ser på saken.", "meeting_date-day": "12",
    "meeting_date-month": "11", "meeting_date-year": "2026", "meeting_time": "13.00", "place": "Rum 12",
    "form_choice": "visit", "reporter_attends": "no", "contact_phone": "031-390 06 01",
}  # fmt: skip
ASKED: Final = {"asked_on-day": "2", "asked_on-month": "11", "asked_on-year": "2026", "how": "phone"}
NOTE: Final = {
    "seen": "1", "kind": "call", "happened-day": "1", "happened-month": "11", "happened-year": "2026",
    "with_whom": "child", "text": "Nova vill ha frukost.", "source": "told", "weight": "fact",
}  # fmt: skip
UNIT_ID: Final = "mottagningen"
NEW_PERSON: Final = {"id": "ny.exempel", "name": "Ny Exempel", "title": "x", "unit": UNIT_ID, "seen": "0"}

ROUTES: Final = (
    Route("GET", "/", ANYBODY),
    Route("GET", "/dina-uppgifter", ANYBODY),
    Route("GET", "/tillganglighet", ANYBODY),
    Route("GET", "/hjalp", ANYBODY),
    Route("GET", "/verifiera", ANYBODY),
    Route("POST", "/verifiera", ANYBODY, {"nummer": "OA-4T7-X9K", "kod": "K7TM-2XQA-9R4W", "med": "kod"}),
    Route("GET", "/favicon.ico", ANYBODY),
    Route("GET", "/robots.txt", ANYBODY),
    Route("GET", "/static/<name>", ANYBODY),
    Route("GET", "/theme", ANYBODY),
    Route("GET", "/halsa/lever", ANYBODY),
    Route("GET", "/halsa/redo", ANYBODY),
    Route("POST", "/aterkoppling/<secret>", SECRET_HOLDERS, {"status": "delivered"}),
    Route("GET", "/lamna", ANYBODY),
    Route("POST", "/lamna", ANYBODY),
    Route("GET", "/logga-in", ANYBODY),
    Route("POST", "/logga-in/start", ANYBODY, {"broker": "test-eid", "next": "/"}),
    Route("GET", "/logga-in/retur/<broker>", ANYBODY),
    Route("GET", "/logga-in/ut", ANYBODY),
    Route("POST", "/logga-in/ut", ANYBODY),
    Route("GET", "/anmal", ANYBODY),
    Route("GET", "/anmal/fara", ANYBODY),
    Route("GET", "/anmal/mina", REPORTERS),
    Route("POST", "/anmal/utkast", REPORTERS),
    Route("POST", "/anmal/tillagg/<slug>", REPORTERS, {"concern_description": "Mer att berätta."}),
    Route("GET", _DRAFT, OWN),
    Route("GET", f"{_DRAFT}/<slug>", OWN),
    Route("POST", f"{_DRAFT}/<slug>", OWN, {"concern_description": "Mer att berätta."}),
    Route("GET", f"{_DRAFT}/<slug>/filer", OWN),
    Route("POST", f"{_DRAFT}/<slug>/filer", OWN, {"ladda": "ja"}),
    Route("POST", f"{_DRAFT}/<slug>/delar", OWN, {"name": "a.zip", "size": "4", "sha256": "0" * 64}),
    Route("PUT", f"{_DRAFT}/<slug>/delar/<upload>/<int:number>", PARTS),
    Route("POST", f"{_DRAFT}/<slug>/delar/<upload>/klar", PARTS, {"name": "a.zip"}),
    Route("GET", f"{_DRAFT}/fara", OWN),
    Route("GET", f"{_DRAFT}/kontrollera", OWN),
    Route("POST", f"{_DRAFT}/skicka", OWN, {"confirm": "yes", "checked": "1"}),
    Route("GET", f"{_DRAFT}/sparat", OWN),
    Route("GET", f"{_DRAFT}/ta-bort", OWN),
    Route("POST", f"{_DRAFT}/ta-bort", OWN),
    Route("GET", _RECEIPT, OWN),
    Route("GET", f"{_RECEIPT}/innehall", OWN),
    Route("GET", f"{_RECEIPT}.pdf", OWN),
    Route("POST", f"{_RECEIPT}/aterkoppling", OWN, case="unasked"),
    Route("GET", "/boka", ANYBODY),
    Route("GET", "/boka/mina", PRIVATE),
    Route("GET", "/boka/ny/<service>", PRIVATE),
    Route("GET", "/boka/ny/<service>/<form>", PRIVATE),
    Route("POST", "/boka/ny/<service>/<form>", PRIVATE, {"start": "2026-12-01T09:00:00+00:00"}),
    *(Route("GET", f"{_MEETING}{page}", PRIVATE, case="meeting") for page in ("", *_QUESTIONS)),
    *(Route("POST", f"{_MEETING}{page}", PRIVATE, form, case="meeting") for page, form in _QUESTIONS.items()),
    Route("GET", f"{_MEETING}/tid.ics", PRIVATE, case="meeting"),
    Route("GET", f"{_MEETING}/igen", PRIVATE, case="meeting"),
    Route("POST", f"{_MEETING}/igen", PRIVATE, {"start": "2026-12-01T09:00:00+00:00"}, case="meeting"),
    Route("GET", _REACH, PRIVATE),
    Route("GET", f"{_REACH}/<way>", PRIVATE),
    Route("POST", f"{_REACH}/<way>", PRIVATE, {"address": "nova@example.com", "alone": "yes"}),
    Route("GET", f"{_REACH}/<way>/kod", PRIVATE),
    Route("POST", f"{_REACH}/<way>/kod", PRIVATE, {"code": "123456"}),
    Route("POST", f"{_REACH}/<way>/ny-kod", PRIVATE),
    Route("POST", f"{_REACH}/<way>/ta-bort", PRIVATE),
    Route("GET", "/meddelanden", PRIVATE),
    Route("GET", "/meddelanden/<id>", PRIVATE, case="sent"),
    Route("POST", "/meddelanden/<id>", PRIVATE, case="sent"),
    Route("GET", "/meddelanden/<id>.pdf", PRIVATE, case="sent"),
    Route("GET", "/meddelanden/<id>/beslut.pdf", PRIVATE, case="decision sent"),
    Route("GET", "/journal", PRIVATE, case="released"),
    Route("GET", "/journal/lasare", PRIVATE, case="released"),
    Route("GET", "/journal/akten.pdf", PRIVATE, case="released"),
    Route("GET", "/journal/<note>", NOBODYS, case="released"),
    Route("POST", "/journal/<note>/fel", NOBODYS, {"text": "Fel.", "go": "send"}, case="released"),
    Route("GET", "/arbete", WORKERS),
    Route("GET", "/arbete/ko", WORKERS),
    Route("GET", "/arbete/notiser", WORKERS),
    Route("GET", _MEETINGS, WORKERS),
    Route("GET", f"{_MEETINGS}/dag", WORKERS),
    Route("GET", f"{_MEETINGS}/enheten", LEADS),
    Route("GET", f"{_MEETINGS}/<id>", HOLDER, case="meeting"),
    Route("GET", f"{_MEETINGS}/<id>/avboka", HOLDER, case="meeting"),
    Route("POST", f"{_MEETINGS}/<id>/avboka", HOLDER, {"reason": "Sjuk", "told": "Inställt"}, case="meeting"),
    Route("POST", f"{_MEETINGS}/<id>/kom", HOLDER, {"came": "yes"}, case="meeting"),
    Route("GET", f"{_MEETINGS}/upptagen", WORKERS),
    Route("POST", f"{_MEETINGS}/upptagen", WORKERS, _BLOCK),
    Route("GET", f"{_MEETINGS}/upptagen/<id>", HOLDER, case="meeting"),
    Route("POST", f"{_MEETINGS}/upptagen/<id>/bort", HOLDER, case="meeting"),
    Route("POST", f"{_MEETINGS}/upptagen/<id>/alla", HOLDER, {"told": "Inställt"}, case="meeting"),
    Route("GET", "/arbete/drift", LEADS),
    Route("GET", "/arbete/drift/utskick", LEADS),
    Route("POST", "/arbete/drift/utskick/<message>/igen", LEADS),
    Route("POST", "/arbete/drift/utskick/<message>/klart", LEADS),
    Route("POST", "/arbete/notiser/<id>", TOLD),
    Route("GET", _CASE, UNIT),
    Route("GET", f"{_CASE}/anmalan", UNIT),
    Route("GET", f"{_CASE}/bilagor/<file>", UNIT),
    Route("GET", f"{_CASE}/bedomningar", UNIT),
    Route("GET", f"{_CASE}/ansokan", UNIT, case="applied"),
    Route("GET", f"{_CASE}/ansokan/kontakt", CASEWORKER, case="applied"),
    Route("POST", f"{_CASE}/ansokan/last", CASEWORKER, case="applied"),
    Route("GET", f"{_CASE}/folkbokforing", CASEWORKER),
    Route("GET", f"{_CASE}/kontakt", CASEWORKER),
    Route("GET", f"{_CASE}/brev", UNIT, case="sent"),
    Route("GET", f"{_CASE}/brev/<letter>", UNIT, case="sent"),
    Route("GET", f"{_CASE}/brev/<letter>.pdf", UNIT, case="sent"),
    Route("GET", f"{_CASE}/brev/skriv/<kind>", CASEWORKER, case="sent"),
    Route("POST", f"{_CASE}/brev/skriv/<kind>", CASEWORKER, LETTER, case="sent"),
    Route("GET", f"{_CASE}/brev/skriv/<kind>/kontrollera", CASEWORKER, case="sent"),
    Route("POST", f"{_CASE}/brev/skriv/<kind>/kontrollera", CASEWORKER, {"seen": "3", "checked": "yes"}, case="sent"),
    Route("GET", _JOURNAL, UNIT, case="noted"),
    Route("GET", f"{_JOURNAL}/skriv", DECIDERS),
    Route("POST", f"{_JOURNAL}/skriv", DECIDERS, NOTE),
    Route("GET", f"{_JOURNAL}/skriv/kontrollera", DECIDERS),
    Route("POST", f"{_JOURNAL}/skriv/kontrollera", DECIDERS, {"seen": "1"}),
    Route("GET", f"{_JOURNAL}/<note>", UNIT, case="noted"),
    Route("GET", f"{_JOURNAL}/<note>/lamna-ut", DECIDERS, case="noted"),
    Route("POST", f"{_JOURNAL}/<note>/lamna-ut", DECIDERS, {"seen": "0.0", "go": "sign"}, case="noted"),
    Route("GET", f"{_JOURNAL}/<note>/svar/<objection>", DECIDERS, case="objected"),
    Route("POST", f"{_JOURNAL}/<note>/svar/<objection>", DECIDERS, {"text": "Hej", "go": "sign"}, case="objected"),
    Route("POST", f"{_JOURNAL}/<note>/tillagg", DECIDERS, {"text": "Mer.", "go": "sign"}, case="noted"),
    Route("GET", "/arbete/utskrift", POSTERS, case="sent"),
    Route("GET", "/arbete/utskrift/alla.pdf", {**POSTERS, "another unit": UNKNOWN}, case="sent"),
    Route("GET", "/arbete/utskrift/<letter>.pdf", {**POSTERS, "another unit": UNKNOWN}, case="sent"),
    Route("GET", "/arbete/utskrift/<letter>/beslut.pdf", {**POSTERS, "another unit": UNKNOWN}, case="decision sent"),
    Route("POST", "/arbete/utskrift/<letter>", {**POSTERS, "another unit": UNKNOWN}, case="sent"),
    Route("POST", f"{_CASE}/ta", UNIT, case="received"),
    Route("POST", f"{_CASE}/tilldela", LEAD, {"to": "samir.exempel"}),
    Route("GET", f"{_CASE}/skyddsbedomning", CASEWORKER),
    Route("POST", f"{_CASE}/skyddsbedomning", CASEWORKER, PROTECTION),
    Route("GET", f"{_CASE}/skyddsbedomning/kontrollera", CASEWORKER),
    Route("POST", f"{_CASE}/skyddsbedomning/kontrollera", CASEWORKER, {"seen": "1"}),
    Route("GET", f"{_CASE}/beslut", DECIDERS, case="assessed"),
    Route("POST", f"{_CASE}/beslut", DECIDERS, DECISION, case="assessed"),
    Route("GET", f"{_CASE}/beslut/kontrollera", DECIDERS, case="assessed"),
    Route("POST", f"{_CASE}/beslut/kontrollera", DECIDERS, {"seen": "1"}, case="assessed"),
    Route("GET", f"{_CASE}/original/<original>", UNIT, case="decided"),
    Route("GET", f"{_CASE}/aterkoppling", DECIDERS, case="decided"),
    Route("POST", f"{_CASE}/aterkoppling", DECIDERS, {"choice": "release", "checked": "yes"}, case="decided"),
    Route("GET", f"{_CASE}/aterkoppling/begaran", DECIDERS, case="unasked"),
    Route("POST", f"{_CASE}/aterkoppling/begaran", DECIDERS, ASKED, case="unasked"),
    Route("GET", "/forvaltning", ADMINISTRATORS),
    Route("GET", "/forvaltning/andringar", ADMINISTRATORS),
    Route("GET", "/forvaltning/frister", ADMINISTRATORS),
    Route("GET", f"{_PERSON}/ny", ADMINISTRATORS),
    Route("POST", f"{_PERSON}/ny", ADMINISTRATORS, NEW_PERSON),
    Route("GET", f"{_PERSON}/<id>", ADMINISTRATORS),
    Route("POST", f"{_PERSON}/<id>", ADMINISTRATORS, {"seen": "1", "name": "Samir Ny", "title": "x", "unit": UNIT_ID}),
    Route("GET", f"{_PERSON}/<id>/slutar", ADMINISTRATORS),
    Route("POST", f"{_PERSON}/<id>/slutar", ADMINISTRATORS, {"seen": "1", "when": "now"}),
    Route("GET", f"{_PERSON}/<id>/borta", ADMINISTRATORS),
    Route("POST", f"{_PERSON}/<id>/borta", ADMINISTRATORS, {"seen": "1", "go": "clear"}),
    Route("GET", _UNITS, ADMINISTRATORS),
    Route("GET", f"{_UNITS}/ny", ADMINISTRATORS),
    Route("POST", f"{_UNITS}/ny", ADMINISTRATORS, {"id": "ny", "name": "Ny", "phone": "031-390 06 30", "seen": "0"}),
    Route("GET", f"{_UNITS}/<id>", ADMINISTRATORS),
    Route("POST", f"{_UNITS}/<id>", ADMINISTRATORS, {"name": "Ny", "phone": "031-390 06 30", "seen": "1"}),
    Route("GET", _ORGANISATIONS, ADMINISTRATORS),
    Route("GET", f"{_ORGANISATIONS}/ny", ADMINISTRATORS),
    Route("POST", f"{_ORGANISATIONS}/ny", ADMINISTRATORS, {"id": "ny", "name": "Ny", "kind": "school", "seen": "0"}),
    Route("GET", f"{_ORGANISATIONS}/<id>", ADMINISTRATORS),
    Route("POST", f"{_ORGANISATIONS}/<id>", ADMINISTRATORS, {"name": "Ny", "kind": "school", "seen": "1"}),
    Route("POST", "/intern/larm", NOBODY),
    Route("POST", "/intern/meddelande", NOBODY),
    Route("POST", "/intern/svep", NOBODY),
)
"""Every method of every rule, once."""
