"""A bound in time around a population register: somebody waits at a page for its answer."""

from collections.abc import Callable, Mapping
from concurrent.futures import Future
from threading import BoundedSemaphore, Thread
from typing import Final, TypeVar

from shared.domain.household import Household
from shared.domain.register import Family
from shared.ports.register import PopulationRegister, RegisterUnavailable

_Answer = TypeVar("_Answer")
LONGEST: Final = 1.5
"""Seconds: the page has half a second left of the two in which it answers."""
_LINES: Final = 8
"""So many questions at once: a register that hangs holds no more threads than these."""


class TimelyRegister:
    """Asks in a thread of its own and stops waiting in time; a late answer is thrown away."""

    def __init__(self, register: PopulationRegister, longest: float = LONGEST) -> None:
        self.source: Mapping[str, str] = register.source
        self._register = register
        self._longest = longest
        self._lines = BoundedSemaphore(_LINES)

    def family(self, number: str) -> Family | None:
        """As the port promises, whatever the register does."""
        return self._in_time(lambda: self._register.family(number))

    def household(self, number: str) -> Household | None:
        """As the port promises, whatever the register does."""
        return self._in_time(lambda: self._register.household(number))

    def _in_time(self, question: Callable[[], _Answer]) -> _Answer:
        if not self._lines.acquire(blocking=False):
            raise RegisterUnavailable
        answer: Future[_Answer] = Future()
        Thread(target=self._ask, args=(question, answer), daemon=True).start()
        try:
            return answer.result(self._longest)
        except TimeoutError as error:
            raise RegisterUnavailable from error

    def _ask(self, question: Callable[[], _Answer], answer: "Future[_Answer]") -> None:
        try:
            answer.set_result(question())
        except Exception as error:  # noqa: BLE001 - it is raised where the answer is awaited
            answer.set_exception(error)
        finally:
            self._lines.release()
