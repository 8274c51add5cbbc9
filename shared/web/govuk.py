"""The parameters that govuk's macros share, built once, so that no page shows an English default."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, Final

from markupsafe import Markup

from shared.domain.numbers import whole_number
from shared.web.texts import gettext as _
from shared.web.texts import language

_CAPTION: Final = Markup('<span class="govuk-caption-l">{}</span>{}')
_OPTIONAL: Final = Markup('{} <span class="tf-optional">{}</span>')

Params = dict[str, Any]


def label(
    text: str, *, page: bool = False, caption: str | None = None, optional: bool = False, said: bool = False
) -> Params:
    """A field's label; `page` makes it the page's h1, `caption` stands small above it.

    When the h1 has `said` the very same words already, only those who can not see the page get them again.
    """
    html = _titled(text, caption, optional=optional)
    classes = "govuk-label--l" if page else "govuk-visually-hidden" if said else ""
    return {"html": html, "classes": classes, "isPageHeading": page}


def legend(
    text: str, *, page: bool = False, caption: str | None = None, optional: bool = False, size: str | None = None
) -> Params:
    """The fieldset of a group with its legend; `size` s, m or l (l for a page)."""
    classes = f"govuk-fieldset__legend--{size or ('l' if page else 's')}"
    return {"legend": {"html": _titled(text, caption, optional=optional), "classes": classes, "isPageHeading": page}}


def hint(text: str | None) -> Params | None:
    """The help above a field; markup of ours, such as a phone link, stays markup."""
    return {"html" if isinstance(text, Markup) else "text": text} if text else None


def error(text: str | None) -> Params | None:
    """The problem at a field."""
    return {"text": text, "visuallyHiddenText": _("Fel")} if text else None


def choices(options: Sequence[Mapping[str, Any]], chosen: str | Collection[str]) -> list[Params]:
    """Options {value, text, hint?} or {divider} as items; `chosen` is one value or several."""
    picked = {chosen} if isinstance(chosen, str) else set(chosen)
    return [_choice(option, picked) for option in options]


def counting(limit: int) -> Params:
    """The words of the character count under a long text."""
    return {
        "maxlength": limit,
        "textareaDescriptionText": _("Du kan skriva högst %(limit)s tecken.", limit=whole_number(limit, language())),
        "charactersUnderLimitText": {"one": _("%{count} tecken kvar"), "other": _("%{count} tecken kvar")},
        "charactersAtLimitText": _("Inga tecken kvar"),
        "charactersOverLimitText": {
            "one": _("Texten är lite för lång. Ta bort %{count} tecken."),
            "other": _("Texten är lite för lång. Ta bort %{count} tecken."),
        },
    }


def _titled(text: str, caption: str | None, *, optional: bool) -> Markup | str:
    words = _OPTIONAL.format(text, _("(valfritt)")) if optional else text
    return _CAPTION.format(caption, words) if caption else Markup("{}").format(words)


def _choice(option: Mapping[str, Any], picked: set[str]) -> Params:
    if "divider" in option:
        return {"divider": option["divider"]}
    return {
        "value": option["value"],
        "text": option["text"],
        "checked": option["value"] in picked,
        "selected": option["value"] in picked,
        "hint": hint(option.get("hint")),
    }
