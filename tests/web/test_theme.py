"""A municipality's colours, refused when somebody could not read them."""

import tomllib

import pytest

from shared.settings import EXAMPLE
from shared.web.theme import BadTheme, contrast, theme_css, theme_problems
from tests.web.fake_house import THEME

WINE = {
    "brand": "#7a1f3d",
    "brand_deep": "#4d1024",
    "brand_soft": "#f6e8ea",
    "page": "#f8f5f1",
    "line": "#e0d5d2",
    "lamp": "#f0b74a",
}
BLUE = {**THEME, "brand": "#0b4a8f", "brand_deep": "#08305e", "brand_soft": "#e4edf7", "page": "#f5f7fa"}


@pytest.mark.parametrize("theme", [THEME, WINE, BLUE])
def test_a_palette_that_can_be_read_becomes_a_stylesheet(theme: dict[str, str]) -> None:
    assert f"--tf-brand:{theme['brand']}" in theme_css(theme)


def test_the_palette_of_the_municipality_file_can_be_read() -> None:
    assert theme_problems(tomllib.loads(EXAMPLE.read_text("utf-8"))["theme"]) == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"brand": "#8fc7c9"}, "brand on page"),
        ({"brand": "#767676"}, "brand on brand_soft"),
        ({"brand_deep": "#9a9a9a"}, "white on brand_deep"),
        ({"page": "#8a8a8a"}, "quiet on page"),
        ({"brand_soft": "#5f9ea0"}, "quiet on brand_soft"),
        ({"page": "#a8a8a8"}, "edge on page"),
        ({"lamp": "#0a3a40"}, "lamp on brand_deep"),
        ({"brand": "red"}, "brand must be #rrggbb"),
        ({"brand": "#0F4C52;}body{display:none"}, "brand must be #rrggbb"),
        ({"logo": "#000000"}, "logo is not a colour"),
    ],
)
def test_a_palette_that_somebody_could_not_read_is_refused(change: dict[str, str], complaint: str) -> None:
    with pytest.raises(BadTheme, match=complaint):
        theme_css({**THEME, **change})


def test_a_missing_colour_is_refused() -> None:
    assert theme_problems({name: colour for name, colour in THEME.items() if name != "lamp"}) == [
        "lamp must be #rrggbb"
    ]


def test_contrast_is_counted_as_the_guidelines_do() -> None:
    assert round(contrast("#000000", "#ffffff"), 2) == 21
    assert round(contrast("#767676", "#ffffff"), 2) == 4.54
