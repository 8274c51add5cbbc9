"""/verifiera: three calm answers, each mistake in its own words, and not a word about anybody."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from functions.start.main import app
from shared.app import House, use
from shared.domain.originals import LARGEST
from shared.ports.store import Unavailable
from tests.adapters.seals import sealed
from tests.houses import demo_house
from tests.records.test_verification import made

_PART = b"--x\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n"


class Asker:
    """Anybody with a browser."""

    def __init__(self, house: House) -> None:
        self.house = house
        self.client: FlaskClient = app.test_client()

    def get(self) -> TestResponse:
        return self.client.get("/verifiera", base_url=self.house.settings.origin)

    def file(self, content: bytes, name: str = "beslut.pdf") -> TestResponse:
        parts = {'name="csrf_token"': self._token().encode(), 'name="med"': b"fil"}
        parts[f'name="dokument"; filename="{name}"'] = content
        body = b"".join(_PART % (head.encode(), value) for head, value in parts.items()) + b"--x--\r\n"
        return self._send(body, "multipart/form-data; boundary=x")

    def post(self, **fields: str) -> TestResponse:
        return self._send(
            urlencode({"csrf_token": self._token(), **fields}).encode(), "application/x-www-form-urlencoded"
        )

    def _token(self) -> str:
        return str(re.findall(r'name="csrf_token" value="([^"]+)"', self.get().text)[0])

    def _send(self, body: bytes, kind: str) -> TestResponse:
        origin = self.house.settings.origin
        return self.client.post("/verifiera", base_url=origin, data=body, content_type=kind)


@pytest.fixture
def asker() -> Iterator[Asker]:
    with use(demo_house()) as house:
        yield Asker(house)


def test_the_page_stands_without_the_store(asker: Asker) -> None:
    asker.house.store.clear()  # type: ignore[attr-defined]

    assert asker.get().status_code == 200
    assert asker.house.store.cost().rpcs == 0  # type: ignore[attr-defined]


def test_an_original_is_said_to_be_ours_with_its_day_and_nothing_about_the_child(asker: Asker) -> None:
    original, pdf, code = made(asker.house)
    by_file, by_code = asker.file(pdf), asker.post(nummer=original.reference, kod=code, med="kod")
    assert "Beslutet kommer från oss" in by_file.text
    assert "Numret och koden stämmer" in by_code.text
    for answer in (by_file, by_code):
        assert answer.status_code == 200
        assert "2 november 2026" in answer.text.replace("\xa0", " ")
        assert "Exempelkommun" in answer.text
        for telling in ("Nova", "Anna Exempel", "inleder", "198804202383", original.id, original.reference):
            assert telling not in answer.text


def test_a_code_alone_vouches_for_no_text(asker: Asker) -> None:
    original, _, code = made(asker.house)

    assert "Koden säger inte om texten" in asker.post(nummer=original.reference, kod=code, med="kod").text


def test_a_changed_file_is_said_to_be_changed(asker: Asker) -> None:
    _, pdf, _ = made(asker.house)

    assert "Filen har ändrats" in asker.file(pdf + b"\n%%EOF\n").text


def test_other_files_and_codes_are_unknown(asker: Asker) -> None:
    made(asker.house)

    assert "Vi känner inte igen det" in asker.file(sealed()).text
    assert "Vi känner inte igen det" in asker.post(nummer="OA-4T7-X9K", kod="K7TM-2XQA-9R4W", med="kod").text


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "Välj filen"),
        (b"<html>", "ingen PDF"),
        (b"%PDF-" + bytes(LARGEST), "större än 10 MB"),
    ],
    ids=["empty", "no PDF", "too large"],
)
def test_a_file_that_can_not_be_one_of_ours_is_told_why(asker: Asker, content: bytes, words: str) -> None:
    answer = asker.file(content)

    assert answer.status_code == 422
    assert words in answer.text
    assert 'href="#dokument"' in answer.text


def test_a_post_that_is_far_too_large_is_told_so_in_the_same_words(asker: Asker) -> None:
    answer = asker.file(b"%PDF-" + bytes(2 * LARGEST))

    assert answer.status_code == 413
    assert "större än 10 MB" in answer.text
    assert 'name="dokument"' in answer.text


def test_missing_words_are_asked_for_and_what_was_typed_stays(asker: Asker) -> None:
    answer = asker.post(nummer="OA-4T7-X9K", kod=" ", med="kod")

    assert answer.status_code == 422
    assert 'value="OA-4T7-X9K"' in answer.text
    assert 'href="#kod"' in answer.text
    assert asker.post(med="kod").status_code == 422
    assert asker.post(med="fil").status_code == 422


def test_a_strangers_wrong_codes_are_in_nobodys_way(asker: Asker) -> None:
    answers = {asker.post(nummer="OA-4T7-X9K", kod="K7TM-2XQA-9R4W", med="kod").status_code for _ in range(30)}

    assert answers == {200}


def test_when_too_many_files_are_checked_at_once_one_is_asked_to_wait(
    asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(_: bytes) -> None:
        raise Unavailable("busy")

    monkeypatch.setattr(asker.house.verification, "file", busy)
    answer = asker.file(b"%PDF-1.7")

    assert answer.status_code == 503
    assert "Vänta en minut" in answer.text


def test_a_post_from_another_site_is_refused(asker: Asker) -> None:
    answer = asker.client.post("/verifiera", base_url=asker.house.settings.origin, data={"med": "kod"})

    assert answer.status_code == 403


def test_what_the_file_is_called_is_never_shown_or_kept(asker: Asker) -> None:
    assert "kalle" not in asker.file(b"%PDF-1.7", name="../kalle<script>.pdf").text
