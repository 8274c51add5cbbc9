"""The letters about an appeal: that it went to the court, that it came too late, that the board has changed its mind.

In Swedish, the law's own language, as every letter of the board.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from shared.domain.appeal_forms import HandOverForm, ReviewForm
from shared.domain.calendar import written
from shared.domain.cases import AppealState, Case
from shared.domain.decision_letter import about, signed
from shared.domain.decision_paper import SENTENCES
from shared.domain.decisions import Decision
from shared.domain.letters import LetterKind, Part, Text
from shared.domain.municipality import Municipality, Staff
from shared.domain.naming import in_decision, in_letter

VERSION: Final = 1
_SENT_ON: Final = "Ditt överklagande har skickats till domstolen"
_LIFTING: Final = "37 och 38 §§ förvaltningslagen (2017:900)"
_HANDING_OVER: Final = "46 § förvaltningslagen (2017:900)"


def court(municipality: Municipality) -> str:
    """The court by its name, or what every such court is called."""
    return municipality.court or "förvaltningsrätten"


def sent_on(
    form: HandOverForm, decisions: Sequence[Decision], case: Case, by: Staff, municipality: Municipality
) -> Text:
    """That the appeal, or what was added to it, is with the court now. `decisions` are those that it covers."""
    naming = in_letter(LetterKind.APPEAL_SENT_ON, decisions, by.id)
    sender = signed(naming, by.title, case, by, municipality)
    parts = (*_to(case), *_sent_on(form, case, court(municipality), sender["phone"]), _text("Vänliga hälsningar"))
    title = "Det du lade till har skickats till domstolen" if _added(case) else _SENT_ON
    return Text(
        LetterKind.APPEAL_SENT_ON, VERSION, "sv", title, parts,
        _HANDING_OVER, case.reference, sender,
    )  # fmt: skip


def dismissed(decision: Decision, case: Case, by: Staff, municipality: Municipality) -> Text:
    """That the appeal came too late and is not sent on, why, and how that can be appealed (FL 33, 45 §§)."""
    sender = signed(in_decision(decision), decision.title, case, by, municipality)
    parts = (*_to(case), *_dismissed(decision, case, court(municipality), sender["phone"]), _text("Vänliga hälsningar"))
    return Text(
        LetterKind.DECISION,
        VERSION,
        "sv",
        "Beslut om ditt överklagande",
        parts,
        decision.lagrum,
        case.reference,
        sender,
    )


def goes_on(form: ReviewForm, decisions: Sequence[Decision], case: Case, by: Staff, municipality: Municipality) -> Text:
    """That it was wrong to dismiss the appeal, why, and that it goes on (FL 33, 37-38 §§)."""
    naming = in_letter(LetterKind.APPEAL_GOES_ON, decisions, by.id)
    sender = signed(naming, by.title, case, by, municipality)
    parts = (*_to(case), *_goes_on(form, case, court(municipality), sender["phone"]), _text("Vänliga hälsningar"))
    title = "Ditt överklagande prövas ändå"
    return Text(LetterKind.APPEAL_GOES_ON, VERSION, "sv", title, parts, _LIFTING, case.reference, sender)


def changed(decision: Decision, case: Case, by: Staff, municipality: Municipality) -> Text:
    """The new decision, and that the appeal goes to the court all the same and covers it (FL 46 §)."""
    told = about(decision, case, by, municipality)
    news = _text(
        "Du har överklagat vårt beslut. Vi har gått igenom det igen och ändrat det. Ditt överklagande går ändå vidare "
        f"till {court(municipality)} och gäller också det nya beslutet."
    )
    pleased = _text(
        "Är du nöjd nu? Då kan du ta tillbaka överklagandet så länge det är kvar hos oss. Öppna kvittot på det under "
        "Mina ärenden och välj ”Ta tillbaka överklagandet”, eller ring oss."
    )
    return replace(told, title="Vi har ändrat vårt beslut", parts=(news, pleased, *told.parts))


def _to(case: Case) -> Iterator[Part]:
    if case.person.name:
        yield _text(f"Till {case.person.name}")


def _sent_on(form: HandOverForm, case: Case, to: str, phone: str) -> Iterator[Part]:
    when = f" {_day(form.on)}" if form.on else ""
    if _added(case):
        yield _text(f"Du lade till något i ditt överklagande i ärende {case.reference} sedan det gick till domstolen.")
        yield _text(f"Vi skickade det vidare till {to}{when}.")
    else:
        yield _text(f"Ditt överklagande av vårt beslut i ärende {case.reference} kom in i rätt tid.")
        yield _text(
            f"Vi skickade det vidare till {to}{when}, tillsammans med beslutet, det du har skickat in och de andra "
            "handlingarna i ärendet."
        )
    yield Part("heading", ("Det här händer nu",))
    yield _text(
        "Domstolen går igenom ditt överklagande och skriver till dig. Vill du lägga till något skriver du dit. "
        "Det kostar inget."
    )
    yield _text("Vårt beslut gäller medan domstolen arbetar. Ändras något för dig kan du alltid ansöka hos oss igen.")
    yield _text(f"Undrar du något, eller behöver du tolk? Ring {phone}.")


def _dismissed(decision: Decision, case: Case, to: str, phone: str) -> Iterator[Part]:
    yield _text(SENTENCES[decision.kind])
    yield Part("heading", ("Därför",))
    yield from (_text(line.strip()) for line in decision.motivation.splitlines() if line.strip())
    yield _text(f"Beslutet är fattat enligt {decision.lagrum}.")
    yield Part("heading", ("Tycker du att det är fel?",))
    yield _text(
        "Du kan överklaga på webben: öppna det här brevet under Meddelanden och välj ”Överklaga beslutet”. "
        "Du kan också göra det på papper."
    )
    yield _text(
        f"Du får överklaga också det här beslutet. Skriv till {to}, men lämna eller skicka brevet till oss på "
        "socialnämnden. Det ska ha kommit hit inom tre veckor från den dag då du fick del av det här beslutet. "
        f"Skriv nummer {case.reference}, att du överklagar att vi avvisade ditt överklagande, och varför du menar att "
        "det kom in i tid."
    )
    yield _text(
        f"Ring oss om du vill ha hjälp att skriva: {phone}. Är något annorlunda i dag kan du också ansöka hos oss igen."
    )


def _goes_on(form: ReviewForm, case: Case, to: str, phone: str) -> Iterator[Part]:
    yield _text(f"Vi avvisade ditt överklagande i ärende {case.reference} som för sent. Det var fel av oss.")
    yield _text("Vi har ändrat det beslutet. Ditt överklagande räknas som att det kom in i rätt tid.")
    yield Part("heading", ("Därför",))
    yield from (_text(line.strip()) for line in form.reasons.splitlines() if line.strip())
    yield Part("heading", ("Det här händer nu",))
    yield _text(
        "Vi läser det beslut som du överklagade en gång till. Sedan skickar vi ditt överklagande till "
        f"{to}. Du behöver inte göra något, och inte överklaga att vi avvisade."
    )
    yield _text(f"Undrar du något, eller behöver du tolk? Ring {phone}.")


def _added(case: Case) -> bool:
    return case.appeal is not None and case.appeal.state is AppealState.ADDED


def _day(day: date) -> str:
    return f"den {written(day)}"


def _text(words: str) -> Part:
    return Part("text", (words,))
