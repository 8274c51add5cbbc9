"""What a person is told when a login did not work: what happened, what is safe, what to do now."""

from dataclasses import dataclass
from typing import Final

from shared.web import mark


@dataclass(frozen=True, slots=True)
class Outcome:
    """One page; `title` and `text` are Swedish msgids."""

    status: int
    title: str
    text: str


_CANCELLED: Final = Outcome(
    200, mark("Inloggningen avbröts"), mark("Inget har skickats. Det du har sparat finns kvar.")
)
_UNTRUSTED: Final = Outcome(
    403,
    mark("Vi kunde inte logga in dig"),
    mark(
        "Svaret från e-legitimationen gick inte att lita på, så vi släppte inte in någon. Det du har sparat finns kvar."
    ),
)
_OUTCOMES: Final = {
    "access_denied": _CANCELLED,
    "not_started_here": Outcome(
        400,
        mark("Logga in en gång till"),
        mark(
            "Inloggningen började i en annan webbläsare, eller för mer än tio minuter sedan. "
            "Gå tillbaka till den webbläsare du började i, eller logga in här igen. Det du har sparat finns kvar."
        ),
    ),
    "unavailable": Outcome(
        503,
        mark("E-legitimationen svarar inte"),
        mark("Felet ligger inte hos dig. Vänta en minut och försök igen. Det du har sparat finns kvar."),
    ),
    "unknown_employee": Outcome(
        403,
        mark("Du finns inte med bland dem som arbetar här"),
        mark(
            "Din e-legitimation stämmer, men vi har ingen behörighet för dig. Är det fel? Ring oss, så reder vi ut det."
        ),
    ),
    "unknown_organisation": Outcome(
        403,
        mark("Vi känner inte igen din arbetsplats"),
        mark(
            "Din e-legitimation stämmer, men arbetsplatsen finns inte hos oss än. "
            "Ring oss, så tar vi emot det du vill säga på telefon."
        ),
    ),
}


def outcome(code: str) -> Outcome:
    """The page for a refusal's code; a code without words of its own means that the answer was not to be trusted."""
    return _OUTCOMES.get(code, _UNTRUSTED)
