"""The installation in one process: what is reached from outside, what is not, and what rings within."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from time import monotonic
from typing import Final, TypeVar

from werkzeug.test import Client

from shared.adapters.data_folder import DataFolder
from shared.adapters.master_key import create_master_key
from shared.app import house
from shared.domain import deadlines
from shared.domain.ids import CaseId, DeadlineId
from shared.domain.sweeps import SweepReport, sweep_is_late
from shared.host import emptying
from shared.host.function_specs import read_functions
from shared.host.site import open_site
from shared.records.deadlines import deadline_row
from shared.settings import ROOT, Settings, Stage
from tests.cases import filed
from tests.people import UNIT
from tests.records.reports import filed_case

ORIGIN = "http://localhost:8080"
T = TypeVar("T")


def demo(folder: Path) -> Settings:
    """Stage demo over a folder of its own."""
    return Settings(stage=Stage.DEMO, origin=ORIGIN, var=folder / "var")


OWN: Final = ROOT / "docs" / "example" / "municipality.toml"


def production(folder: Path) -> Settings:
    """Stage production over a folder of its own, with its key and a municipality's own file in place."""
    settings = Settings(stage=Stage.PRODUCTION, origin="https://example.se", var=folder / "real", municipality=OWN)
    opened = DataFolder(settings.var, settings.stage, settings.tenant)
    create_master_key(opened.master_key_file)
    opened.close()
    return settings


@contextmanager
def opened(settings: Settings) -> Iterator[Client]:
    """A browser at the open installation."""
    site = open_site(settings)
    try:
        yield Client(site.app)
    finally:
        site.close()


def status(browser: Client, path: str, settings: Settings) -> int:
    """What a browser gets at the path."""
    return browser.get(path, base_url=settings.origin).status_code


def test_every_function_answers_at_its_own_prefix_except_the_internal_ones(tmp_path: Path) -> None:
    settings = demo(tmp_path)
    with opened(settings) as browser:
        got = {spec.prefix: status(browser, spec.prefix, settings) for spec in read_functions() if not spec.internal}

    assert [prefix for prefix, code in got.items() if code >= 400] == []


def test_the_alarms_own_function_is_not_reached_from_outside_not_even_with_a_signed_call(tmp_path: Path) -> None:
    with opened(demo(tmp_path)) as browser:
        signed = {"Authorization": house().tokens.sign("/intern/svep", b"{}")}
        for path in ("/intern", "/intern/larm", "/intern/svep", "/intern%2Fsvep"):
            assert browser.post(path, base_url=ORIGIN, data=b"{}", headers=signed).status_code == 404


def test_a_practice_room_and_a_test_e_id_stand_at_stage_demo(tmp_path: Path) -> None:
    settings = demo(tmp_path)
    with opened(settings) as browser:
        assert status(browser, "/lokal", settings) == 200
        assert status(browser, "/test-eid/jwks", settings) == 200


def test_production_has_neither(tmp_path: Path) -> None:
    settings = production(tmp_path)
    with opened(settings) as browser:
        for path in ("/lokal", "/lokal/klocka", "/lokal/borja-om", "/test-eid/jwks", "/test-eid/token"):
            assert status(browser, path, settings) == 404
        assert status(browser, "/hjalp", settings) == 200


def put_forward(browser: Client, step: str) -> None:
    """Put the clock forward in the practice room; returns when all that was due has rung."""
    page = browser.get("/lokal", base_url=ORIGIN).text
    token = page.rpartition('name="csrf_token" value="')[2].partition('"')[0]
    answer = browser.post("/lokal/klocka", base_url=ORIGIN, data={"csrf_token": token, "fram": step})
    assert answer.status_code == 303


def test_a_deadline_rings_when_the_clock_of_the_practice_room_is_put_forward(tmp_path: Path) -> None:
    settings = demo(tmp_path)
    with opened(settings) as browser:
        due = deadlines.start(
            "forhandsbedomning", house().clock.now(), id=DeadlineId("d" * 32), case=CaseId("c" * 32), unit=UNIT
        )
        house().store.commit([deadline_row(due).write(None)])  # type: ignore[arg-type] # nothing of it is sealed
        house().deadlines.arm([due])
        put_forward(browser, "14d")
        rang = browser.get("/lokal", base_url=ORIGIN).text.partition('role="status"')[2].partition("</section>")[0]

    assert "Förhandsbedömningen ska vara klar" in rang
    assert "Till gruppledaren" in rang


def test_an_acute_report_pages_the_duty_within_a_minute_and_no_sweep_has_run(tmp_path: Path) -> None:
    with opened(demo(tmp_path)):
        swept = first_sweep()
        filed_case(house(), filed(acute=True))
        pages = awaited(lambda: [one for one in house().practice_post.newest if one.out.urgent], 60)

        assert [one.out.to for one in pages] == ["+46313900613"]
        assert house().sweep.last() == swept


def first_sweep() -> SweepReport:
    """The report of the sweep that every start begins with."""
    found = awaited(house().sweep.last, 30)
    assert found is not None
    return found


def awaited(look: Callable[[], T], seconds: float) -> T:
    """What is there within so many seconds, or what there was instead."""
    ends, pause = monotonic() + seconds, Event()
    while not (found := look()) and monotonic() < ends:
        pause.wait(0.05)
    return found


def test_the_deadlines_are_guarded_whenever_the_clock_has_been_put_forward(tmp_path: Path) -> None:
    with opened(demo(tmp_path)) as browser:
        put_forward(browser, "8h")
        swept = house().sweep.last()

        assert swept is not None
        assert not sweep_is_late(swept.at, house().clock.now())


def test_a_closed_installation_lets_go_of_its_data(tmp_path: Path) -> None:
    settings = demo(tmp_path)
    with opened(settings):
        pass
    with opened(settings) as browser:
        assert status(browser, "/", settings) == 200


def test_marked_data_is_gone_at_the_next_opening_and_only_then(tmp_path: Path) -> None:
    settings = demo(tmp_path)
    with opened(settings):
        first = house().kept.secret("forms")
    with opened(settings):
        assert house().kept.secret("forms") == first
        emptying.mark(settings)
    with opened(settings):
        second = house().kept.secret("forms")
    with opened(settings):
        assert house().kept.secret("forms") == second
    assert second != first


def test_a_mark_means_nothing_in_production(tmp_path: Path) -> None:
    settings = production(tmp_path)
    with opened(settings):
        kept = house().kept.secret("forms")
    emptying.mark(settings)
    with opened(settings):
        assert house().kept.secret("forms") == kept
