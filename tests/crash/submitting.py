"""Eight reporters who send reports to a server that is killed under them, and who do not give up."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from random import Random  # noqa: TID251 - accidents by a seed, so that they can be repeated
from threading import Event, Lock, Thread
from typing import TypeVar

from tests.journeys.running_host import RunningHost
from tests.journeys.visitor import Answer, Unreached, Visitor

CLIENTS = 8
REPORTERS = ("elsa.exempel", "farida.exempel")
CHILDREN = ("197701172392", "197701182383", "198404152392", "189001019802")
"""Numbers that several reports name, so that writers meet in the same akt."""
_RECEIPT = re.compile(r"^/anmal/kvitto/([0-9a-f]{32})$")
_T = TypeVar("_T")


@dataclass(slots=True)
class Ledger:
    """What the reporters were told: by submission, every receipt its sender has ever been led to."""

    receipts: dict[str, set[str]] = field(default_factory=dict)
    failures: list[BaseException] = field(default_factory=list)
    kills: int = 0
    again: int = 0
    _lock: Lock = field(default_factory=Lock)

    def note(self, submission: str, receipt: str) -> None:
        """The sender of the submission has seen this receipt."""
        with self._lock:
            self.receipts.setdefault(submission, set()).add(receipt)

    def note_again(self) -> None:
        """A request had to be sent again."""
        with self._lock:
            self.again += 1

    @property
    def acknowledged(self) -> int:
        """How many submissions have a receipt."""
        return len(self.receipts)


def submit_through_kills(host: RunningHost, submissions: Sequence[str], kills: int, chance: Random) -> Ledger:
    """Send all submissions (32 hex digits each) while the host is killed at `kills` moments drawn by `chance`."""
    ledger, waiting = Ledger(), SimpleQueue[str]()
    for one in submissions:
        waiting.put(one)
    seeds = [chance.getrandbits(64) for _ in range(CLIENTS)]
    clients = [
        Thread(target=_work, args=(host, REPORTERS[n % len(REPORTERS)], waiting, ledger, Random(seed)), daemon=True)
        for n, seed in enumerate(seeds)
    ]
    for client in clients:
        client.start()
    _kill_now_and_then(host, sorted(chance.sample(range(len(submissions)), kills)), ledger, chance)
    for client in clients:
        client.join()
    if ledger.failures:
        raise ledger.failures[0]
    return ledger


def _kill_now_and_then(host: RunningHost, moments: Sequence[int], ledger: Ledger, chance: Random) -> None:
    pause = Event()
    for moment in moments:
        while ledger.acknowledged < moment and not ledger.failures:
            pause.wait(0.01)
        pause.wait(chance.uniform(0, 0.1))
        host.kill()
        ledger.kills += 1
        host.start()


def _work(host: RunningHost, person: str, waiting: "SimpleQueue[str]", ledger: Ledger, chance: Random) -> None:
    try:
        client = _Client(host, person, ledger, chance)
        while True:
            client.report(waiting.get_nowait())
    except Empty:
        return
    except BaseException as error:  # noqa: BLE001 - whatever it is, the test must hear of it
        ledger.failures.append(error)


class _Client:
    """One reporter at one browser."""

    def __init__(self, host: RunningHost, person: str, ledger: Ledger, chance: Random) -> None:
        self._host = host
        self._ledger = ledger
        self._chance = chance
        self._pages: Visitor = host.visitor()
        self._token = self._insist(lambda: self._logged_in(person))

    def report(self, submission: str) -> None:
        """Write and send one report; done when its receipt has been read."""
        self._post("/anmal/utkast", submission, submission_id=submission)
        draft = f"/anmal/utkast/{submission}"
        self._post(f"{draft}/beskriv", submission, concern_description=f"Berättelse {submission}.")
        self._post(f"{draft}/vem", submission, **self._child())
        receipt = self._send(draft, submission)
        if self._chance.random() < 0.1:
            assert self._send(draft, submission) == receipt
        assert self._insist(lambda: self._pages.get(f"/anmal/kvitto/{receipt}")).status == 200
        self._ledger.note(submission, receipt)

    def _logged_in(self, person: str) -> str:
        self._pages = self._host.visitor()
        page = self._pages.log_in(person, "/anmal")
        assert page.status == 200, page.text
        return dict(page.form("/anmal/utkast").fields)["csrf_token"]

    def _child(self) -> dict[str, str]:
        if self._chance.random() < 0.2:
            return {"child_person_id": self._chance.choice(CHILDREN)}
        return {"child_given_name": f"Kim {self._chance.randrange(1000)}"}

    def _send(self, draft: str, submission: str) -> str:
        for _ in range(20):
            check = self._insist(lambda: self._pages.get(f"{draft}/kontrollera"))
            revision = re.search(r'name="checked" value="(\d+)"', check.text)
            fields = {"checked": revision[1] if revision else "1", "confirm": "yes"}
            answer = self._post(f"{draft}/skicka", submission, submission_id=submission, **fields)
            if found := _RECEIPT.match(answer.location):
                return found[1]
        raise AssertionError("no receipt after twenty attempts")

    def _post(self, path: str, submission: str, **fields: str) -> Answer:
        sent = [("csrf_token", self._token), *fields.items()]
        answer = self._insist(lambda: self._pages.post(path, sent))
        if answer.status == 303:
            return answer
        raise AssertionError(f"{path}: {answer.status} for {submission}")

    def _insist(self, request: Callable[[], _T]) -> _T:
        """The same request again until it is answered."""
        while True:
            assert self._host.answering.wait(60), "the host does not come back"
            try:
                answer = request()
            except Unreached:
                self._ledger.note_again()
            else:
                return answer
