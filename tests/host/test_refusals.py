"""What stands in the way of a start is one clear line and exit code 2."""

import socket
from pathlib import Path

import pytest

from shared.adapters.data_folder import DataFolder
from shared.settings import EXAMPLE, Settings, Stage
from tests.host.running import DEMO, refused, running
from tests.loopback import free_port

pytestmark = pytest.mark.slow

PRODUCTION = {"TROSKELFRI_STAGE": "production", "TROSKELFRI_ORIGIN": "https://example.se"}


def production(folder: Path) -> dict[str, str]:
    """The settings of a municipality that has written its own file."""
    own = folder / "kommunen.toml"
    own.write_bytes(EXAMPLE.read_bytes())
    return {**PRODUCTION, "TROSKELFRI_MUNICIPALITY": str(own)}


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        assert refused("--port", str(port), "--data", str(tmp_path)) == (
            2,
            f"Port {port} is not free; choose another with --port.\n",
        )


def test_a_second_server_on_the_same_data_folder_and_the_first_goes_on(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        code, said = refused("--port", str(free_port()), "--data", str(tmp_path))

        assert (code, said.count("\n"), "already in use" in said) == (2, 1, True)
        assert first.ask("/").status == 200


def test_a_reset_of_a_data_folder_that_somebody_uses(tmp_path: Path) -> None:
    with running(tmp_path) as first:
        code, said = refused("--port", str(free_port()), "--data", str(tmp_path), "--reset")

        assert (code, said.count("\n"), "already in use" in said) == (2, 1, True)
        assert first.ask("/halsa/redo").status == 200


def test_a_data_folder_of_the_other_stage(tmp_path: Path) -> None:
    DataFolder(tmp_path, Stage.PRODUCTION, Settings().tenant).close()
    code, said = refused("--port", str(free_port()), "--data", str(tmp_path))

    assert (code, said.count("\n"), "belongs to 'production" in said) == (2, 1, True)


def test_production_without_its_master_key(tmp_path: Path) -> None:
    code, said = refused("--port", str(free_port()), "--data", str(tmp_path / "var"), env=production(tmp_path))

    assert (code, said.count("\n"), "master key" in said) == (2, 1, True)


def test_emptying_production(tmp_path: Path) -> None:
    code, said = refused(
        "--port", str(free_port()), "--data", str(tmp_path / "var"), "--reset", env=production(tmp_path)
    )

    assert (code, said.count("\n"), "--reset" in said) == (2, 1, True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"TROSKELFRI_STAGE": "test"},
        {"TROSKELFRI_STAGE": "demo", "TROSKELFRI_ORIGIN": "http://example.se"},
        {**PRODUCTION, "TROSKELFRI_ORIGIN": "http://example.se"},
        PRODUCTION,
        {**DEMO, "TROSKELFRI_KEEPERS": "cloud"},
        {**DEMO, "TROSKELFRI_MUNICIPALITY": "/no/such/file.toml"},
    ],
    ids=["stage", "demo for others", "production in the clear", "nobody's production", "keepers", "municipality"],
)
def test_settings_that_cannot_be(tmp_path: Path, wrong: dict[str, str]) -> None:
    code, said = refused("--port", str(free_port()), "--data", str(tmp_path), env=wrong)

    assert (code, said.count("\n")) == (2, 1)
