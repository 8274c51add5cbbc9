"""What a small town offers for meetings, and how tests ask for them."""

import uuid
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from shared.adapters.municipality_file import load_municipality
from shared.app import House, assemble
from shared.domain.booking.atoms import atoms
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.booking.offer import Offer
from shared.domain.booking.resources import Away, Hours, Resource, ResourceKind
from shared.domain.ids import ItemId, PersonIndex, StaffId, SubmissionId, UnitId
from shared.domain.municipality import Municipality
from shared.domain.principals import Kind, Principal
from shared.ports.store import Store
from shared.records.submissions import Submission
from tests.houses import DEMO, HandClock, kept

ADVICE = "samtal"
WEEK = tuple(Hours(day, time(9), time(12)) for day in range(1, 6))


def staff(id: str = "vera", *hours: Hours, away: tuple[Away, ...] = ()) -> Resource:
    """A staff member who works mornings."""
    return Resource(id, ResourceKind.STAFF, id.capitalize(), hours or WEEK, away)


def room(id: str = "eken") -> Resource:
    """A room that is open mornings."""
    return Resource(id, ResourceKind.ROOM, id.capitalize(), WEEK)


def meeting(**changes: object) -> Offered:
    """An hour of advice in any form, booked a day ahead."""
    usual = Offered(
        id=ADVICE,
        unit=UnitId("mottagningen"),
        name={"sv": "Samtal", "en": "Talk"},
        about={"sv": "Ett samtal.", "en": "A talk."},
        length=60,
        forms=(MeetingForm.VISIT, MeetingForm.VIDEO, MeetingForm.PHONE),
        staff=("vera",),
        rooms=("eken",),
        place={"sv": "Storgatan 1", "en": "Storgatan 1"},
    )
    return replace(usual, **changes)  # type: ignore[arg-type]


def town(*resources: Resource, closed: tuple[date, ...] = (), **changes: object) -> Offer:
    """The whole offer: one meeting with everybody given, by default Vera in one room."""
    there = resources or (staff(), room())
    people = tuple(one.id for one in there if one.kind is ResourceKind.STAFF)
    rooms = tuple(one.id for one in there if one.kind is ResourceKind.ROOM)
    kept: dict[str, object] = {"staff": people, "rooms": rooms}
    if not rooms:
        kept["forms"] = (MeetingForm.VIDEO, MeetingForm.PHONE)
    return Offer({ADVICE: meeting(**{**kept, **changes})}, {one.id: one for one in there}, frozenset(closed))


def times(offer: Offer, day: date, now: datetime, form: MeetingForm = MeetingForm.PHONE) -> list[datetime]:
    """The instants that are free on the day when nothing is booked."""
    return [one.start for one in offer.free_times(offer.meetings[ADVICE], form, {}, (day, day), now)]


def meeting_house(
    store: Store | None = None, offer: Offer | None = None, clock: HandClock | None = None, keyed: Store | None = None
) -> House:
    """A house at stage demo that offers this, by default what the town does."""
    offered = town() if offer is None else offer
    house = assemble(DEMO, kept(store, clock, keyed), with_staff(offered))
    house.offer = offered
    house.directory.present()  # there is one, as in every installation that is up
    return house


def with_staff(offer: Offer) -> Municipality:
    """The town with everybody who holds its meetings, each in the unit of the first meeting that names them."""
    known = load_municipality(DEMO.municipality)
    model = known.staff[StaffId("anna.exempel")]
    named = {StaffId(id): one.unit for one in offer.meetings.values() for id in one.staff}
    more = {id: replace(model, id=id, name=id.capitalize(), unit=unit) for id, unit in named.items()}
    return replace(known, staff={**more, **known.staff})


def somebody(number: int = 0) -> Principal:
    """A resident who is logged in."""
    return Principal(Kind.RESIDENT, person=PersonIndex(f"{0xF0 + number:032x}"), name="Tolvan Exempel", assurance=3)


def sent(who: Principal, **content: object) -> Submission:
    """One rendered form that is sent, with an id of its own."""
    return Submission(str(who.person), SubmissionId(uuid.uuid4().hex), content)


def hold(
    house: House, who: Principal, start: datetime, form: MeetingForm = MeetingForm.VISIT, **wishes: object
) -> ItemId:
    """The id of a meeting that is held now."""
    what = (house.offer.meetings[ADVICE], form)
    return ItemId(house.meetings.hold(who, what, start, sent(who, start=start), wishes).result)


def book(house: House, who: Principal, start: datetime, form: MeetingForm = MeetingForm.VISIT) -> ItemId:
    """The id of a confirmed meeting."""
    id = hold(house, who, start, form)
    house.meetings.confirm(who, id, sent(who))
    return id


def owners_of(house: House, start: datetime, minutes: int = 75, who: str = "vera") -> set[str]:
    """Whose the quarters are, as they are stored."""
    ids = atoms(who, start, start + timedelta(minutes=minutes))
    return {str(one.fields["booking"]) for one in house.kept.store.get_many("booking_atoms", ids).values()}
