"""A decision is downloaded at the desk and checked by anybody, on a phone without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys import acting
from tests.journeys.running_host import RunningHost, on_both_keepers
from tests.journeys.test_a_report import DESK, PHONE, WRITTEN
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]


def decided(host: RunningHost) -> str:
    """The path of a case whose report has just been decided."""
    elsa, anna = host.visitor(), host.visitor()
    elsa.log_in("elsa.exempel", "/anmal")
    acting.send_report(elsa, acting.write_report(elsa, WRITTEN))
    anna.log_in("anna.exempel", "/arbete")
    case = acting.newest_case(anna)
    acting.take(anna, case)
    acting.sign(anna, f"{case}/skyddsbedomning", acting.sample("protection_assessment")["bedomning"])
    acting.sign(anna, f"{case}/beslut", acting.sample("preliminary_assessment")["beslut"])
    return case


def downloaded(anna: Window, case: str, folder: Path) -> bytes:
    """The file that the case page gives."""
    anna.go(case)
    anna.log_in("Anna Exempel")
    with anna.page.expect_download() as coming:
        anna.page.get_by_role("button", name="Ladda ner beslutet (PDF)").click()
    assert coming.value.suggested_filename.startswith("beslut-OA-")
    coming.value.save_as(folder / "beslut.pdf")
    return (folder / "beslut.pdf").read_bytes()


def check(anybody: Window, path: Path) -> str:
    """What is said of the file."""
    anybody.go("/verifiera")
    anybody.page.set_input_files("[name='dokument']", path)
    anybody.press("Kontrollera filen")
    return anybody.text


@on_both_keepers
def test_a_decision_is_downloaded_and_anybody_sees_whether_it_is_genuine(
    browser: Browser, host: RunningHost, tmp_path: Path
) -> None:
    with (
        window(browser, host, width=DESK, scripts=True) as anna,
        window(browser, host, width=PHONE, scripts=False) as anybody,
    ):
        pdf = downloaded(anna, decided(host), tmp_path)
        files = {"genuine": pdf, "changed": pdf + b"%", "foreign": b"%PDF-1.7\n", "text": b"hej", "nothing": b""}
        for name, content in files.items():
            (tmp_path / name).write_bytes(content)

        assert "Beslutet kommer från oss" in check(anybody, tmp_path / "genuine")
        assert "Filen har ändrats" in check(anybody, tmp_path / "changed")
        assert "Vi känner inte igen det" in check(anybody, tmp_path / "foreign")
        assert "Filen är ingen PDF" in check(anybody, tmp_path / "text")
        assert "Välj filen" in check(anybody, tmp_path / "nothing")
        anybody.go("/verifiera?sprak=en")
        anybody.press("Check the code")
        assert "Enter the number" in anybody.text
