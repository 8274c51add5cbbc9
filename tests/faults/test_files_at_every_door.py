"""Files at every service that takes some, as no browser of ours sends them: cut off, doubled, wrong, unscanned."""

import html
import re
from collections.abc import Callable
from typing import Final

import pikepdf
import pytest

from shared.domain.received_files import Verdict
from shared.ports.store import Unavailable
from tests.access.routes import Route
from tests.faults.doors import DOORS, FORMS, LARGE, NAME, Door, chosen, door, part
from tests.faults.posting import named, sender
from tests.functions.file_pages import names, pdf, photo, pixel_bomb
from tests.journeys.town import Town, town
from tests.records.papers import ToldScanner, packed

each_door = pytest.mark.parametrize("route", DOORS, ids=named)
each_form = pytest.mark.parametrize("route", FORMS, ids=named)
HARM: Final[dict[str, Callable[[Town], None]]] = {
    "nothing written": lambda here: here.store.fail_commits_before(1),
    "answer lost": lambda here: here.store.fail_commits_after(1),
    "no keys": lambda here: here.keys.fail_commits_before(1),
}
PARTS: Final = 3


def mended(here: Town) -> None:
    """The line is back."""
    here.store.fail_commits_before(0)
    here.store.fail_commits_after(0)
    here.keys.fail_commits_before(0)


def test_every_service_with_files_is_tried() -> None:
    services = {route.rule.partition("/utkast/")[0] for route in DOORS}
    assert services == {"/anmal", "/ansok", "/ansok/komplettering", "/journal", "/overklaga"}
    assert services == {route.rule.partition("/utkast/")[0] for route in FORMS}


@each_door
@pytest.mark.parametrize("harm", HARM)
def test_a_file_whose_line_breaks_at_every_part_comes_whole_and_once(route: Route, harm: str) -> None:
    with town() as here:
        at = door(here, route)
        wanted = at.announce()
        for number in range(PARTS):
            HARM[harm](here)
            at.put(wanted["upload"], number, part(number))
            mended(here)
            wanted = at.announce()
            assert set(range(number)) <= set(wanted["had"]), "what was said to have come is not asked for again"
            if number not in wanted["had"]:
                assert at.put(wanted["upload"], number, part(number)).status == 200
        HARM[harm](here)
        at.finish(wanted["upload"])
        mended(here)
        assert arrived(at) == [LARGE]


def arrived(at: Door) -> list[bytes]:
    """The contents of all files of that name, once the page has asked what is missing, as it does when it goes on."""
    said = at.announce()
    if "upload" in said:
        assert sorted(said["had"]) == list(range(PARTS))
        assert at.finish(said["upload"]).status == 200
        said = at.announce()
    return [at.content(one["id"]) for one in said["files"] if one["name"] == NAME]


@each_door
def test_parts_that_are_doubled_lacking_or_not_what_they_say_are_told_and_the_file_comes_all_the_same(
    route: Route,
) -> None:
    with town() as here:
        at = door(here, route)
        upload = at.announce()["upload"]
        wrong = [
            at.put(upload, 0, part(0), digest="0" * 64),
            at.put(upload, 0, part(0)[:1000]),
            at.put(upload, 9, part(0)),
            at.put(upload, 2, part(0)),
        ]
        assert [one.status in {400, 409} for one in wrong] == [True] * len(wrong)
        assert at.announce()["had"] == []
        assert at.finish(upload).status == 409
        for number in (2, 0, 0, 1, 2):
            assert at.put(upload, number, part(number)).status == 200
        assert at.finish(upload).status == 200
        assert at.finish(upload).status == 404
        assert arrived(at) == [LARGE]


@each_door
def test_a_full_store_at_any_part_and_at_the_end_loses_nothing_that_had_come(
    route: Route, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> int:
        raise Unavailable("The disk is full.")

    with town() as here:
        at = door(here, route)
        upload = at.announce()["upload"]
        for step in range(PARTS + 1):
            with monkeypatch.context() as disk:
                disk.setattr(here.house.kept.files, "write", full)
                refused = at.put(upload, step, part(step)) if step < PARTS else at.finish(upload)
            assert refused.status == 503
            if step < PARTS:
                assert at.put(upload, step, part(step)).status == 200
        assert arrived(at) == [LARGE]


@each_form
@pytest.mark.slow
def test_what_is_not_received_is_said_for_each_and_the_good_one_is_kept(route: Route) -> None:
    refused = {
        "tom.pdf": b"",
        "program.png": b"MZ program",
        "tva.zip": b"PK\x03\x04 %PDF-1.4 " + pdf(),
        "hemlig.pdf": pdf(encryption=pikepdf.Encryption(owner="o", user="u")),
        "halv.pdf": pdf()[:300],
        "halv.png": photo()[:60],
        "bomb.png": pixel_bomb(),
    }
    with town() as here:
        form = sender(here, route)
        page = chosen(form, [("bra.zip", packed()), *refused.items()])
        assert page.status == 422
        assert told_of(page.text) == set(refused)
        assert "bra.zip" in names(page.text)
        assert [one for one in refused if one in names(page.text)] == []


def told_of(page: str) -> set[str]:
    """The files that the list of what is wrong names."""
    listed = re.search(r'govuk-error-summary__list">(.*?)</ul>', page, re.DOTALL)
    assert listed is not None
    return set(re.findall(r"”(?:<bdi>)?([^<”]+)(?:</bdi>)?”", html.unescape(listed[1])))


@each_form
def test_names_that_mislead_or_never_end_become_safe_ones(route: Route) -> None:
    with town() as here:
        form = sender(here, route)
        before = names(form.visitor.get(form.path).text)
        given = [("x" * 300 + ".zip", packed("1")), ("faktura\u202efdp.zip", packed("2")), ("رسالة.zip", packed("3"))]
        page = form.visitor.follow(chosen(form, given))
        assert set(names(page.text)) - set(before) == {"x" * 251 + ".zip", "fakturafdp.zip", "رسالة.zip"}


@each_form
def test_while_the_scanner_is_down_a_file_waits_and_an_infected_one_is_refused(route: Route) -> None:
    with town() as here:
        here.house.scanner = scanner = ToldScanner(Verdict.UNKNOWN)
        form = sender(here, route)
        page = form.visitor.follow(chosen(form, [("vantar.zip", packed("a"))]))
        assert "vantar.zip" in names(page.text)
        assert "kontroller" in page.text.lower()
        scanner.says = Verdict.INFECTED
        infected = chosen(form, [("sjuk.zip", packed("b"))])
        assert (infected.status, "skadlig kod" in infected.text) == (422, True)
        assert "sjuk.zip" not in names(infected.text)
