"""A municipality's six colours: turned into a stylesheet, or refused when somebody could not read it."""

import re
from collections.abc import Mapping
from typing import Final

VARIABLES: Final = {
    "brand": "--tf-brand",
    "brand_deep": "--tf-brand-deep",
    "brand_soft": "--tf-brand-soft",
    "page": "--tf-page",
    "line": "--tf-line",
    "lamp": "--tf-lamp",
}
WHITE: Final = "#ffffff"
QUIET: Final = "#57524a"
EDGE: Final = "#6b655c"
INK: Final = "#26282a"
TEXT_CONTRAST: Final = 4.5
"""WCAG 2.2, 1.4.3."""
SHAPE_CONTRAST: Final = 3.0
"""WCAG 2.2, 1.4.11."""
_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_LINEAR_BELOW: Final = 0.04045


class BadTheme(Exception):
    """A palette somebody could not read; the message names each pair of colours and its contrast."""


def theme_css(theme: Mapping[str, str]) -> str:
    """The stylesheet of a palette {brand, brand_deep, brand_soft, page, line, lamp} of `#rrggbb` colours.

    Raises `BadTheme` when a colour is missing, unknown or malformed, or a contrast is too low.
    """
    problems = theme_problems(theme)
    if problems:
        raise BadTheme("; ".join(problems))
    return ":root{" + ";".join(f"{VARIABLES[name]}:{theme[name]}" for name in VARIABLES) + "}"


def theme_problems(theme: Mapping[str, str]) -> list[str]:
    """What is wrong with the palette, one sentence each; empty when it can be used."""
    wrong = [f"{name} is not a colour of the palette" for name in sorted(set(theme) - set(VARIABLES))]
    wrong += [f"{name} must be #rrggbb" for name in VARIABLES if not _COLOUR.fullmatch(theme.get(name, ""))]
    return wrong or _too_weak(theme)


def _too_weak(theme: Mapping[str, str]) -> list[str]:
    colours = {**theme, "white": WHITE, "quiet": QUIET, "edge": EDGE, "ink": INK}
    pairs = [
        ("brand", "page", TEXT_CONTRAST),
        ("brand", "white", TEXT_CONTRAST),
        ("brand", "brand_soft", TEXT_CONTRAST),
        ("white", "brand_deep", TEXT_CONTRAST),
        ("ink", "page", TEXT_CONTRAST),
        ("ink", "brand_soft", TEXT_CONTRAST),
        ("quiet", "page", TEXT_CONTRAST),
        ("quiet", "brand_soft", TEXT_CONTRAST),
        ("edge", "page", SHAPE_CONTRAST),
        ("lamp", "brand_deep", SHAPE_CONTRAST),
    ]
    return [
        f"{front} on {ground} has contrast {found:.2f}, needs {least}"
        for front, ground, least in pairs
        if (found := contrast(colours[front], colours[ground])) < least
    ]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two `#rrggbb` colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= _LINEAR_BELOW else ((channel + 0.055) / 1.055) ** 2.4
