"""Two photographs and a document reach the caseworker, who saves them: with scripts and without."""

from io import BytesIO
from pathlib import Path
from typing import Final

import pikepdf
import pytest
from PIL import Image
from playwright.sync_api import Browser

from tests.journeys.running_host import RunningHost, on_both_keepers
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

PHONE, DESK = 360, 1280
KEPT: Final = ["rum.jpg", "teckning.jpg", "frånvaro.pdf"]


@pytest.fixture
def papers(tmp_path: Path) -> list[Path]:
    """A photograph of some megabytes, a drawing, a document, and a file that is not received."""
    Image.effect_noise((3000, 2000), 80).convert("RGB").save(tmp_path / "rum.jpg", quality=85)
    Image.new("RGB", (300, 200), (220, 180, 30)).save(tmp_path / "teckning.png")
    made, into = pikepdf.new(), BytesIO()
    made.add_blank_page()
    made.save(into)
    (tmp_path / "frånvaro.pdf").write_bytes(into.getvalue())
    (tmp_path / "spel.exe").write_bytes(b"MZ")
    return [tmp_path / name for name in ("rum.jpg", "teckning.png", "frånvaro.pdf", "spel.exe")]


def report(elsa: Window, papers: list[Path], *, scripts: bool) -> None:
    """A report with files, one of which is refused."""
    elsa.go("/anmal")
    elsa.press("Logga in och börja")
    elsa.log_in("Elsa Exempel")
    elsa.press("Börja en ny anmälan")
    draft = elsa.path.rpartition("/")[0]
    for slug, name, text in (("vem", "child_given_name", "Nova"), ("beskriv", "concern_description", "Se bilderna.")):
        elsa.go(f"{draft}/{slug}")
        elsa.write(name, text)
        elsa.press("Fortsätt")
    elsa.go(f"{draft}/bilagor")
    attach(elsa, papers, scripts=scripts)
    assert listed(elsa) == KEPT
    elsa.press("Fortsätt")
    elsa.go(f"{draft}/kontrollera")
    assert all(name in elsa.text for name in KEPT)
    elsa.choose("confirm", "yes")
    elsa.press("Skicka anmälan")
    elsa.press("Läs det du skickade")
    assert all(name in elsa.text for name in KEPT)


def attach(elsa: Window, papers: list[Path], *, scripts: bool) -> None:
    elsa.page.set_input_files("#filer", papers)
    if scripts:
        elsa.page.locator(".govuk-error-message").wait_for(timeout=60_000)
        elsa.look()
    else:
        elsa.press("Ladda upp")
        assert elsa.page.title().startswith("Fel:")
    assert "”spel.exe” är en sorts fil som vi inte tar emot" in elsa.text


def listed(window: Window) -> list[str]:
    return window.page.locator(".tf-file__name").all_inner_texts()


def read(anna: Window) -> None:
    """The caseworker saves every file."""
    anna.go("/arbete")
    anna.log_in("Anna Exempel")
    anna.page.locator("a[href^='/arbete/arende/']").first.click()
    anna.go(f"{anna.path}/anmalan")
    assert listed(anna) == KEPT
    starts = []
    for name in KEPT:
        with anna.page.expect_download() as saved:
            anna.page.get_by_role("link", name=name).click()
        assert saved.value.suggested_filename == name
        starts.append(saved.value.path().read_bytes()[:3])
    assert starts == [b"\xff\xd8\xff", b"\xff\xd8\xff", b"%PD"]


@on_both_keepers
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_photographs_and_a_document_reach_the_caseworker(
    browser: Browser, host: RunningHost, papers: list[Path], scripts: bool
) -> None:
    with window(browser, host, width=PHONE, scripts=scripts) as elsa:
        report(elsa, papers, scripts=scripts)
    with window(browser, host, width=DESK, scripts=scripts) as anna:
        read(anna)


def test_a_line_that_breaks_is_taken_up_again_by_the_page(
    browser: Browser, host: RunningHost, papers: list[Path]
) -> None:
    with window(browser, host, width=PHONE, scripts=True) as elsa:
        elsa.go("/anmal")
        elsa.press("Logga in och börja")
        elsa.log_in("Elsa Exempel")
        elsa.press("Börja en ny anmälan")
        elsa.go(f"{elsa.path.rpartition('/')[0]}/bilagor")
        broken: list[str] = []
        sent: list[str] = []

        def line(route: object) -> None:
            address = route.request.url  # type: ignore[attr-defined]
            if route.request.method == "PUT":  # type: ignore[attr-defined]
                sent.append(address)
                if len(broken) < 3 and address not in broken:
                    broken.append(address)
                    route.abort("connectionreset")  # type: ignore[attr-defined]
                    return
            route.continue_()  # type: ignore[attr-defined]

        elsa.page.route("**/delar/**", line)
        elsa.page.set_input_files("#filer", papers[0])
        elsa.page.locator(".tf-file__name").first.wait_for(timeout=60_000)

        assert listed(elsa) == ["rum.jpg"]
        assert len(broken) == 3
        assert len(sent) == len(set(sent)) + 3
        elsa.faults = [one for one in elsa.faults if "ERR_CONNECTION_RESET" not in one]
