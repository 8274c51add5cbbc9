"""Letters on paper: their words and envelopes, ready for the typst template, the same as on the page."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from shared.domain.calendar import local_date
from shared.domain.letters import CODE, HIDDEN, Letter, Part, Text, letter_reference
from shared.domain.numbers import identity_number
from shared.domain.unbroken import unbroken
from shared.web.qr_codes import qr_code
from shared.web.words import day

TEMPLATE: Final = Path(__file__).parent / "paper" / "letter.typ"
_TITLE: Final = {"sv": "Brev", "en": "Letter"}
_PAGE: Final = {"sv": "Sida", "en": "Page"}
_OF: Final = {"sv": "av", "en": "of"}
_SQUARE: Final = {"sv": "QR-kod med samma kod", "en": "QR code with the same code"}
_BESIDE: Final = {
    "sv": ("Du kan också rikta telefonens kamera mot rutan.", "Spara brevet där ingen annan läser det."),
    "en": ("You can also point your phone’s camera at the square.", "Keep the letter where nobody else reads it."),
}
"""What is true on paper only."""


def paper(letters: Sequence[Letter], municipality: str, *, enveloped: bool = False) -> Mapping[str, object]:
    """The content of a PDF with these letters (at least one), each beginning a page; its title names nobody.

    Addresses stand on it only when it is `enveloped`: on paper for the post, and there never a protected one.
    """
    language = letters[0].text.language
    return {
        "language": language,
        "municipality": municipality,
        "title": " ".join([_TITLE[language], *(letter_reference(one.id) for one in letters)]),
        "letters": [_letter(one, enveloped=enveloped) for one in letters],
    }


def envelope(letter: Letter) -> tuple[str, ...]:
    """What shows in the envelope's window.

    Somebody protected is told by number alone, as Skatteverket's forwarding asks for; no address is known then.
    """
    to = letter.recipient
    return (identity_number(to.number),) if to.forward else (to.name, *to.address)


def sent_on(letter: Letter) -> str:
    """The day of the letter in its own language."""
    return day(local_date(letter.sent_at), letter.text.language)


def signature(text: Text) -> tuple[str, ...]:
    """The lines that a letter ends with: name, title with unit, or what stands instead of a name; and the phone."""
    sender = text.sender
    who = (sender["name"], f"{sender['title']}, {sender['unit']}") if sender["name"] else sender["instead"].split("\n")
    return *who, sender["phone"]


def _letter(letter: Letter, *, enveloped: bool) -> Mapping[str, object]:
    text, window = letter.text, envelope(letter) if enveloped else ()
    return {
        **_words(text),
        "page": _PAGE[text.language],
        "of": _OF[text.language],
        "reference": unbroken(letter_reference(letter.id)),
        "day": sent_on(letter),
        "address": [unbroken(line) for line in window],
    }


def _words(text: Text) -> Mapping[str, object]:
    sender = text.sender
    return {
        "language": text.language,
        "title": text.title,
        "case": unbroken(text.case),
        "unit": sender["unit"],
        "phone": unbroken(sender["phone"]),
        "signature": [unbroken(line) for line in signature(text)],
        "parts": [_part(one, text.language) for one in text.parts],
    }


def _part(part: Part, language: str) -> Mapping[str, object]:
    if part.kind != CODE:
        return {"kind": part.kind, "paragraphs": _paragraphs(part)}
    code, address = part.lines
    square = "" if code == HIDDEN else qr_code(f"{address}#{code}")
    return {"kind": CODE, "code": code, "square": square, "alt": _SQUARE[language], "beside": _BESIDE[language]}


def _paragraphs(part: Part) -> list[list[str]]:
    """The part's paragraphs, each as its lines: an empty line parts two of them, as on the page."""
    found = (whole.strip("\n") for line in part.lines for whole in line.split("\n\n"))
    return [unbroken(paragraph).split("\n") for paragraph in found if paragraph.strip()]
