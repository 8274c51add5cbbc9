"""The letter in which an applicant reads what we ask for, by when, and what happens if it does not come (FL 20 §)."""

from collections.abc import Iterator
from typing import Final

from shared.domain.assistance_decisions import swedish_day
from shared.domain.cases import Case
from shared.domain.deadlines import last_day
from shared.domain.letters import LetterKind, Part, Text
from shared.domain.municipality import Municipality, Staff
from shared.domain.supplements import IfNot, Supplement

VERSION: Final = 1
LAW: Final = "20 § förvaltningslagen (2017:900)"
_IF_NOT: Final = {
    IfNot.DECIDED: "Kommer det inte bestämmer vi ändå, med det vi har. Då kan du få mindre, eller avslag.",
    IfNot.DISMISSED: (
        "Kommer det inte kan vi avvisa ansökan. Då prövar vi den inte. Det får vi göra när det som saknas behövs för "
        f"att kunna pröva ansökan ({LAW})."
    ),
}


def about(asked: Supplement, case: Case, by: Staff, municipality: Municipality) -> Text:
    """The words for the applicant, in Swedish: the law's own language."""
    unit = municipality.units.get(case.unit, municipality.intake)
    phone = by.phone or unit.phone
    sender = {"name": by.name, "title": by.title, "unit": unit.name, "phone": phone}
    parts = tuple(_parts(asked, case, phone, municipality))
    return Text(LetterKind.SUPPLEMENT, VERSION, "sv", "Vi behöver mer från dig", parts, LAW, case.reference, sender)


def _parts(asked: Supplement, case: Case, phone: str, municipality: Municipality) -> Iterator[Part]:
    if case.person.name:
        yield _text(f"Till {case.person.name}")
    yield _text("För att kunna bestämma om din ansökan behöver vi få det här av dig:")
    yield Part("list", tuple(_lines(asked)))
    yield _text(f"Skicka det senast {swedish_day(last_day(asked.due).isoformat())}.")
    yield _text(_IF_NOT[asked.if_not])
    yield Part("heading", ("Så gör du",))
    yield _text(
        f"Logga in hos {municipality.name} och välj Mina ärenden. Där kan du skicka bilder, filer och text, en sak i "
        "taget eller allt på en gång. Du kan också lämna eller posta papper till oss. Skriv då numret "
        f"{case.reference} på dem."
    )
    yield _text(
        "Kan du inte få fram något? Skriv det på samma ställe, och varför. Behöver du mer tid, hjälp eller tolk? Ring "
        f"{phone} före sista dagen. Det kostar inget."
    )
    yield _text("Vänliga hälsningar")


def _lines(asked: Supplement) -> Iterator[str]:
    for one in asked.missing:
        said = " ".join((one.again or one.words).split())
        yield f"{one.name['sv']}: {said}" if said else one.name["sv"]


def _text(words: str) -> Part:
    return Part("text", (words,))
