"""A file sent through power cuts comes whole, costs at most one part each time, and never lies in clear."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from random import Random  # noqa: TID251 - accidents by a seed, so that they can be repeated

import pytest

from shared.app import open_house
from shared.domain.ids import CaseId, ItemId
from shared.domain.received_files import LARGEST_FILE
from shared.domain.uploads import PART
from tests.crash import matters
from tests.crash.uploading import Phone, cut_at_its_end, send_through_cuts
from tests.faults.canaries import files, hits
from tests.journeys.acting import newest_case, send_report
from tests.journeys.running_host import RunningHost
from tests.journeys.visitor import Answer, Visitor
from tests.people import ANNA

WORD, NAME = "Kanariefagel91q", "Kanariefagel92q"
CUTS = 3


@pytest.fixture
def host(tmp_path: Path) -> RunningHost:
    return RunningHost(tmp_path)


def large(chance: Random, size: int) -> bytes:
    """A file of that size, with a word of its own in each of its parts."""
    step = 256 * 1024
    pieces = [chance.randbytes(step - len(WORD)) + WORD.encode() for _ in range(size // step)]
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
    content = large(chance, LARGEST_FILE)
    host.start()
    try:
        pages = host.visitor()
        begun = pages.follow(pages.submit(pages.log_in("elsa.exempel", "/anmal"), "/anmal/utkast"))
        draft = begun.path.rpartition("/")[0]
        phone = Phone(host, pages, f"{draft}/bilagor", content, f"{NAME}.zip")
        send_through_cuts(phone, CUTS, chance)
        again = {number: times for number, times in phone.sent.items() if times > 1}
        assert len(phone.sent) == 20
        assert (len(again) <= CUTS, max(phone.sent.values()) <= 2) == (True, True), again
        unopened = files(host.data)
        _describe(pages, draft)
        send_report(pages, draft)
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


def _describe(pages: Visitor, draft: str) -> None:
    for slug, answers in (("vem", {"child_given_name": "Kim"}), ("beskriv", {"concern_description": "Se bilagan."})):
        page = pages.get(f"{draft}/{slug}")
        assert pages.submit(page, f"{draft}/{slug}", **answers).status == 303


# ── To what staff have asked for, and to the own file ─────────────────────────────────────────────────────────────────


def asked_of_sara(host: RunningHost) -> tuple[CaseId, ItemId, str]:
    """Sara's case, what she is asked for in it, and an item of that; her own file is open to her."""
    house = open_house(host.settings)
    case = matters.taken_on(house, matters.send(house, matters.application(house, "")))
    supplement = matters.asked(house, case)
    found = house.own_supplements.open(matters.sara(house), supplement)
    house.close()
    assert found is not None
    return case, supplement, found.supplement.items[0].id


def to_the_supplement(pages: Visitor, supplement: ItemId, item: str) -> str:
    return f"/ansok/komplettering/utkast/{supplement}/{item}"


def to_the_own_file(pages: Visitor, _supplement: ItemId, _item: str) -> str:
    page = pages.follow(pages.submit(pages.get("/journal"), "/journal/lagg-till"))
    answered = pages.submit(page, None, text="Här är mitt intyg.", answer="no")
    assert answered.status == 303, answered.text
    return f"{page.path.rpartition('/')[0]}/bilagor"


@pytest.mark.slow
@pytest.mark.timeout(240)
@pytest.mark.parametrize("way", [to_the_supplement, to_the_own_file])
def test_a_file_for_a_case_comes_whole_through_cuts_at_its_parts_and_at_its_end(
    host: RunningHost, way: Callable[[Visitor, ItemId, str], str]
) -> None:
    chance = Random(19)
    one, other = large(chance, 4 * PART), large(chance, 3 * PART)
    case, supplement, item = asked_of_sara(host)
    host.start()
    try:
        pages = host.visitor()
        pages.log_in("sara.almexempel", "/mina")
        question = way(pages, supplement, item)
        phone = Phone(host, pages, question, one, f"{NAME}.zip")
        send_through_cuts(phone, 2, chance)
        assert max(phone.sent.values()) <= 2, "a cut costs one part at most"
        cut_at_its_end(Phone(host, pages, question, other, f"{NAME}-2.zip"), chance)
        unopened = files(host.data)
        assert pages.follow(_sent(pages, question, supplement)).status == 200
    finally:
        host.stop()
    for place in (unopened, {"log": host.said.read_bytes()}):
        assert {name: found for name, body in place.items() if (found := hits([WORD, NAME], body))} == {}
    assert kept(host, case) == {f"{NAME}.zip": one, f"{NAME}-2.zip": other}
    assert uploads(host) == 0
    assert sum(1 for path in (host.data / "files").rglob("*") if path.is_file()) == 3  # with that of the application


def _sent(pages: Visitor, question: str, supplement: ItemId) -> Answer:
    if question.startswith("/journal"):
        draft = question.rpartition("/")[0]
        return pages.submit(pages.get(f"{draft}/kontrollera"), f"{draft}/skicka")
    here = f"/ansok/komplettering/{supplement}"
    return pages.submit(pages.get(here), here)


def kept(host: RunningHost, case: CaseId) -> dict[str, bytes]:
    """What the case holds under names of ours, as staff get it."""
    house = open_house(host.settings)
    found = {}
    for one in house.attachments.of(case):
        given = house.case_attachments.give(ANNA, case, one.id)
        assert given is not None
        found[one.file.name] = b"".join(given.content)
    house.close()
    return {name: content for name, content in found.items() if name.startswith(NAME)}
