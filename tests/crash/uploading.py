"""A phone that sends a file in parts to a server that is killed under it, and takes up what was left."""

import json
from collections import Counter
from hashlib import sha256
from random import Random  # noqa: TID251 - accidents by a seed, so that they can be repeated
from threading import Thread
from typing import Any
from urllib.parse import urlencode

from shared.domain.uploads import PART
from tests.journeys.running_host import RunningHost
from tests.journeys.visitor import Answer, Unreached, Visitor


class Phone:
    """One reporter, logged in, with a draft and a file to send; `sent` counts how often each part was sent."""

    def __init__(self, host: RunningHost, content: bytes, name: str) -> None:
        self.content = content
        self.name = name
        self.sent: Counter[int] = Counter()
        self._host = host
        self.pages: Visitor = host.visitor()
        page = self.pages.log_in("elsa.exempel", "/anmal")
        begun = self.pages.follow(self.pages.submit(page, "/anmal/utkast"))
        self.draft = begun.path.rpartition("/")[0]
        self._token = dict(self.pages.get(f"{self.draft}/bilagor").form(f"{self.draft}/bilagor/filer").fields)

    def announce(self) -> dict[str, Any]:
        """Which parts the server wants."""
        fields = {"name": self.name, "size": len(self.content), "sha256": sha256(self.content).hexdigest()}
        return self._said(self._post("", fields))

    def send(self, upload: str, number: int) -> None:
        """Send one part, whatever comes of it."""
        part = self.content[number * PART : (number + 1) * PART]
        self.sent[number] += 1
        headers = {**self._proof(), "X-Part-SHA256": sha256(part).hexdigest()}
        answer = self.pages.ask("PUT", f"{self.draft}/bilagor/delar/{upload}/{number}", part, headers)
        assert answer.status == 200, answer.text

    def send_while_it_is_killed(self, upload: str, number: int, chance: Random) -> None:
        """Send one part to a server that goes down meanwhile, and wait until it is back."""

        def try_to() -> None:
            try:
                self.send(upload, number)
            except Unreached:
                return

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
        return self.pages.ask("POST", f"{self.draft}/bilagor/delar{path}", urlencode(fields).encode(), headers)

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
                phone.send_while_it_is_killed(begun["upload"], number, chance)
                break
            phone.send(begun["upload"], number)
        begun = phone.announce()
    phone.finish(begun["upload"])
