"""What is typed about people, units and organisations: checked and cleaned, each problem in words."""

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Final

from shared.web import Form, gettext

LONGEST: Final = 100
"""Letters of a name, a title, an address."""
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_PHONE: Final = re.compile(r"\+?[0-9][0-9 -]{1,28}[0-9]")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_YEAR: Final = re.compile(r"20\d\d")
_HIDDEN: Final = frozenset({"Cf", "Co", "Cn", "Zl", "Zp"})


class Checked:
    """Reads a form field by field and gathers what is wrong, in the order of the page."""

    def __init__(self, form: Form) -> None:
        self._form = form
        self.errors: dict[str, str] = {}

    def text(self, name: str, missing: str) -> str:
        """One line of words; `missing` is said when there are none."""
        value = " ".join(self._form.text(name).split())
        if not value:
            self.errors[name] = missing
        elif len(value) > LONGEST:
            self.errors[name] = gettext("Skriv högst %(most)s tecken", most=LONGEST)
        elif any(unicodedata.category(one) in _HIDDEN for one in value):
            self.errors[name] = gettext("Här finns osynliga tecken. Skriv utan dem")
        return value

    def id(self, name: str, missing: str, taken: Callable[[str], bool]) -> str:
        """An id that nobody has yet."""
        value = self._form.text(name)
        if not value:
            self.errors[name] = missing
        elif not _ID.fullmatch(value):
            self.errors[name] = gettext("Skriv id:t med a–z, siffror, punkt, bindestreck, understreck eller @")
        elif taken(value):
            self.errors[name] = gettext(
                "Det id:t är upptaget. Ett id hör alltid till samma person eller verksamhet; ta ett annat"
            )
        return value

    def phone(self, name: str, *, optional: bool = False) -> str:
        """A phone number as people write it."""
        value = " ".join(self._form.text(name).split())
        if not (value or optional):
            self.errors[name] = gettext("Skriv telefonnumret")
        elif value and not _PHONE.fullmatch(value):
            self.errors[name] = gettext("Skriv telefonnumret med siffror, till exempel 031-390 06 01")
        return value

    def email(self, name: str) -> str:
        """An e-mail address, or none."""
        value = self._form.text(name)
        if value and (len(value) > LONGEST or not value.isprintable() or not _EMAIL.fullmatch(value)):
            self.errors[name] = gettext("Skriv e-postadressen så här: namn@kommunen.se")
        return value

    def day(self, name: str, missing: str = "") -> date | None:
        """A day in three fields, or None; `missing` is said when a day is needed."""
        day, month, year = (self._form.text(f"{name}-{part}") for part in ("day", "month", "year"))
        if not (day or month or year):
            if missing:
                self.errors[name] = missing
            return None
        if all(one.isascii() and one.isdecimal() for one in (day, month)) and _YEAR.fullmatch(year):
            try:
                return date(int(year), int(month), int(day))
            except (ValueError, OverflowError):
                pass
        self.errors[name] = gettext("Skriv en dag som finns, med siffror: 27 3 2026")
        return None


def day_fields(name: str) -> tuple[str, str, str]:
    """The names of a day's three fields."""
    return (f"{name}-day", f"{name}-month", f"{name}-year")


def typed_day(form: Form, name: str) -> dict[str, str]:
    """A day as it was typed, for the page that shows it again."""
    return {part: form.text(f"{name}-{part}") for part in ("day", "month", "year")}


def shown_day(when: date | None) -> dict[str, str]:
    """A known day in its three fields."""
    return {} if when is None else {"day": str(when.day), "month": str(when.month), "year": str(when.year)}
