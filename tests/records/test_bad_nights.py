"""Whatever goes wrong, in whatever order: a page comes, a bounded number of times, and not after we knew it had."""

from collections.abc import Callable
from datetime import timedelta
from random import Random  # noqa: TID251 - bad nights by a seed, so that they can be repeated

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.domain.messages import Message, State
from shared.ports.notices import NotTaken, Outgoing, Unclear
from shared.ports.store import StoreError
from tests.adapters.faulty_store import FaultyStore
from tests.records.outgoing_post import Post

NIGHTS = range(150)


class Killed(BaseException):
    """The process is gone."""


class BadNight:
    """Alarms are lost, senders die, answers are lost, the store stops answering, and the gateway tells at random."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.store = FaultyStore(MemoryStore())
        self.post = Post(store=self.store)
        self.post.sms.send = self.gateway  # type: ignore[method-assign]
        self.taken: list[Outgoing] = []
        self.known_to_have_left = False
        self.too_late = 0

    def gateway(self, out: Outgoing) -> None:
        self.too_late += self.known_to_have_left
        match self.chance.choice("tnnuukkll"):
            case "n":
                raise NotTaken("503")
            case "u":
                self._take(out)
                raise Unclear("timeout")
            case "k":
                raise Killed
            case "l":
                self._take(out)
                raise Killed
            case _:
                self._take(out)

    def _take(self, out: Outgoing) -> None:
        self.taken.append(out)
        if self.chance.random() < 0.3:
            self.tell(out)

    def tell(self, out: Outgoing) -> None:
        """The gateway tells of a delivery, true or not yet."""
        state = self.chance.choice([State.SENT, State.DELIVERED, State.FAILED])
        self._try(lambda: self.post.house.delivery.report(out.report_to.rpartition("/")[2], state))

    def step(self) -> None:
        """Fifteen seconds in which something happens, or nothing."""
        self.post.clock.advance(timedelta(seconds=15))
        if self.chance.random() < 0.1:
            self._break_the_store()
        if self.chance.random() < 0.7:
            self._try(self.post.ring)
        if self.chance.random() < 0.05:
            self._try(self.post.sending.sweep)
        if self.taken and self.chance.random() < 0.05:
            self.tell(self.taken[-1])
        self._mend_the_store()
        self.known_to_have_left = not self.page.open

    def _break_the_store(self) -> None:
        store = self.store
        breaks = (store.fail_commits_before, store.fail_commits_after, store.conflict_commits, store.fail_reads)
        self.chance.choice(breaks)(1)

    def _mend_the_store(self) -> None:
        store = self.store
        for mend in (store.fail_commits_before, store.fail_commits_after, store.conflict_commits, store.fail_reads):
            mend(0)

    def _try(self, act: Callable[[], object]) -> None:
        try:
            act()
        except (Killed, StoreError):
            return  # an alarm of a process that is gone may ring again or not: the sweep is there

    @property
    def page(self) -> Message:
        return self.post.page


@pytest.mark.parametrize("seed", NIGHTS)
def test_the_page_comes_and_not_too_often(seed: int) -> None:
    night = BadNight(seed)
    night.post.report(acute=True)
    steps = 0
    while night.page.open and steps < 2000:
        night.step()
        steps += 1
    for _ in range(40):
        night.step()

    assert not night.page.open
    assert night.too_late == 0
    assert 1 <= len(night.taken) <= night.page.most_unsure + 1
    assert night.page.state in {State.SENT, State.DELIVERED, State.FAILED, State.DEAD}
