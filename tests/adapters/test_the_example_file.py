"""The file that a new municipality copies is one that starts, and says what the guide says of it."""

import tomllib
from dataclasses import replace
from datetime import date
from itertools import takewhile

from shared.adapters.brokers import load_brokers
from shared.adapters.municipality_file import load_versions
from shared.adapters.own_law_table import read_own_law
from shared.adapters.toml_fields import Table
from shared.domain.login import Audience
from shared.domain.municipality import valid_on
from shared.domain.principals import Role
from shared.settings import ROOT, Settings
from shared.web.theme import theme_problems

FILE = ROOT / "docs" / "example" / "municipality.toml"
PRODUCTION = replace(Settings(origin="https://tjanster.example.se"), municipality=FILE)


def test_a_new_installation_starts_with_it() -> None:
    first, *later = load_versions(FILE)
    at_work, residents = load_brokers(PRODUCTION)
    assert at_work.audiences == {Audience.STAFF, Audience.ORGANISATION}
    assert residents.audiences == {Audience.RESIDENT}
    assert first.intake.name == "Mottagningen barn och unga"
    assert theme_problems(first.theme) == []
    assert [one.contact.phone for one in later] == ["031-390 06 50"]
    assert valid_on([first, *later], date(2027, 6, 30)).contact.phone == "031-390 06 00"


def test_it_names_two_administrators_because_nobody_changes_their_own_access() -> None:
    staff = load_versions(FILE)[0].staff.values()
    assert sum(Role.ADMINISTRATOR in one.roles for one in staff) == 2


def test_it_names_every_role_that_there_is() -> None:
    assert [role for role in Role if role.value not in FILE.read_text("utf-8")] == []


def test_what_it_says_of_the_law_can_be_switched_on() -> None:
    lines = FILE.read_text("utf-8").partition("# What the law leaves open")[2].splitlines()[1:]
    switched_on = "\n".join(one[2:] for one in takewhile(lambda one: one.startswith("# "), lines))
    found = read_own_law(Table(FILE.name, "", tomllib.loads(switched_on)).table("law"))
    assert {"skyddsbedomning", "forhandsbedomning"} == set(found)
