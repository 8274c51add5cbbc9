"""A decision whose maker is not named: no page and no paper that leaves the house tells the name (FL 33 §)."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.app import House, use
from shared.domain.ids import CaseId
from shared.domain.queries import CASE_TIMELINE
from tests.faults.canaries import files, hits
from tests.functions.given_out import Received, inside
from tests.functions.inbox_browser import Person, resident
from tests.functions.letter_desk import page_of
from tests.functions.reporter_browser import Reporter
from tests.functions.staff_browser import Desk, at
from tests.functions.test_start_verifiera import Asker
from tests.functions.unnamed_desk import (
    NAME,
    NUMBER,
    REASON,
    SECRET,
    UNNAMED,
    letter,
    renamed_house,
    reported,
    store_in,
)
from tests.people import ANNA, MARIA, SAMIR
from tests.records.reports import Forms
from tests.registers import FATHER, MOTHER


@pytest.fixture(params=["memory", "disk"])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    store = store_in(request.param, tmp_path)
    with use(renamed_house(store)) as opened:
        yield opened
    store.close()


def everything(house: House, case: CaseId, receipt: str, elsa: Reporter) -> Received:
    """All that the family, the reporter and anybody else is given after the decision to open an investigation."""
    got, anna, opened = Received(), Desk(house), Desk(house).case(case).continues_in
    assert opened is not None
    for at_case, kind in ((case, "decision"), (opened, "investigation_opened"), (opened, "communication")):
        for how in ("inbox", "print"):
            letter(house, at_case, kind, how)
    got.take("the post", anna.get("/arbete/utskrift/alla.pdf"))
    for number in (MOTHER, FATHER):
        received(house, number, got)
    house.caseworker.release(ANNA, case, withhold=False, submission=Forms(ANNA).new())
    for page in ("/anmal/mina", receipt, f"{receipt}.pdf", f"{receipt}/innehall"):
        got.take(f"reporter {page}", elsa.get(page))
    original = anna.get(f"{at(case)}/original/{anna.case(case).decision}")
    code = re.findall(r"[2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4}", inside(original.data))[0]
    asker = Asker(house)
    got.take("checked file", asker.file(original.data))
    got.take("checked code", asker.post(nummer=anna.case(case).reference, kod=code, med="kod"))
    return got


def received(house: House, number: str, got: Received) -> None:
    """What a guardian finds in the inbox, in both languages, as pages and papers."""
    person = Person(house, resident(house, number))
    closed = got.take(f"{number} inbox", person.get("/meddelanden"))
    for path in person.letters():
        got.take(f"{number} closed {path}", person.get(path))
        page = got.take(f"{number} {path}", person.open(path))
        got.take(f"{number} {path}.pdf", person.get(f"{path}.pdf"))
        if f"{path}/beslut.pdf" in page.text:
            got.take(f"{number} {path}/beslut.pdf", person.get(f"{path}/beslut.pdf"))
    person.pages.set_cookie("sprak", "en", domain="localhost")
    for path in person.letters():
        got.take(f"{number} {path} in English", person.get(path))
    assert closed.status_code == 200


def test_nothing_that_leaves_the_house_tells_who_decided_or_why_it_is_not_told(house: House) -> None:
    elsa = Reporter(house)
    case, receipt = reported(elsa)
    assert Desk(house).decide(case, **{**UNNAMED, "outcome": "inleda"}).status_code == 303
    got = everything(house, case, receipt, elsa)

    assert got.telling(SECRET) == {}
    left_out = [what for what, said in got.found.items() if "Namnet är utelämnat (33" in said.replace("\n", " ")]
    assert len([what for what in left_out if what.endswith("beslut.pdf")]) == 2
    assert len([what for what in left_out if re.fullmatch(r"\d{12} /meddelanden/[0-9a-f]{32}", what)]) == 4
    assert "the post" in left_out


def test_the_same_search_finds_the_name_where_it_was_not_left_out(house: House) -> None:
    elsa = Reporter(house)
    case, receipt = reported(elsa)
    Desk(house).decide(case, outcome="inleda")
    found = everything(house, case, receipt, elsa).telling(["Vindela"])

    assert sum(what.endswith("beslut.pdf") for what in found) == 2
    assert sum(what.endswith(".pdf") for what in found) == 2 + 6
    assert "the post" in found


def test_the_reason_lies_open_nowhere_and_no_line_of_the_log_holds_it(
    house: House, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    case, _ = reported(Reporter(house))
    Desk(house).decide(case, **UNNAMED)
    kept_open = "\n".join(map(repr, getattr(house.store._store, "_documents", {}).items()))  # type: ignore[attr-defined]
    on_disk = b"".join(files(tmp_path).values())

    assert "decisions" in kept_open or b"decisions" in on_disk
    assert hits([REASON, "name_stands"], kept_open.encode() + on_disk) == []
    assert hits([REASON, NAME], "".join(capfd.readouterr()).encode()) == []


def test_staff_read_who_decided_and_why_and_that_the_original_does_not_say(house: House) -> None:
    case, _ = reported(Reporter(house))
    Desk(house).decide(case, **UNNAMED)
    samir = Desk(house, SAMIR)
    signed, events = samir.get(f"{at(case)}/bedomningar").text, samir.get(at(case)).text

    assert NAME in signed
    assert REASON in signed
    assert NAME in events
    for page in (signed, events):
        assert "Namnet på den som beslutade står inte i originalet" in page
    (entry, *_) = house.store.query(CASE_TIMELINE, {"case": case}, limit=1).documents
    assert entry.fields["actor"] == "anna.exempel"


def test_a_letter_is_read_through_as_it_will_be_read_with_the_units_phone(house: House) -> None:
    case, _ = reported(Reporter(house))
    anna = Desk(house)
    anna.decide(case, **UNNAMED)
    assert NUMBER not in anna.get(page_of(case, "decision")).text
    shown, _ = letter(house, case, "decision", "inbox")

    assert [one for one in SECRET if one in shown] == []
    assert "Socialsekreterare på Mottagningen barn och unga" in shown
    assert "Namnet är utelämnat (33\N{NO-BREAK SPACE}§ förvaltningslagen" in shown
    assert "031-390 06 01" in shown


def test_a_colleague_who_sends_such_a_decision_is_not_named_either_but_in_other_letters(house: House) -> None:
    case, _ = reported(Reporter(house))
    Desk(house).decide(case, **{**UNNAMED, "outcome": "inleda"})
    opened = Desk(house).case(case).continues_in
    assert opened is not None
    house.caseworker.assign(MARIA, opened, house.municipality.staff[SAMIR.staff], Forms(MARIA).new())  # type: ignore[index]
    samir = Desk(house, SAMIR)

    told, _ = letter(house, opened, "investigation_opened", "inbox", samir)
    other, _ = letter(house, opened, "communication", "inbox", samir)
    assert "Samir" not in told
    assert "Namnet är utelämnat (33" in told
    assert "Samir Exempel" in other
