"""At which desk each deed of a story is done."""

from shared.app import House
from shared.app.foundations import fresh
from shared.domain import allocation, transitions
from shared.domain.cases import Case
from shared.domain.change import Change
from shared.domain.ids import CaseId
from shared.domain.transitions import Act
from shared.ports.store import NotFound
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from tests.people import MARIA
from tests.records.flow_people import Deed


def do(house: House, id: str, deed: Deed, once: Submission) -> Sent:
    """The deed is done at its desk, or raises what the desk raises."""
    desk, by, case = house.caseworker, deed.who, CaseId(id)
    if deed.act == "take":
        return desk.take(by, case, once)
    if deed.act == "assign":
        return desk.assign(by, case, deed.colleague, once)
    if deed.act == "assess":
        return desk.assess(by, case, deed.assessment, once, None)
    if deed.act == "release":
        return desk.release(by, case, withhold=deed.withhold, submission=once)
    if deed.act in {"letter", "lose"}:
        return _write(house, case, deed, once)
    return desk.decide(by, case, deed.decision, title="socialsekreterare", submission=once, draft=None)


def _write(house: House, id: CaseId, deed: Deed, once: Submission) -> Sent:
    """What is done from other desks, with nothing but the case in it; they, too, decide anew after somebody faster."""

    def build() -> Change:
        case = house.files.case(MARIA if deed.act == "lose" else deed.who, id)
        if case is None:
            raise NotFound(id)
        return _change(house, case, deed)

    return settle(house._commits, once, id, build)


def _change(house: House, case: Case, deed: Deed) -> Change:
    now = house.clock.now()
    if deed.act == "lose":
        return allocation.give_back(case, now=now, fresh=fresh)
    act = Act(deed.action, deed.who, now, fresh)
    return transitions.change(act, transitions.apply(case, act))
