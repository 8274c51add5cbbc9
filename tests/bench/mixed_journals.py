"""An own file of everything there is: notes, letters, what the person has said, the answers, and meetings."""

from datetime import timedelta

from shared.app import House
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.calendar import local_date
from shared.domain.ids import CaseId
from tests.bench import stock
from tests.letters import named, send_letter
from tests.meetings import sent
from tests.own_files import say
from tests.people import ANNA
from tests.records.reports import Forms
from tests.records.test_letters import annas_case

EACH = 4


def mixed(house: House, count: int) -> list[str]:
    """So many notes released to Karin, and a few of everything else; the ids of the notes."""
    notes, who = stock.released(house, count), stock.karin(house)
    for number in range(EACH):
        said = say(house, None, f"Det är det {number}:e jag vill säga.", who, asks=bool(number % 2))
        found = house.store.get("objections", said)
        assert found is not None
        if number % 2:
            case, once = CaseId(str(found.fields["case"])), Forms(ANNA).new(number=number)
            house.objections.answer(ANNA, case, said, "Tack.", title="kurator", submission=once)
        _meet(house, off=number % 2 == 0)
        send_letter(house, annas_case(house), named(str(who.person)))
    return notes


def _meet(house: House, *, off: bool) -> None:
    who, today = stock.karin(house), local_date(house.clock.now())
    meeting, form = house.offer.meetings["radgivning"], MeetingForm.PHONE
    start = house.meetings.free(meeting, form, (today, today + timedelta(days=14)))[0].start
    id = house.meetings.hold(who, (meeting, form), start, sent(who, start=start)).result
    booked = house.meetings.find(who, id)  # type: ignore[arg-type]
    assert booked is not None
    house.meetings.confirm(who, booked.id, sent(who))
    if off:
        house.meetings.cancel(who, booked.id, "", sent(who))
