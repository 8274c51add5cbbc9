"""Every place where somebody may give a file: by the script in parts, and by the form."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, Final
from urllib.parse import urlencode

from shared.domain.uploads import PART
from shared.records.attachment_rows import read_attachment
from tests.access.routes import ROUTES, Route
from tests.faults.posting import Sender, sender
from tests.journeys.multipart import CONTENT_TYPE, multipart
from tests.journeys.town import Town
from tests.journeys.visitor import Answer

DOORS: Final = tuple(one for one in ROUTES if one.method == "POST" and one.rule.endswith("/delar"))
"""Where a script announces a file."""
FORMS: Final = tuple(one for one in ROUTES if one.method == "POST" and one.rule.endswith("/filer"))
"""Where files come with a form."""
LARGE: Final = b"PK\x03\x04" + b"x" * (2 * PART) + b"end"
"""A packed file of three parts; nobody opens it."""
NAME: Final = "stor.zip"


def part(number: int) -> bytes:
    """A part of the large file."""
    return LARGE[number * PART : (number + 1) * PART]


@dataclass(frozen=True, slots=True)
class Door:
    """Somebody before the question for files of one service, as its script sends."""

    town: Town
    form: Sender

    def announce(self) -> dict[str, Any]:
        """Which parts are wanted, or all files there are."""
        said: dict[str, Any] = json.loads(self._post("", size=str(len(LARGE)), sha256=sha256(LARGE).hexdigest()).body)
        return said

    def put(self, upload: str, number: int, content: bytes, digest: str = "") -> Answer:
        """Send one part; without `digest` with its own."""
        headers = {**self._proof(), "X-Part-SHA256": digest or sha256(content).hexdigest()}
        return self.form.visitor.ask("PUT", f"{self.form.path}/{upload}/{number}", content, headers)

    def finish(self, upload: str) -> Answer:
        """The last part has come."""
        return self._post(f"/{upload}/klar")

    def content(self, id: str) -> bytes:
        """What lies there of a file that is listed."""
        house = self.town.house
        row = house.store.get("attachments", id)
        assert row is not None
        return b"".join(house._received.content(read_attachment(row, house._vault.sealing).file))

    def _post(self, path: str, **fields: str) -> Answer:
        headers = {**self._proof(), "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"name": NAME, **fields}).encode()
        return self.form.visitor.ask("POST", f"{self.form.path}{path}", body, headers)

    def _proof(self) -> dict[str, str]:
        return {"X-CSRF-Token": dict(self.form.fields)["csrf_token"]}


def door(town: Town, route: Route) -> Door:
    """Whoever may give files there."""
    return Door(town, sender(town, route))


def chosen(form: Sender, files: Sequence[tuple[str, bytes]]) -> Answer:
    """Files sent with the form, with the button that stays on the page."""
    fields = [("csrf_token", dict(form.fields)["csrf_token"]), ("ladda", "ja")]
    body = multipart(fields, [("filer", *one) for one in files])
    return form.visitor.ask("POST", form.path, body, {"Content-Type": CONTENT_TYPE})
