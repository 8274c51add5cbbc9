"""Which scanner an installation has: clamd where it is told, a stand-in to practise with, or nobody and files wait."""

from dataclasses import replace

import pytest

from shared.adapters.absent_scanner import AbsentScanner
from shared.adapters.clamd_scanner import ClamdScanner
from shared.adapters.practice_scanner import PracticeScanner
from shared.app import assemble
from shared.domain.received_files import Verdict
from shared.ports.files import Scanner
from shared.settings import BadSettings, Settings, Stage, read
from tests.houses import DEMO, kept

PRODUCTION = replace(DEMO, stage=Stage.PRODUCTION, origin="https://localhost")


@pytest.mark.parametrize(
    ("settings", "kind"),
    [
        (DEMO, PracticeScanner),
        (PRODUCTION, AbsentScanner),
        (replace(PRODUCTION, scanner="tcp://127.0.0.1:3310"), ClamdScanner),
        (replace(DEMO, scanner="unix:///run/clamd.sock"), ClamdScanner),
    ],
)
def test_the_settings_say_who_looks_at_files(settings: Settings, kind: type[Scanner]) -> None:
    assert isinstance(assemble(settings, kept()).scanner, kind)


def test_the_stand_in_knows_the_test_file_of_all_scanners_and_no_other() -> None:
    test_file = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"

    assert PracticeScanner().scan(b"PK\x03\x04" + test_file) is Verdict.INFECTED
    assert PracticeScanner().scan(b"PK\x03\x04 papper") is Verdict.CLEAN


def test_without_a_scanner_nothing_is_ever_called_clean() -> None:
    assert AbsentScanner().scan(b"papper") is Verdict.UNKNOWN


@pytest.mark.parametrize("address", ["127.0.0.1:3310", "http://clamd", "tcp://clamd", "unix://clamd.sock"])
def test_an_address_that_is_none_is_refused_at_the_start(address: str) -> None:
    with pytest.raises(BadSettings, match="TROSKELFRI_SCANNER"):
        read({"TROSKELFRI_STAGE": "demo", "TROSKELFRI_ORIGIN": "http://localhost:1", "TROSKELFRI_SCANNER": address})
