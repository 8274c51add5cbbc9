"""What a municipality writes about its meetings is read as it is meant, or refused with one clear line."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from shared.adapters.booking_file import booking_path, load_offer
from shared.adapters.municipality_file import load_municipality
from shared.app import assemble
from shared.domain import calendar
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.settings import EXAMPLE, ROOT, BadSettings, Settings, Stage, read
from tests.houses import DEMO, kept

WHOLE = """
closed = [2026-12-23]
[patterns.days]
monday = ["09:00-12:00", "13:00-16:00"]
[staff.vera]
name = "Vera"
pattern = "days"
away = [{ why = "illness", first = 2026-12-07 }, { why = "block", first = 2026-12-14, hours = "09:00-11:00" }]
[meetings.samtal]
unit = "mottagningen"
name = { sv = "Samtal", en = "Talk" }
about = { sv = "Ett samtal.", en = "A talk." }
length = 45
forms = ["phone"]
staff = ["vera"]
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "town.booking.toml"
    path.write_text(text, "utf-8")
    return path


def test_the_example_municipality_offers_times_in_every_form() -> None:
    offer = load_offer(booking_path(Settings()))
    meeting, now = offer.meetings["radgivning"], datetime(2026, 11, 27, 9, tzinfo=UTC)
    for form in MeetingForm:
        assert len(offer.free_times(meeting, form, {}, (date(2026, 11, 30), date(2026, 12, 4)), now)) > 20
    assert all(set(one.name) == set(one.about) == {"sv", "en"} for one in offer.meetings.values())


def test_hours_and_absences_are_read_as_they_are_written(tmp_path: Path) -> None:
    offer = load_offer(written(tmp_path, WHOLE))
    meeting = offer.meetings["samtal"]
    now = datetime(2026, 12, 1, tzinfo=UTC)
    for day, first in ((7, None), (14, time(11)), (21, time(9))):
        when = date(2026, 12, day)
        free = offer.free_times(meeting, MeetingForm.PHONE, {}, (when, when), now)
        assert (free[0].start if free else None) == (calendar.at(when, first) if first else None)


def test_a_municipality_without_the_file_offers_nothing(tmp_path: Path) -> None:
    assert booking_path(Settings(municipality=tmp_path / "town.toml")) == tmp_path / "town.booking.toml"
    assert load_offer(tmp_path / "town.booking.toml").meetings == {}


def test_the_file_may_lie_elsewhere_than_beside_the_municipalitys_own(tmp_path: Path) -> None:
    elsewhere = {"TROSKELFRI_MUNICIPALITY": str(tmp_path / "town.toml"), "TROSKELFRI_BOOKING": "/run/content"}
    assert booking_path(read(elsewhere)) == Path("/run/content")


def test_the_example_that_a_municipality_copies_fits_the_municipality_beside_it() -> None:
    town = ROOT / "docs" / "example" / "municipality.toml"
    settings = replace(DEMO, municipality=town)
    house = assemble(settings, kept(), municipality=load_municipality(town))
    house.read_offer()
    assert house.offer.meetings


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("length = 45", "length = 50"),
        ("length = 45", ""),
        ("length = 45", "length = 45\ncolour = 1"),
        ('staff = ["vera"]', 'staff = ["nemo"]'),
        ("away = [", "awya = ["),
        ("first = 2026-12-07", "first = 2026-12-07, last = 2026-12-06"),
        ("first = 2026-12-07", "first = 2026-12-07, untill = 2026-12-08"),
        ('"09:00-12:00"', '"12:00-09:00"'),
        ("closed = [2026-12-23]", 'closed = ["2026-12-23"]'),
        ("closed = [", "closde = ["),
        ("length = 45", "length = true"),
        ('forms = ["phone"]', 'forms = ["letter"]'),
        ('forms = ["phone"]', 'forms = ["visit"]'),
        ('pattern = "days"', 'pattern = "nights"'),
        ('"09:00-12:00"', '"09:00"'),
        ('"09:00-12:00"', '"09:00-25:00"'),
        ("monday", "mandag"),
        ("illness", "lazy"),
        ("[patterns.days]", "[patterns"),
        ("[staff.vera]", "[staff]"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_file_named(tmp_path: Path, right: str, wrong: str) -> None:
    with pytest.raises(BadSettings, match=r"town\.booking\.toml"):
        load_offer(written(tmp_path, WHOLE.replace(right, wrong, 1)))


EVERYBODY = WHOLE.replace("staff.vera", 'staff."anna.exempel"').replace('"vera"', '"anna.exempel"')


def offered_by(folder: Path, text: str) -> None:
    """Start in production with the file."""
    written(folder, text)
    settings = replace(DEMO, stage=Stage.PRODUCTION, municipality=folder / "town.toml")
    assemble(settings, kept(), municipality=load_municipality(EXAMPLE)).read_offer()


def test_outside_the_demo_meetings_are_offered_when_staff_see_them(tmp_path: Path) -> None:
    settings = replace(DEMO, stage=Stage.PRODUCTION, municipality=tmp_path / "town.toml")
    assert assemble(settings, kept(), municipality=load_municipality(EXAMPLE)).offer.meetings == {}
    offered_by(tmp_path, EVERYBODY)


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ("anna.exempel", "vera", "nobody in the directory has the id vera"),
        ('"mottagningen"', '"receptionen"', "no unit receptionen in the directory"),
    ],
)
def test_a_name_that_the_directory_does_not_know_is_told_of_at_the_start(
    tmp_path: Path, right: str, wrong: str, said: str
) -> None:
    with pytest.raises(BadSettings, match=rf"town\.booking\.toml: samtal: {said}"):
        offered_by(tmp_path, EVERYBODY.replace(right, wrong))
