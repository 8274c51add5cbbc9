"""An invitation that stands in the town whatever else does: its code has been typed by somebody."""

from datetime import timedelta

from shared.domain.booking.invitations import Invitation, Standing, Terms
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.calendar import local_date
from shared.domain.ids import CaseId, ItemId, PersonIndex, StaffId
from shared.records.case_rows import case_key
from shared.records.invitation_rows import invitation_row
from tests.journeys.town import INVITED, Town
from tests.people import UNIT


def invite(town: Town, case: CaseId, letter: ItemId | None, name: str) -> None:
    """Tolvan is invited to a phone call with Anna; `letter` is the newest one, by default the one that was typed."""
    stored = town.house.store.get("cases", case)
    assert stored is not None
    assert INVITED.invitation is not None
    assert INVITED.letter is not None
    before = town.house.store.get("invitations", INVITED.invitation)  # a test may build all of this twice in one town
    now = town.clock.now()
    today = local_date(now)
    terms = Terms("radgivning", ("anna.exempel",), (MeetingForm.PHONE,), today, today + timedelta(days=30))
    made = Invitation(
        id=INVITED.invitation, rev=before.rev if before else 0, case=case, key=case_key(stored), unit=UNIT,
        standing=Standing.OPEN,
        person=PersonIndex("f" * 32), name=name, born="1912-12-12", terms=terms, code="c" * 32,
        letter=letter or INVITED.letter, made_at=now, expires_at=now + timedelta(days=30), by=StaffId("anna.exempel"),
    )  # fmt: skip
    town.house.store.commit([invitation_row(made).write(town.house._vault.sealing)])
