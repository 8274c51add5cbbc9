"""How long a login lives, who is in it, and what ends it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from shared.domain.ids import OrganisationId, StaffId
from shared.domain.municipality import Municipality
from shared.domain.principals import Kind, Principal, Role
from shared.ports.store import Replace
from tests.identity.hostile_tokens import NOW
from tests.identity.keeping import Keeping, caseworker, counsellor, living, municipality, resident


def without_staff(staff: str) -> Municipality:
    found = municipality()
    return replace(found, staff={id: one for id, one in found.staff.items() if id != StaffId(staff)})


# ── Who ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_session_gives_back_who_logged_in() -> None:
    sessions = Keeping().sessions()
    who = living(sessions, sessions.start(counsellor())).principal
    assert (who.kind, who.person, who.name, who.assurance) == (Kind.REPORTER, "a" * 32, "Elsa Exempel", 3)
    assert (who.organisation, who.organisation_name) == ("exempelskolan", "Exempelskolan")


def test_an_employees_roles_and_unit_come_from_the_directory() -> None:
    sessions = Keeping().sessions()
    claimed = replace(caseworker(), roles=frozenset({Role.TEAM_LEAD}), socionom=False)
    who = living(sessions, sessions.start(claimed)).principal
    assert (who.roles, who.unit, who.socionom) == (frozenset({Role.INTAKE_CASEWORKER}), "mottagningen", True)


def test_an_employee_taken_from_the_directory_is_out_at_the_next_click() -> None:
    keeping = Keeping()
    token = keeping.sessions().start(caseworker())
    assert keeping.sessions(without_staff("anna.exempel")).read(token) is None


def test_a_reporter_is_out_when_the_organisation_is_taken_from_the_directory() -> None:
    keeping = Keeping()
    token = keeping.sessions().start(counsellor())
    closed = replace(municipality(), organisations={})
    assert keeping.sessions(closed).read(token) is None


def test_a_session_belongs_to_its_own_token_only() -> None:
    sessions = Keeping().sessions()
    hers, his = sessions.start(counsellor()), sessions.start(resident())
    assert living(sessions, hers).principal.kind is Kind.REPORTER
    assert living(sessions, his).principal.kind is Kind.RESIDENT
    assert sessions.read(hers + "x") is None
    assert sessions.read("") is None


def test_a_session_id_is_not_the_secret_in_the_browser() -> None:
    sessions = Keeping().sessions()
    token = sessions.start(counsellor())
    id = living(sessions, token).principal.session
    assert id is not None
    assert sessions.read(id) is None


# ── How long ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_resident_is_logged_out_after_15_minutes_without_a_click() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(resident())
    keeping.clock.advance(minutes=14, seconds=59)
    assert sessions.read(token) is not None
    keeping.clock.advance(minutes=15)
    assert sessions.read(token) is None


def test_a_resident_is_logged_out_after_an_hour_of_clicking() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(resident())
    for _ in range(59):
        keeping.clock.advance(minutes=1)
        assert sessions.read(token) is not None
    keeping.clock.advance(minutes=1)
    assert sessions.read(token) is None


def test_staff_are_logged_out_after_30_minutes_without_a_click() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(caseworker())
    keeping.clock.advance(minutes=29, seconds=59)
    assert sessions.read(token) is not None
    keeping.clock.advance(minutes=30)
    assert sessions.read(token) is None


def test_staff_are_logged_out_after_eight_hours_of_clicking() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(caseworker())
    for _ in range(31):
        keeping.clock.advance(minutes=15)
        assert sessions.read(token) is not None
    keeping.clock.advance(minutes=15)
    assert sessions.read(token) is None


def test_the_page_can_tell_when_the_login_ends() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(resident())
    assert living(sessions, token).ends_at == NOW + timedelta(minutes=15)
    keeping.clock.advance(minutes=10)
    assert living(sessions, token).ends_at == NOW + timedelta(minutes=25)
    for _ in range(4):
        keeping.clock.advance(minutes=10)
        living(sessions, token)
    assert living(sessions, token).ends_at == NOW + timedelta(minutes=60)


def test_a_session_is_written_once_a_minute_at_most() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    id = living(sessions, token := sessions.start(resident())).principal.session
    assert id is not None
    for _ in range(12):
        keeping.clock.advance(seconds=10)
        living(sessions, token)
    document = keeping.store.get("sessions", id)
    assert document is not None
    assert document.rev == 3  # made, and touched after one and after two minutes


def test_fifty_pages_at_once_do_not_log_anybody_out() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(resident())
    keeping.clock.advance(minutes=2)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(sessions.read, [token] * 50))
    assert all(found)


def test_a_session_of_a_late_evening_lives_into_the_next_day() -> None:
    keeping = Keeping()
    keeping.clock.at = NOW.replace(hour=23, minute=55)
    sessions = keeping.sessions()
    token = sessions.start(caseworker())
    keeping.clock.advance(minutes=20)
    assert sessions.read(token) is not None


# ── What ends it ──────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_session_ended_is_gone() -> None:
    sessions = Keeping().sessions()
    token = sessions.start(resident())
    sessions.end(token)
    assert sessions.read(token) is None
    sessions.end(token)


def test_a_new_login_ends_the_one_before_in_the_same_browser() -> None:
    sessions = Keeping().sessions()
    before = sessions.start(resident())
    after = sessions.start(counsellor(), replaces=before)
    assert sessions.read(before) is None
    assert sessions.read(after) is not None


def test_all_sessions_of_a_person_can_be_ended_and_no_one_elses() -> None:
    sessions = Keeping().sessions()
    hers, also_hers, his = sessions.start(counsellor()), sessions.start(counsellor()), sessions.start(resident())
    person = counsellor().person
    assert person is not None
    assert sessions.end_all(person) == 2
    assert sessions.read(hers) is None
    assert sessions.read(also_hers) is None
    assert sessions.read(his) is not None


def test_a_session_whose_key_is_erased_is_nobody() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(resident())
    keeping.lose_keys()
    assert keeping.sessions().read(token) is None


def test_a_session_changed_in_the_store_is_nobody() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    hers, his = sessions.start(counsellor()), sessions.start(resident())
    theirs = [living(sessions, token).principal.session for token in (hers, his)]
    documents = [keeping.store.get("sessions", id) for id in theirs if id]
    one, other = documents
    assert one is not None
    assert other is not None
    fields = {**other.fields, "sealed": one.fields["sealed"]}
    keeping.store.commit([Replace("sessions", other.id, other.rev, fields)])
    assert sessions.read(his) is None


def test_an_organisation_is_never_taken_from_the_session_of_another_kind() -> None:
    sessions = Keeping().sessions()
    mixed = replace(resident(), organisation=OrganisationId("exempelskolan"), organisation_name="Exempelskolan")
    who: Principal = living(sessions, sessions.start(mixed)).principal
    assert (who.kind, who.organisation_name) == (Kind.RESIDENT, "")


def test_the_number_somebody_logged_in_with_is_opened_by_one_call_and_lies_sealed() -> None:
    keeping = Keeping()
    sessions = keeping.sessions()
    token = sessions.start(resident(), number="198804202383")
    keeping.clock.advance(minutes=5)
    who = living(sessions, token).principal  # touched, and so written again

    assert sessions.number(who) == "198804202383"
    assert sessions.number(replace(who, person=counsellor().person)) == ""
    assert "198804202383" not in repr(who)
    assert "198804202383" not in repr(keeping.store._documents)


def test_without_a_living_login_no_number_is_known() -> None:
    sessions = Keeping().sessions()
    token = sessions.start(resident(), number="198804202383")
    who = living(sessions, token).principal
    sessions.end(token)

    assert sessions.number(who) == ""
    assert sessions.number(resident()) == ""
