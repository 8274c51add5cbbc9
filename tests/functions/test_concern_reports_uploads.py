"""Files in parts as the script on the page sends them: announced, interrupted, taken up again, received or refused."""

from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

import pytest
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.domain.uploads import PART
from tests.functions.file_pages import names, path, token_for
from tests.functions.reporter_browser import Reporter
from tests.people import CIA
from tests.records.papers import ToldScanner, contents, packed, scanned_house

LARGE = packed("x" * (PART + 10))


@pytest.fixture
def told() -> tuple[House, ToldScanner]:
    return scanned_house()


@pytest.fixture
def house(told: tuple[House, ToldScanner]) -> Iterator[House]:
    with use(told[0]) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


class Script:
    """What the script on the page of a draft asks for."""

    def __init__(self, elsa: Reporter, draft: str) -> None:
        self.elsa = elsa
        self.at = f"{path(draft)}/delar"
        self.headers = {"X-CSRF-Token": token_for(elsa, draft)[1]}

    def post(self, path: str, fields: Mapping[str, object]) -> TestResponse:
        origin = self.elsa.house.settings.origin
        return self.elsa.pages.post(self.at + path, data=fields, headers=self.headers, base_url=origin)

    def announce(self, content: bytes = LARGE, name: str = "stor.zip", **other: object) -> TestResponse:
        said = {"name": name, "size": len(content), "sha256": sha256(content).hexdigest(), **other}
        return self.post("", said)

    def put(self, upload: str, number: int, content: bytes = LARGE) -> TestResponse:
        part = content[number * PART : (number + 1) * PART]
        headers = {**self.headers, "X-Part-SHA256": sha256(part).hexdigest()}
        address = f"{self.at}/{upload}/{number}"
        return self.elsa.pages.put(address, data=part, headers=headers, base_url=self.elsa.house.settings.origin)

    def finish(self, upload: str) -> TestResponse:
        return self.post(f"/{upload}/klar", {"name": "stor.zip"})


@pytest.fixture
def script(elsa: Reporter) -> Script:
    return Script(elsa, elsa.write())


def said(answer: TestResponse, status: int = 200) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def test_a_file_comes_in_parts_and_is_listed(script: Script, elsa: Reporter) -> None:
    begun = said(script.announce())
    assert (begun["parts"], begun["part"], begun["had"]) == (2, PART, [])
    assert said(script.put(begun["upload"], 1))["had"] == [1]
    assert said(script.announce())["had"] == [1]
    assert said(script.put(begun["upload"], 0))["had"] == [0, 1]

    [file] = said(script.finish(begun["upload"]))["files"]

    assert (file["name"], file["size"], file["waits"]) == ("stor.zip", "1,0\N{NO-BREAK SPACE}MB", False)
    assert said(script.announce())["files"] == [file], "the file is there already"
    assert names(elsa.get(script.at.removesuffix("/delar")).text) == ["stor.zip"]


def test_the_page_lets_its_own_script_send(elsa: Reporter) -> None:
    draft = elsa.write()
    assert "connect-src 'self'" in elsa.get(path(draft)).headers["Content-Security-Policy"]
    assert "connect-src" not in elsa.get(f"/anmal/utkast/{draft}/beskriv").headers["Content-Security-Policy"]


def test_what_is_refused_is_said_in_words(script: Script, told: tuple[House, ToldScanner]) -> None:
    assert "är tom" in said(script.announce(b""), 422)["refused"]
    content = b"MZ" + bytes(100)
    begun = said(script.announce(content, "a.exe"))
    script.put(begun["upload"], 0, content)
    refused = said(script.finish(begun["upload"]), 422)["refused"]
    assert "sorts fil som vi inte tar emot" in refused
    assert contents(told[0]) == set()


def test_lacking_and_wrong_parts_are_said_by_a_code(script: Script) -> None:
    upload = said(script.announce())["upload"]

    assert said(script.finish(upload), 409) == {"problem": "missing"}
    assert said(script.put(upload, 7), 400) == {"problem": "number"}
    assert said(script.put(upload, 1, LARGE[:-1]), 400) == {"problem": "size"}
    script.headers["X-Part-SHA256"] = "0" * 64
    wrong = script.elsa.pages.put(
        f"{script.at}/{upload}/1", data=LARGE[PART:], headers=script.headers, base_url=script.elsa.house.settings.origin
    )
    assert said(wrong, 409) == {"problem": "checksum"}
    assert said(script.put("0" * 32, 0), 404) == {"problem": "unknown"}


@pytest.mark.parametrize(
    "other", [{"size": "-1"}, {"size": "x"}, {"sha256": "0"}, {"sha256": "Z" * 64}, {"name": ""}, {"annat": "1"}]
)
def test_an_announcement_that_no_script_of_ours_makes_is_refused(script: Script, other: dict[str, str]) -> None:
    assert script.announce(**other).status_code == 400  # type: ignore[arg-type]


def test_without_the_token_nothing_is_kept(script: Script, house: House) -> None:
    upload = said(script.announce())["upload"]
    script.headers = {}

    assert [script.announce().status_code, script.put(upload, 0).status_code] == [403, 403]
    assert script.finish(upload).status_code == 403
    assert contents(house) == set()


def test_nobody_else_touches_an_upload(script: Script, house: House) -> None:
    upload = said(script.announce())["upload"]
    cia = Reporter(house, CIA)
    theirs, own = Script(cia, cia.write()), script.at
    theirs.at = own
    assert [theirs.announce().status_code, theirs.put(upload, 0).status_code] == [404, 404]
    theirs = Script(cia, cia.write())
    assert said(theirs.put(upload, 0), 404) == {"problem": "unknown"}


def test_a_script_that_was_logged_out_is_told_so_and_not_led_away(script: Script) -> None:
    script.elsa.pages.delete_cookie("session", domain="localhost")

    assert script.announce().status_code in {401, 403}
    assert script.put("0" * 32, 0).status_code in {401, 403}


def test_a_part_larger_than_any_part_is_not_read(script: Script) -> None:
    upload = said(script.announce())["upload"]
    much = script.elsa.pages.put(
        f"{script.at}/{upload}/0", data=bytes(PART + 1), headers=script.headers,
        base_url=script.elsa.house.settings.origin,
    )  # fmt: skip

    assert much.status_code == 413
