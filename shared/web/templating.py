"""What templates may use: the kit's pages and parts, texts, dates in words, and the frame of every page."""

from datetime import date, datetime
from functools import cache
from typing import Any, Final

from flask import Flask
from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, PrefixLoader
from markupsafe import Markup, escape

from shared.domain.login import landing
from shared.domain.opening import is_open
from shared.domain.principals import ANONYMOUS
from shared.web import govuk, words
from shared.web.compiled import CompiledPages
from shared.web.csrf import FIELD as CSRF_FIELD
from shared.web.csrf import csrf_token
from shared.web.forms import SUBMISSION_FIELD, submission_id
from shared.web.house import house_or_none
from shared.web.kept import written
from shared.web.paths import language_href
from shared.web.phone_links import telephone, with_phones
from shared.web.static_files import asset, theme_href
from shared.web.texts import LANGUAGES, gettext, language, local_text, ngettext
from shared.web.viewer import known_session
from shared.web.visible import visible, visible_lines

_COMPILED: Final = CompiledPages()


def install(app: Flask, folder: str) -> None:
    """Give the app its templates: its own folder first, then the kit's."""
    app.jinja_options = {
        "extensions": ["jinja2.ext.i18n", "jinja2.ext.do"],
        "bytecode_cache": _COMPILED,
        "trim_blocks": True,
        "lstrip_blocks": True,
    }
    app.jinja_loader = ChoiceLoader([FileSystemLoader(folder), _kit()])
    environment = app.jinja_env
    environment.policies["ext.i18n.trimmed"] = True
    environment.globals.update(_GLOBALS)
    environment.filters.update(_FILTERS)
    install_texts = environment.install_gettext_callables  # type: ignore[attr-defined] # added by the extension
    install_texts(gettext, ngettext, newstyle=True)
    app.context_processor(_frame)


@cache
def _kit() -> BaseLoader:
    return ChoiceLoader(
        [
            PackageLoader("shared.web"),
            PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        ]
    )


def _frame() -> dict[str, Any]:
    house = house_or_none()
    if house is None:
        return {}
    code, session = language(), known_session()
    viewer = ANONYMOUS if session is None else session.principal
    municipality, now = house.municipality, house.clock.now()
    return {
        "municipality": municipality,
        "open_now": is_open(municipality.opening, now),
        "demo": house.settings.demo,
        "now": now,
        "language": code,
        "direction": LANGUAGES[code].direction,
        "viewer": viewer,
        "viewer_home": landing(viewer, ""),
        "session_ends": None if session is None else session.ends_at,
    }


def _with_phones(text: str) -> Markup:
    house = house_or_none()
    return escape(text) if house is None else with_phones(text, house.municipality)


def _moment(instant: datetime, now: datetime | None = None) -> str:
    return words.moment(instant, language(), now)


def _day(when: date, *, year: bool = True) -> str:
    return words.day(when, language(), year=year)


def _short_day(when: date) -> str:
    return words.short_day(when, language())


def _clock_time(instant: datetime) -> str:
    return words.clock_time(instant, language())


_GLOBALS: Final = {
    "asset": asset,
    "theme_href": theme_href,
    "csrf_field": CSRF_FIELD,
    "csrf_token": csrf_token,
    "govuk": govuk,
    "language_href": language_href,
    "submission_field": SUBMISSION_FIELD,
    "submission_id": submission_id,
    "languages": LANGUAGES,
    "written": written,
}
_FILTERS: Final = {
    "capital": words.capital,
    "clock_time": _clock_time,
    "day": _day,
    "local_text": local_text,
    "moment": _moment,
    "short_day": _short_day,
    "telephone": telephone,
    "visible": visible,
    "visible_lines": visible_lines,
    "with_phones": _with_phones,
}
