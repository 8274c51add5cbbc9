"""The addresses of a draft lead to its questions and items, and back to the check from where they were opened."""

from shared.formkit.definition import Problem
from shared.web.form_paths import FormPaths
from tests.formkit.test_items import FORM

TEXT = {"sv": "Skriv", "en": "Write"}
STEP = FORM.steps[1]


def test_every_page_of_a_draft_has_its_address() -> None:
    paths = FormPaths("/ansok/utkast/1")

    assert (paths.parts, paths.check) == ("/ansok/utkast/1/delar", "/ansok/utkast/1/kontrollera")
    assert paths.step("barn") == "/ansok/utkast/1/barn"
    assert paths.step("barn", "name") == "/ansok/utkast/1/barn#name"
    assert paths.item("barn", "aaaaaaaa") == "/ansok/utkast/1/barn/aaaaaaaa"
    assert paths.new("barn") == "/ansok/utkast/1/barn/ny"
    assert paths.remove("barn", "aaaaaaaa") == "/ansok/utkast/1/barn/aaaaaaaa/ta-bort"


def test_from_the_check_every_address_leads_back_there() -> None:
    paths = FormPaths("/x", checking=True)

    assert paths.step("barn", "name") == "/x/barn?till=kontrollera#name"
    assert paths.new("barn") == "/x/barn/ny?till=kontrollera"
    assert paths.check == "/x/kontrollera"


def test_a_problem_leads_to_the_page_that_has_it() -> None:
    paths = FormPaths("/x")

    assert paths.to(STEP, Problem("children", "kids", "name", "missing", TEXT, "aaaaaaaa")) == (
        "/x/children/aaaaaaaa#name"
    )
    assert paths.to(STEP, Problem("children", "kids", "kids", "missing", TEXT)) == "/x/children#kids"
