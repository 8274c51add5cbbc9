"""Who may change what about people, and who is told in whose place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.domain import directory_changes
from shared.domain.broken_rules import AlreadyDone, BrokenRule, Incomplete, LastAdministrator, NotAllowed, OwnAccess
from shared.domain.calendar import local_date
from shared.domain.directory import Directory, Entity, seed, units_left
from shared.domain.directory_changes import DirectoryAction, DirectoryChange
from shared.domain.ids import OrganisationId, StaffId, UnitId
from shared.domain.municipality import Absence, Organisation, Staff, Unit
from shared.domain.principals import Principal, Role
from shared.domain.substitutes import may_stand_in, told_for
from tests.directories import RONJA
from tests.domain.conftest import example
from tests.people import ANNA, ELSA, MARIA, MONDAY, UNIT

TODAY = local_date(MONDAY)
TOMORROW = TODAY + timedelta(days=1)
ADULTS = Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20")


def town() -> Directory:
    """The directory as the example's file begins it, and a second unit."""
    return seed(example()).holding(ADULTS)


def someone(name: str, directory: Directory | None = None) -> Staff:
    return (directory or town()).staff[StaffId(f"{name}.exempel")]


def put(entity: Entity, by: Principal = RONJA, directory: Directory | None = None) -> DirectoryChange:
    return directory_changes.put(directory or town(), entity, by=by, now=MONDAY)


def second_administrator() -> Directory:
    return town().holding(replace(someone("maria"), roles=frozenset({Role.ADMINISTRATOR, Role.TEAM_LEAD})))


# ── Who may ───────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("who", [ANNA, MARIA, ELSA], ids=["caseworker", "lead", "reporter"])
def test_only_administrators_change_the_directory(who: Principal) -> None:
    with pytest.raises(NotAllowed):
        put(replace(someone("samir"), name="Samir Nyman"), by=who)


@pytest.mark.parametrize(
    "lost",
    [{"roles": frozenset({Role.TEAM_LEAD})}, {"last_day": TODAY - timedelta(days=1)}, {"first_day": TOMORROW}],
    ids=["another role", "gone", "not begun"],
)
def test_a_login_older_than_the_loss_of_the_role_changes_nothing(lost: Mapping[str, object]) -> None:
    ronja = replace(someone("ronja"), **lost)  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        put(replace(someone("anna"), phone="031-390 06 41"), directory=second_administrator().holding(ronja))


def test_an_id_belongs_to_one_person_for_ever() -> None:
    left = replace(someone("anna"), last_day=TODAY - timedelta(days=1))
    for changed in (replace(left, name="Bo Ny"), replace(left, name="Bo Ny", last_day=None)):
        with pytest.raises(Incomplete) as refused:
            put(changed, directory=town().holding(left))
        assert refused.value.fields == ("name",)
    assert put(replace(left, last_day=None), directory=town().holding(left)).action is DirectoryAction.STAFF_LEAVES


def test_nobody_changes_their_own_roles_unit_or_days() -> None:
    ronja = someone("ronja")
    for changed in (
        replace(ronja, roles=ronja.roles | {Role.TEAM_LEAD}),
        replace(ronja, unit=ADULTS.id),
        replace(ronja, socionom=True),
        replace(ronja, last_day=TOMORROW),
    ):
        with pytest.raises(OwnAccess):
            put(changed, directory=second_administrator())


def test_everybody_changes_their_own_phone_number() -> None:
    assert put(replace(someone("ronja"), phone="031-390 06 40")).action is DirectoryAction.STAFF_CHANGED


def test_a_second_administrator_gives_the_first_another_role() -> None:
    maria = replace(MARIA, roles=frozenset({Role.ADMINISTRATOR}))
    ronja = replace(someone("ronja"), roles=frozenset({Role.ADMINISTRATOR, Role.DUTY}))
    assert put(ronja, by=maria, directory=second_administrator()).after == replace(ronja, case_units=(UNIT,))


@pytest.mark.parametrize("change", [{"roles": frozenset()}, {"last_day": TODAY}, {"first_day": TOMORROW}])
def test_the_last_administrator_stays(change: Mapping[str, object]) -> None:
    other = replace(someone("ronja"), id=StaffId("leaves.exempel"), last_day=TOMORROW)
    with pytest.raises(LastAdministrator):
        put(
            replace(someone("ronja"), **change),  # type: ignore[arg-type]
            by=replace(RONJA, staff=other.id),
            directory=town().holding(other),
        )


def test_one_of_two_administrators_may_leave() -> None:
    maria = replace(someone("maria", second_administrator()), last_day=TOMORROW)
    assert put(maria, directory=second_administrator()).action is DirectoryAction.STAFF_LEAVES


# ── What may be ───────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "change",
    [
        {"unit": UnitId("nowhere")},
        {"first_day": TOMORROW, "last_day": TODAY},
        {"away": Absence(TOMORROW, TODAY)},
        {"away": Absence(TODAY, TOMORROW, StaffId("anna.exempel"))},
        {"away": Absence(TODAY, TOMORROW, StaffId("ronja.exempel"))},
        {"away": Absence(TODAY, TOMORROW, StaffId("nobody.exempel"))},
    ],
    ids=["no such unit", "ends before it begins", "back before away", "for oneself", "reads no cases", "nobody"],
)
def test_what_cannot_be_is_not_written(change: Mapping[str, object]) -> None:
    with pytest.raises(Incomplete):
        put(replace(someone("anna"), **change))  # type: ignore[arg-type]


def test_nothing_changed_is_nothing_done() -> None:
    with pytest.raises(AlreadyDone):
        put(someone("anna"))


def test_reports_go_to_the_unit_that_the_file_names() -> None:
    with pytest.raises(Incomplete):
        put(replace(ADULTS, intake=True))


@pytest.mark.parametrize(
    ("entity", "action"),
    [
        (Unit(UnitId("ny"), "Ny enhet", "031-390 06 30"), "unit:added"),
        (replace(ADULTS, name="Vuxna"), "unit:changed"),
        (Staff(StaffId("bo"), "Bo", "handläggare", ADULTS.id, frozenset(), socionom=False), "staff:added"),
        (replace(someone("anna"), away=Absence(TODAY, TOMORROW)), "staff:away"),
        (replace(someone("anna"), last_day=TODAY), "staff:leaves"),
        (Organisation(OrganisationId("ny"), "Nya skolan", "school"), "organisation:added"),
        (Organisation(OrganisationId("exempelskolan"), "Exempelskolan", "school", active=False), "organisation:closed"),
    ],
    ids=lambda one: one if isinstance(one, str) else "",
)
def test_each_change_has_its_name(entity: Entity, action: str) -> None:
    assert put(entity).action == action


def test_the_trail_gets_codes_and_days_and_no_names() -> None:
    changed = replace(someone("anna"), name="Anna Gift", unit=ADULTS.id, away=Absence(TODAY, TOMORROW))
    before, after, others = put(changed).codes()
    assert before == {"unit": "mottagningen", "case_units": "mottagningen"}
    assert after == {"unit": "vuxna", "case_units": "mottagningen vuxna"}
    assert others == ["name", "away"]


# ── Who is told ───────────────────────────────────────────────────────────────────────────────────────────────────────


def away(name: str, substitute: str = "", days: int = 0) -> Staff:
    stands_in = StaffId(f"{substitute}.exempel") if substitute else None
    return replace(someone(name), away=Absence(TODAY, TODAY + timedelta(days=days), stands_in))


@pytest.mark.parametrize(
    ("gone", "told"),
    [
        ([], "anna.exempel"),
        ([away("anna", "samir")], "samir.exempel"),
        ([away("anna")], None),
        ([away("anna", "samir"), away("samir", "jorge")], "jorge.exempel"),
        ([away("anna", "samir"), away("samir", "anna")], None),
        ([away("anna", "samir"), replace(someone("samir"), last_day=TODAY - timedelta(days=1))], None),
        ([replace(someone("anna"), last_day=TODAY - timedelta(days=1))], None),
    ],
    ids=["at work", "substitute", "no substitute", "both away", "each for the other", "substitute left", "left"],
)
def test_who_is_told_what_anna_should_know(gone: list[Staff], told: str | None) -> None:
    present = town().holding(*gone).present(example(), TODAY)
    assert told_for(StaffId("anna.exempel"), present.staff, TODAY) == told


def test_a_substitute_is_told_on_the_days_away_only() -> None:
    present = town().holding(away("anna", "samir", days=2)).present(example(), TODAY)
    for days, told in ((-1, "anna"), (0, "samir"), (2, "samir"), (3, "anna")):
        day = TODAY + timedelta(days=days)
        assert told_for(StaffId("anna.exempel"), present.staff, day) == f"{told}.exempel", day


def test_a_colleague_of_another_unit_stands_in_for_nobody() -> None:
    assert may_stand_in(someone("samir"), someone("anna"), TODAY)
    assert not may_stand_in(replace(someone("samir"), unit=ADULTS.id), someone("anna"), TODAY)


# ── Who is here ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_last_day_is_a_whole_day() -> None:
    anna = replace(someone("anna"), last_day=TODAY)
    for today, here in ((TODAY, True), (TOMORROW, False)):
        present = town().holding(anna).present(example(), today)
        assert (anna.id in present.staff, anna.id in present.former) == (here, not here)


def test_a_closed_organisation_is_not_there() -> None:
    closed = replace(town().organisations[OrganisationId("exempelskolan")], active=False)
    assert closed.id not in town().holding(closed).present(example(), TODAY).organisations


@pytest.mark.parametrize(
    ("change", "left"),
    [
        ({}, ()),
        ({"unit": ADULTS.id}, (UNIT,)),
        ({"roles": frozenset[Role]()}, (UNIT,)),
        ({"last_day": date(2026, 11, 1)}, (UNIT,)),
        ({"last_day": TODAY}, ()),
    ],
    ids=["stays", "moves", "loses the roles", "left yesterday", "leaves tonight"],
)
def test_cases_are_left_in_a_unit_where_one_may_not_have_them(
    change: Mapping[str, object], left: tuple[UnitId, ...]
) -> None:
    assert units_left(replace(someone("anna"), **change), TODAY) == left  # type: ignore[arg-type]


def test_every_broken_rule_has_a_code_of_its_own() -> None:
    codes = [one.code for one in (LastAdministrator, OwnAccess, NotAllowed, AlreadyDone, Incomplete, BrokenRule)]
    assert len(set(codes)) == len(codes)
