"""Swedish first, English as well, and every text in both."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import read_mo

from shared.settings import ROOT
from shared.web import locale_build
from shared.web.locale_build import is_translated
from shared.web.texts import local_text
from tests.web.fake_house import ORIGIN
from tests.web.pages_for_tests import Visitor


def test_pages_are_swedish_until_somebody_chooses() -> None:
    page = Visitor().get("/", **{"Accept-Language": "en"}).text
    assert '<html lang="sv"' in page
    assert "Hoppa till innehållet" in page


def test_a_chosen_language_is_remembered_on_the_same_page() -> None:
    visitor = Visitor()
    assert visitor.get("/anmal/1?steg=2&sprak=en&x=%C3%A5").headers["Location"] == "/anmal/1?steg=2&x=%C3%A5"
    page = visitor.get("/").text
    assert '<html lang="en"' in page
    assert "Skip to main content" in page


def test_opening_hours_in_the_municipalitys_words_stay_on_one_line() -> None:
    dash = "\N{WORD JOINER}\N{EN DASH}\N{WORD JOINER}"
    assert local_text({"sv": "Vardagar 8\N{EN DASH}16"}) == f"Vardagar 8{dash}16"
    assert local_text({"sv": "8 am\N{EN DASH}4 pm"}) == f"8\N{NO-BREAK SPACE}am{dash}4\N{NO-BREAK SPACE}pm"


def test_an_unknown_language_changes_nothing() -> None:
    visitor = Visitor()
    visitor.get("/?sprak=xx")
    assert '<html lang="sv"' in visitor.get("/").text


def test_choosing_a_language_never_leads_to_another_site() -> None:
    answer = Visitor().client.get("//evil.example/?sprak=en", base_url=ORIGIN)
    assert not answer.headers.get("Location", "/").startswith("//")


def test_the_link_to_the_other_language_says_so_in_that_language() -> None:
    assert '<a class="tf-top__link" lang="en" dir="ltr" hreflang="en" href="?sprak=en">' in Visitor().get("/").text


def test_every_text_of_the_product_has_an_english_translation() -> None:
    assert locale_build.untranslated(locale_build.updated("en")) == []


def test_the_compiled_catalogue_is_the_written_one() -> None:
    with locale_build.po_path("en").with_suffix(".mo").open("rb") as compiled:
        read = translations(read_mo(compiled))
    written = translations(locale_build.stored("en"))
    assert {text: read.get(text) for text in written} == written


def translations(catalogue: Catalog) -> dict[str, str]:
    return {forms(one.id): forms(one.string) for one in catalogue if one.id and is_translated(one)}


def forms(text: object) -> str:
    return text if isinstance(text, str) else " | ".join(text) if isinstance(text, tuple | list) else ""


def test_placeholders_survive_translation() -> None:
    holes = re.compile(r"%\(\w+\)s|%\{\w+\}")
    for message in locale_build.updated("en"):
        if isinstance(message.id, str) and message.string:
            assert sorted(holes.findall(message.id)) == sorted(holes.findall(str(message.string)))


def templates() -> list[Path]:
    return sorted(path for room in ("functions", "shared") for path in (ROOT / room).glob("**/templates/**/*.html"))


@pytest.mark.parametrize("path", templates(), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_no_template_switches_escaping_off_or_runs_inline(path: Path) -> None:
    source = path.read_text()
    assert not re.search(r"\|\s*safe\b|autoescape|<style|\sstyle=|\son\w+=|javascript:", source)
    assert not re.search(r"<script(?![^>]*\bsrc=)", source)
