"""The server of one machine over the keepers of the cloud, at stage demo: it begins again, and says why it cannot."""

import json
from pathlib import Path

import pytest

from shared.settings import ROOT
from tests.cloud.test_settings import CLOUD
from tests.emulator import Emulator
from tests.host.running import refused
from tests.journeys import acting
from tests.journeys.running_host import RunningHost
from tests.loopback import free_port

pytestmark = [pytest.mark.slow]

WRITTEN: dict[str, acting.Fields] = {
    "vem": {"child_given_name": "Nova", "child_person_id": "880420-2383"},
    "beskriv": {"concern_description": "Nova är hungrig varje morgon."},
}


@pytest.mark.emulator
def test_beginning_again_forgets_what_the_emulator_holds(emulator: Emulator, tmp_path: Path) -> None:
    host = RunningHost(tmp_path, firestore=emulator.database(str(tmp_path)))
    host.start()
    try:
        school = host.visitor()
        school.log_in("elsa.exempel", "/anmal")
        acting.send_report(school, acting.write_report(school, WRITTEN))
        room = host.visitor()
        room.submit(room.get("/lokal/borja-om"), "/lokal/borja-om")
        desk = host.visitor()
        desk.log_in("anna.exempel", "/arbete")

        assert "/arbete/arende/" not in desk.get("/arbete/ko").text
        school = host.visitor()
        school.log_in("elsa.exempel", "/anmal")
        acting.send_report(school, acting.write_report(school, WRITTEN))
        assert acting.newest_case(desk)
    finally:
        host.stop()


def test_without_the_emulator_the_server_says_so_in_one_line(tmp_path: Path) -> None:
    port = free_port()
    nowhere = {
        "TROSKELFRI_STAGE": "demo",
        "TROSKELFRI_KEEPERS": "cloud",
        "FIRESTORE_EMULATOR_HOST": f"127.0.0.1:{free_port()}",
    }

    code, said = refused("--port", str(port), "--data", str(tmp_path / "var"), env=nowhere)

    assert (code, said) == (2, "The store did not answer in time.\n")


def test_in_production_the_server_needs_an_account_and_says_so_in_one_line(tmp_path: Path) -> None:
    municipality = tmp_path / "kommun.toml"
    municipality.write_text((ROOT / "shared" / "demo" / "exempelkommun.toml").read_text("utf-8"), "utf-8")
    account = tmp_path / "no-account.json"
    account.write_text(json.dumps({"type": "nothing"}), "utf-8")
    settings = {
        **CLOUD,
        "TROSKELFRI_MUNICIPALITY": str(municipality),
        "GOOGLE_APPLICATION_CREDENTIALS": str(account),
    }

    code, said = refused("--port", str(free_port()), env=settings)

    assert code == 2
    assert said == "There is no service account here by which Google Cloud could know this process.\n"
