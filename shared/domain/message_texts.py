"""The words that leave the house: neutral, so that whoever else reads them learns nothing about anybody.

No name, no matter, no place, no link: a message that never holds a link teaches nobody to follow one. Where residents
log in is told as it is typed, without what makes a link of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from shared.domain import calendar
from shared.domain.messages import Template


@dataclass(frozen=True, slots=True)
class Words:
    """`subject` heads an e-mail; `text` is all of an SMS, at most 160 characters of its own alphabet (GSM 03.38)."""

    subject: str
    text: str

    def filled(self, **values: str) -> "Words":
        """The words with `{place}`, where one logs in, `{code}` and `{when}` filled in."""
        return replace(self, text=self.text.format_map(values))


_DAYS: Final = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
WORDS: Final[Mapping[Template, Mapping[str, Words]]] = {
    Template.LOOK: {
        "sv": Words("Du har något att titta på", "Du har ett ärende att titta på. Logga in på arbetsytan som vanligt."),
        "en": Words("You have something to look at", "You have a matter to look at. Log in to your desk as usual."),
    },
    Template.PAGE: {
        "sv": Words("Jouren behövs nu", "Jouren behövs nu. Logga in på arbetsytan som vanligt."),
        "en": Words("The duty is needed now", "The duty is needed now. Log in to your desk as usual."),
    },
    Template.READ: {
        "sv": Words(
            "Du har fått ett meddelande", "Du har fått ett meddelande. Logga in på {place} med e-legitimation."
        ),
        "en": Words("You have a message", "You have a message. Log in at {place} with your e-ID."),
    },
    Template.REMIND: {
        "sv": Words(
            "Du har en tid", "Du har en tid på {when}. Logga in på {place} med e-legitimation om du vill se mer."
        ),
        "en": Words(
            "You have an appointment",
            "You have an appointment on {when}. Log in at {place} with your e-ID to see more.",
        ),
    },
    Template.OFF: {
        "sv": Words(
            "En tid är inställd", "En tid som du har bokat är inställd. Logga in på {place} med e-legitimation."
        ),
        "en": Words(
            "An appointment is cancelled",
            "An appointment that you have booked is cancelled. Log in at {place} with your e-ID.",
        ),
    },
    Template.WAITS: {
        "sv": Words(
            "Du har något att göra klart", "Du har något att göra klart. Logga in på {place} med e-legitimation."
        ),
        "en": Words("You have something to finish", "You have something to finish. Log in at {place} with your e-ID."),
    },
    Template.TIMES: {
        "sv": Words(
            "Dina tider har ändrats", "Något har ändrats bland dina bokade tider. Logga in på arbetsytan som vanligt."
        ),
        "en": Words(
            "Your appointments have changed",
            "Something has changed among your appointments. Log in to your desk as usual.",
        ),
    },
    Template.CODE: {
        "sv": Words("Din kod", "Din kod är {code}. Den gäller i 15 minuter."),
        "en": Words("Your code", "Your code is {code}. It is valid for 15 minutes."),
    },
}


def words(template: Template, language: str) -> Words:
    """The template in the language, or in Swedish when it does not speak it."""
    spoken = WORDS[template]
    return spoken.get(language, spoken["sv"])


def when(instant: datetime, language: str) -> str:
    """A moment less than a week away: "tisdag kl. 09.00", "Tuesday at 09.00". No colon: phones make links of those."""
    at = calendar.local(instant)
    if language == "en":
        return f"{_DAYS['en'][at.weekday()]} at {at:%H.%M}"
    return f"{_DAYS['sv'][at.weekday()]} kl. {at:%H.%M}"


def place(origin: str) -> str:
    """Where one logs in, as one types it: "https://exempel.se" → "exempel.se"."""
    return origin.partition("://")[2]
