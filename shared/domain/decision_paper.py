"""What the original of a decision says, in Swedish: the law's own language, whoever reads it (FL 31-33 §§)."""

from collections.abc import Mapping
from typing import Final

from shared.domain.appeals import WEEKS, can_be_appealed
from shared.domain.calendar import local_date
from shared.domain.cases import CasePerson
from shared.domain.decisions import Decision, DecisionKind
from shared.domain.ids import StaffId
from shared.domain.municipality import Municipality, Unit
from shared.domain.naming import in_decision, instead
from shared.domain.numbers import identity_number
from shared.domain.originals import Seen
from shared.domain.unbroken import unbroken

SENTENCES: Final[Mapping[DecisionKind, str]] = {
    DecisionKind.INVESTIGATION_OPENED: "Socialnämnden inleder en utredning.",
    DecisionKind.INVESTIGATION_NOT_OPENED: "Socialnämnden inleder inte någon utredning.",
    DecisionKind.REPORT_ATTACHED: (
        "Socialnämnden inleder inte någon ny utredning. Anmälan behandlas i den utredning som redan pågår."
    ),
    DecisionKind.INVESTIGATION_EXTENDED: "Socialnämnden förlänger tiden för utredningen.",
    DecisionKind.INVESTIGATION_ENDED: "Socialnämnden avslutar utredningen. Den leder inte till någon insats.",
    DecisionKind.INVESTIGATION_ENDED_WITH_MEASURE: (
        "Socialnämnden avslutar utredningen. Den leder till en insats, som beslutas för sig."
    ),
    DecisionKind.FOLLOW_UP_STARTED: (
        "Socialnämnden avslutar utredningen utan insats och beslutar att följa upp barnets situation."
    ),
    DecisionKind.FOLLOW_UP_ENDED: "Socialnämnden avslutar uppföljningen av barnets situation.",
    DecisionKind.SUPPORT_GRANTED: "Socialnämnden beviljar stöd.",
    DecisionKind.SUPPORT_REFUSED: "Socialnämnden avslår ansökan om stöd.",
    DecisionKind.FINANCIAL_ASSISTANCE_GRANTED: "Socialnämnden beviljar ansökan om ekonomiskt bistånd.",
    DecisionKind.FINANCIAL_ASSISTANCE_PARTLY_GRANTED: "Socialnämnden beviljar en del av ansökan om ekonomiskt bistånd.",
    DecisionKind.FINANCIAL_ASSISTANCE_REFUSED: "Socialnämnden avslår ansökan om ekonomiskt bistånd.",
    DecisionKind.FINANCIAL_ASSISTANCE_DISMISSED: (
        "Socialnämnden avvisar ansökan om ekonomiskt bistånd. Det betyder att ansökan inte prövas."
    ),
    DecisionKind.APPEAL_DISMISSED: (
        "Socialnämnden avvisar överklagandet, för att det kom in för sent. Det skickas inte vidare till domstolen."
    ),
}


def paper(
    decision: Decision, person: CasePerson, seen: Seen, municipality: Municipality, *, unit: Unit, address: str
) -> Mapping[str, object]:
    """The content of the template: texts as they are to stand, `date` as ISO, `motivation` a list of paragraphs.

    `seen` is what the original is known by, `unit` has the case, `address` is where originals are checked. `by` are
    the lines that say who decided, or what stands instead; `reach` is the phone of a unit whose decision names nobody,
    else empty. Raises `UnknownStatute` when nobody knows whether the decision can be appealed.
    """
    unnamed = instead(in_decision(decision), decision.title, unit.name)
    return {
        "municipality": municipality.name,
        "unit": unit.name,
        "phone": unbroken(municipality.contact.phone),
        "visit": municipality.contact.visit["sv"],
        "about": [one for one in (person.name or person.described, _number(person)) if one],
        "decision": SENTENCES[decision.kind],
        "details": [list(one) for one in decision.details],
        "lagrum": unbroken(decision.lagrum),
        "motivation": [unbroken(line.strip()) for line in decision.motivation.splitlines() if line.strip()],
        "date": local_date(decision.decided_at).isoformat(),
        "by": [*unnamed] or [f"{_name(decision.by, municipality)}, {decision.title}"],
        "reach": unbroken(unit.phone) if unnamed else "",
        "appealable": can_be_appealed(decision.lagrum),
        "weeks": WEEKS,
        "reference": seen.reference,
        "code": seen.code,
        "check_at": address,
    }


def _name(id: StaffId, municipality: Municipality) -> str:
    """The name of somebody who works here or has done so."""
    found = municipality.staff.get(id) or municipality.former.get(id)
    return found.name if found else f"anställningsnummer {id}"


def _number(person: CasePerson) -> str:
    """The identity number as people write it, or the date of birth."""
    return identity_number(person.number) or (f"född {person.born}" if "-" in person.born else "")
