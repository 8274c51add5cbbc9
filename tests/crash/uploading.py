"""A phone that sends a file in parts to a server that is killed under it, and takes up what was left."""

import json
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import sha256
from random import Random  # noqa: TID251 - accidents by a seed, so that they can be repeated
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from shared.domain.uploads import PART
from tests.journeys.running_host import RunningHost
from tests.journeys.visitor import Answer, Unreached, Visitor


class Phone:
    """Somebody logged in before a question for files, with one to send; `sent` counts how often each part was sent."""

    def __init__(self, host: RunningHost, pages: Visitor, question: str, content: bytes, name: str) -> None:
        self.content = content
        self.name = name
        self.pages = pages
        self.question = question
        self.sent: Counter[int] = Counter()
        self._host = host
        self._token = dict(pages.get(question).form(f"{question}/filer").fields)

    def announce(self) -> dict[str, Any]:
        """Which parts the server wants."""
        fields = {"name": self.name, "size": len(self.content), "sha256": sha256(self.content).hexdigest()}
        return self._said(self._post("", fields))

    def send(self, upload: str, number: int) -> None:
        """Send one part, whatever comes of it."""
        part = self.content[number * PART : (number + 1) * PART]
        self.sent[number] += 1
        headers = {**self._proof(), "X-Part-SHA256": sha256(part).hexdigest()}
        answer = self.pages.ask("PUT", f"{self.question}/delar/{upload}/{number}", part, headers)
        assert answer.status == 200, answer.text

    def while_it_is_killed(self, act: Callable[[], object], chance: Random) -> None:
        """Ask something of a server that goes down meanwhile, and wait until it is back."""

        def try_to() -> None:
            with suppress(Unreached):
                act()

        sending = Thread(target=try_to)
        sending.start()
        sending.join(chance.uniform(0, 0.03))
        self._host.kill()
        sending.join()
        self._host.start()

    def finish(self, upload: str) -> dict[str, Any]:
        """The file is received."""
        return self._said(self._post(f"/{upload}/klar", {"name": self.name}))

    def _post(self, path: str, fields: dict[str, Any]) -> Answer:
        headers = {**self._proof(), "Content-Type": "application/x-www-form-urlencoded"}
        return self.pages.ask("POST", f"{self.question}/delar{path}", urlencode(fields).encode(), headers)

    def _proof(self) -> dict[str, str]:
        return {"X-CSRF-Token": self._token["csrf_token"]}

    @staticmethod
    def _said(answer: Answer) -> dict[str, Any]:
        assert answer.status == 200, answer.text
        said: dict[str, Any] = json.loads(answer.body)
        return said


def send_through_cuts(phone: Phone, cuts: int, chance: Random) -> None:
    """Send the whole file while the server is killed at `cuts` of its parts."""
    begun = phone.announce()
    fatal = set(chance.sample(range(begun["parts"]), cuts))
    while missing := [n for n in range(begun["parts"]) if n not in begun["had"]]:
        for number in missing:
            if number in fatal:
                fatal.remove(number)
                phone.while_it_is_killed(partial(phone.send, begun["upload"], number), chance)
                break
            phone.send(begun["upload"], number)
        begun = phone.announce()
    phone.finish(begun["upload"])


def cut_at_its_end(phone: Phone, chance: Random) -> None:
    """Send the whole file, while the server is killed when it is put together."""
    begun = phone.announce()
    for number in range(begun["parts"]):
        phone.send(begun["upload"], number)
    phone.while_it_is_killed(partial(phone.finish, begun["upload"]), chance)
    again = phone.announce()
    if "upload" in again:
        assert len(again["had"]) == again["parts"], "all parts had come"
        phone.finish(again["upload"])
