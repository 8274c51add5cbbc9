"""A file sent through power cuts comes whole, costs at most one part each time, and never lies in clear."""

import sqlite3
from pathlib import Path
from random import Random  # noqa: TID251 - accidents by a seed, so that they can be repeated

import pytest

from shared.domain.received_files import LARGEST_FILE
from tests.crash.uploading import Phone, send_through_cuts
from tests.faults.canaries import files, hits
from tests.journeys.acting import newest_case, send_report
from tests.journeys.running_host import RunningHost

WORD, NAME = "Kanariefagel91q", "Kanariefagel92q"
CUTS = 3


@pytest.fixture
def host(tmp_path: Path) -> RunningHost:
    return RunningHost(tmp_path)


def large(chance: Random) -> bytes:
    """As large as a file may be, with a word of its own in each of its parts."""
    step = 256 * 1024
    pieces = [chance.randbytes(step - len(WORD)) + WORD.encode() for _ in range(LARGEST_FILE // step)]
    return b"PK\x03\x04" + b"".join(pieces)[4:]


def uploads(host: RunningHost) -> int:
    connection = sqlite3.connect(host.data / "store.db")
    try:
        return int(connection.execute("SELECT count(*) FROM documents WHERE collection = 'uploads'").fetchone()[0])
    finally:
        connection.close()


@pytest.mark.slow
@pytest.mark.timeout(240)
def test_twenty_megabytes_come_whole_through_three_power_cuts(host: RunningHost) -> None:
    chance = Random(18)
    content = large(chance)
    host.start()
    try:
        phone = Phone(host, content, f"{NAME}.zip")
        send_through_cuts(phone, CUTS, chance)
        again = {number: times for number, times in phone.sent.items() if times > 1}
        assert len(phone.sent) == 20
        assert (len(again) <= CUTS, max(phone.sent.values()) <= 2) == (True, True), again
        unopened = files(host.data)
        _describe(phone)
        send_report(phone.pages, phone.draft)
        anna = host.visitor()
        anna.log_in("anna.exempel", "/arbete")
        page = anna.get(f"{newest_case(anna)}/anmalan")
        link = page.text.partition("/bilagor/")[2].partition('"')[0]
        assert anna.get(f"{newest_case(anna)}/bilagor/{link}").body == content
    finally:
        host.stop()
    for place in (unopened, files(host.data), {"log": host.said.read_bytes()}):
        assert {name: found for name, body in place.items() if (found := hits([WORD, NAME], body))} == {}
    assert uploads(host) == 0
    assert sum(1 for path in (host.data / "files").rglob("*") if path.is_file()) == 1


def _describe(phone: Phone) -> None:
    for slug, answers in (("vem", {"child_given_name": "Kim"}), ("beskriv", {"concern_description": "Se bilagan."})):
        page = phone.pages.get(f"{phone.draft}/{slug}")
        assert phone.pages.submit(page, f"{phone.draft}/{slug}", **answers).status == 303
