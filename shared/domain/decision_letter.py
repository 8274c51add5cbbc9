"""The letter in which an applicant reads the decision: what, how much, why, by whom and how to appeal (FL 31-33 §§)."""

from collections.abc import Iterator
from typing import Final

from shared.domain.appeals import WEEKS, can_be_appealed
from shared.domain.cases import Case
from shared.domain.decision_paper import SENTENCES
from shared.domain.decisions import Decision
from shared.domain.letters import LetterKind, Part, Text
from shared.domain.municipality import Municipality, Staff
from shared.domain.naming import Naming, in_decision, instead

VERSION: Final = 1
LAW: Final = "33 § förvaltningslagen (2017:900)"
_COUNTS: Final = {3: "tre"}


def about(decision: Decision, case: Case, by: Staff, municipality: Municipality) -> Text:
    """The words for the applicant, in Swedish: the law's own language. Raises `UnknownStatute` as the original does."""
    sender = signed(in_decision(decision), decision.title, case, by, municipality)
    parts = tuple(_parts(decision, case, sender["phone"], municipality))
    return Text(LetterKind.DECISION, VERSION, "sv", "Beslut om din ansökan", parts, LAW, case.reference, sender)


def signed(naming: Naming, title: str, case: Case, by: Staff, municipality: Municipality) -> dict[str, str]:
    """Who stands behind a letter, as the letter says it: by name, or by title and unit where the name is left out."""
    unit = municipality.units.get(case.unit, municipality.intake)
    unnamed = instead(naming, title, unit.name)
    sender = {"title": title, "unit": unit.name}
    if unnamed:
        return {**sender, "name": "", "instead": "\n".join(unnamed), "phone": unit.phone}
    return {**sender, "name": by.name, "phone": by.phone or unit.phone}


def _parts(decision: Decision, case: Case, phone: str, municipality: Municipality) -> Iterator[Part]:
    if case.person.name:
        yield _text(f"Till {case.person.name}")
    yield _text(SENTENCES[decision.kind])
    if decision.details:
        yield Part("list", tuple(f"{term}: {words}" for term, words in decision.details))
    yield Part("heading", ("Därför",))
    yield from (_text(line.strip()) for line in decision.motivation.splitlines() if line.strip())
    yield _text(f"Beslutet är fattat enligt {decision.lagrum}.")
    if can_be_appealed(decision.lagrum):
        yield from _appealing(case, municipality)
    else:
        yield Part("heading", ("Beslutet kan inte överklagas till förvaltningsrätten",))
        yield _text(
            f"Beslut enligt {decision.lagrum} hör inte till dem som kan överklagas dit (35 kap. 1 § "
            "socialtjänstlagen (2025:400)). Tycker du att något är fel? Ring oss."
        )
    yield _text(
        "Beslutet i original följer med det här brevet som en fil med kommunens elektroniska stämpel. "
        f"Vill du att vi förklarar beslutet, eller behöver du tolk? Ring {phone}. Det kostar inget."
    )
    yield _text("Vänliga hälsningar")


def _appealing(case: Case, municipality: Municipality) -> Iterator[Part]:
    yield Part("heading", ("Så överklagar du",))
    yield _text(
        "Du kan överklaga på webben: öppna det här brevet under Meddelanden och välj ”Överklaga beslutet”. "
        "Du kan också göra det på papper."
    )
    yield _text(
        "Du får överklaga beslutet. Skriv till förvaltningsrätten, men lämna eller skicka brevet till oss på "
        f"socialnämnden. Det ska ha kommit hit inom {_COUNTS.get(WEEKS, str(WEEKS))} veckor från den dag då du fick "
        "del av beslutet."
    )
    yield _text(
        f"Skriv vilket beslut du överklagar (nummer {case.reference}), hur du vill att det ska ändras och varför. "
        "Skriv också ditt namn, personnummer, din adress och ditt telefonnummer. "
        f"Ring oss om du vill ha hjälp att skriva: {municipality.contact.phone}."
    )
    yield _text("Beslutet gäller även om du överklagar.")


def _text(words: str) -> Part:
    return Part("text", (words,))
