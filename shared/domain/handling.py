"""Who does something about an application or an appeal, when, and with which new ids."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shared.domain.deadlines import Deadline
from shared.domain.ids import ItemId
from shared.domain.municipality import Municipality, Staff
from shared.domain.principals import Principal


@dataclass(frozen=True, slots=True)
class Handling:
    """By whom, when, and with which new ids something is done about an appeal or an application.

    `who` is `by` as the directory has them. `item`, `letter` are for what the act makes. `running` are the stored
    deadlines that it stops.
    """

    by: Principal
    who: Staff
    municipality: Municipality
    now: datetime
    fresh: Callable[[], str]
    item: ItemId
    letter: ItemId
    running: Sequence[Deadline] = ()
