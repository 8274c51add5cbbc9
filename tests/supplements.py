"""Supplements as staff ask for them and as the applicant sends them, by the product's own desks."""

from datetime import date
from typing import Final

from shared.app import House
from shared.app.foundations import fresh
from shared.domain.ids import CaseId, ItemId, StaffId
from shared.domain.municipality import Staff
from shared.domain.principals import Principal
from shared.domain.supplementing import Asked
from shared.domain.supplements import IfNot, Supplement, Wanted
from shared.records.drafts import Draft
from shared.records.own_supplements import OwnSupplement, writing
from shared.records.submissions import Sent
from tests.applications import SARA, applied, case_of, send
from tests.people import ANNA
from tests.records.reports import Forms

LAST_DAY: Final = date(2026, 11, 16)
WORDS: Final = "Augusti till oktober."


def wanted(name: str = "Kontoutdrag", words: str = WORDS) -> Wanted:
    """One item that is asked for."""
    return Wanted(ItemId(fresh()), {"sv": name, "en": name}, words)


def asked(*items: Wanted, last_day: date | None = LAST_DAY, if_not: IfNot | None = IfNot.DECIDED) -> Asked:
    """What Anna asks for; without any items two papers."""
    return Asked(items or (wanted(), wanted("Hyresavi", "")), last_day, if_not)


def employed(house: House, who: Principal = ANNA) -> Staff:
    """The colleague as the directory has them."""
    return house.municipality.staff[StaffId(str(who.staff))]


def applied_for(house: House, who: Principal = SARA) -> CaseId:
    """An application that Anna has."""
    case = case_of(house, send(house, applied(), by=who).result)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    return case


def ask(house: House, case: CaseId, what: Asked | None = None, by: Principal = ANNA) -> ItemId:
    """The applicant is asked; the supplement's id."""
    once = Forms(by).new()
    sent = house.supplements.ask(by, case, what or asked(), who=employed(house), submission=once, draft=None)
    return ItemId(sent.result)


def ask_again(
    house: House, case: CaseId, id: ItemId, again: dict[ItemId, str], *, last_day: date = LAST_DAY, by: Principal = ANNA
) -> Sent:
    """These items are asked for once more, with a new last day."""
    once = Forms(by).new()
    return house.supplements.ask_again(by, case, id, again, last_day, who=employed(house), submission=once, draft=None)


def own(house: House, id: ItemId, who: Principal = SARA) -> OwnSupplement:
    """The supplement as the applicant sees it."""
    found = house.own_supplements.open(who, id)
    assert found is not None
    return found


def fill(
    house: House, supplement: Supplement, item: Wanted, words: str = "Här är det.", *, cannot: bool = False
) -> Draft:
    """Something is written about the item, and not sent."""
    draft = house.own_supplements.begin(SARA, supplement)
    return house.drafts.save(draft, writing(draft.answers, item.id, words, cannot=cannot))


def supply(house: House, id: ItemId, *places: int, cannot: bool = False) -> Sent:
    """Words are sent for the items at these places."""
    found = own(house, id).supplement
    drafts = [fill(house, found, found.items[place], cannot=cannot) for place in places]
    return house.own_supplements.send(SARA, id, drafts[-1])
