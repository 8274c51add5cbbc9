"""Reviews of notes in words, in the reader's language."""

from datetime import datetime
from typing import Any, Final

from functions.casework import words
from shared.domain import releasing, secrecy_law
from shared.domain.calendar import local_date
from shared.domain.notes import Note
from shared.domain.reviews import Result, Review, ReviewCheck
from shared.web import gettext, language, mark
from shared.web.words import moment

RESULTS: Final = {
    Result.RELEASED: (mark("Lämna ut hela"), mark("Personen läser orden som de står.")),
    Result.PARTLY: (mark("Lämna ut delar"), mark("Du väljer vilka meningar som får läsas. Resten blir […].")),
    Result.WITHHELD: (mark("Lämna inte ut"), mark("Personen ser inte att anteckningen finns.")),
}
CHECKS: Final = {
    ReviewCheck.THIRD_PERSON: mark("Någon annans personliga förhållanden (26 kap. 1 § OSL)"),
    ReviewCheck.INFORMANT: mark("Den som har anmält eller lämnat uppgifter (26 kap. 5 § OSL)"),
    ReviewCheck.CHILD: mark("Ett barn mot sin vårdnadshavare (12 kap. 3 § OSL)"),
    ReviewCheck.WHEREABOUTS: mark("Var någon bor eller kan hittas (21 kap. 3 §, 26 kap. 2 § OSL)"),
    ReviewCheck.WEIGHT: mark("Synnerlig vikt att en part inte får veta (10 kap. 3 § OSL)"),
    ReviewCheck.WORKING_PAPER: mark("Arbetsmaterial som inte är färdigt (2 kap. 12 § TF)"),
}
GROUNDS: Final = {
    "third_person": mark("Någon annans förhållanden"),
    "informant": mark("Skydd för den som lämnat uppgifter"),
    "child": mark("Skydd för ett barn mot vårdnadshavaren"),
    "whereabouts": mark("Barnets vistelseort"),
    "contact": mark("Adress eller kontaktuppgift vid hot"),
    "weight": mark("Synnerlig vikt, mot en part"),
    "working_paper": mark("Arbetsmaterial"),
}
_STANDS: Final = {
    Result.RELEASED: (mark("Utlämnad"), "done"),
    Result.PARTLY: (mark("Delvis utlämnad"), "done"),
    Result.WITHHELD: (mark("Lämnas inte ut"), "still"),
}


def tag(note: Note, review: Review | None) -> dict[str, str]:
    """What the review came to, as a tag."""
    if review is None:
        return {"text": gettext("Intern"), "look": "still", "icon": "lock"}
    if releasing.stale(note, review):
        return {"text": gettext("Tillägg att pröva"), "look": "turn", "icon": "eye"}
    text, look = _STANDS[review.result]
    return {"text": gettext(text), "look": look, "icon": "lock" if review.result is Result.WITHHELD else "check"}


def standing(note: Note, review: Review | None, now: datetime) -> dict[str, Any]:
    """What stands, with the paragraph and who decided."""
    if review is None:
        return {"words": gettext("Nej, ingen har prövat att lämna ut den.")}
    return {
        "words": gettext(_STANDS[review.result][0]) + ".",
        "stale": releasing.stale(note, review),
        "shown": review.shown.text if review.shown else "",
        "ground": law(review),
        "reason": review.reason,
        "by": f"{words.staff_name(review.by)}, {review.title}",
        "at": moment(review.at, language(), now),
    }


def law(review: Review) -> str:
    """The paragraph, as it read when the review was made."""
    found = secrecy_law.ground(review.ground, local_date(review.at))
    return found.law if found else ""


def missing(fields: tuple[str, ...]) -> dict[str, str]:
    """What to put right, by field."""
    told = {
        "checks": gettext("Gå igenom och kryssa i allt som du har prövat"),
        "result": gettext("Välj vad du kommer fram till"),
        "ground": gettext("Välj paragrafen som gör att det inte lämnas ut"),
        "reason": gettext("Skriv skälen, högst 4 000 tecken"),
        "keep": gettext("Välj de meningar som får läsas, men inte alla"),
    }
    return {("keep" if name == "kept" else name): told["keep" if name == "kept" else name] for name in fields}
