"""What the question for files does not receive: said in words, with everything else kept."""

from collections.abc import Iterator

import pikepdf
import pytest

from shared.app import House, use
from shared.domain.ids import DraftId
from shared.domain.received_files import LARGEST_FILE, Verdict
from shared.ports.store import Unavailable
from shared.records.drafts import report_owner
from tests.functions.file_pages import choose, names, pdf, photo, pixel_bomb, problems, zip_bomb
from tests.functions.reporter_browser import Reporter
from tests.houses import HandClock
from tests.people import ELSA
from tests.records.papers import ToldScanner, contents, file_keys, listed, packed, rows, scanned_house


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def told(clock: HandClock) -> tuple[House, ToldScanner]:
    return scanned_house(clock)


@pytest.fixture
def house(told: tuple[House, ToldScanner]) -> Iterator[House]:
    with use(told[0]) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("tom.pdf", b"", "är tom"),
        ("bild.png", b"MZ program", "en sorts fil som vi inte tar emot"),
        ("bild.svg", b"<svg onload=alert(1)>", "en sorts fil som vi inte tar emot"),
        ("hemlig.pdf", pdf(encryption=pikepdf.Encryption(owner="o", user="u")), "har lösenord"),
        ("halv.pdf", pdf()[:300], "Vi kan inte läsa"),
        ("halv.png", photo()[:60], "Vi kan inte läsa"),
        ("bomb.png", pixel_bomb(), "för stor på bredden eller höjden"),
        ("tva.zip", b"PK\x03\x04 %PDF-1.4 " + pdf(), "en sorts fil som vi inte tar emot"),
        ("tva.pdf", b"GIF89a" + pdf(), "en sorts fil som vi inte tar emot"),
        ("stor.zip", packed("x" * LARGEST_FILE), "är för stor"),
    ],
    ids=[
        "empty",
        "program",
        "svg",
        "locked",
        "cut pdf",
        "cut png",
        "pixel bomb",
        "zip and pdf",
        "gif and pdf",
        "large",
    ],
)
def test_what_is_not_received_is_said_in_words_and_the_others_are_kept(
    elsa: Reporter, house: House, name: str, content: bytes, words: str
) -> None:
    draft = elsa.write()
    page = choose(elsa, draft, ("bra.zip", packed()), (name, content), ladda="ja")

    assert page.status_code == 422
    [problem] = problems(page)
    assert words in problem
    assert f"”{name}”" in problem
    assert names(page.text) == ["bra.zip"]
    assert len(contents(house)) == len(rows(house)) == 1


def test_a_zip_bomb_is_kept_as_it_came_and_never_unpacked(elsa: Reporter, house: House) -> None:
    content = zip_bomb()
    choose(elsa, elsa.write(), ("bomb.zip", content), ladda="ja")

    [sealed] = house.kept.files.held.values()  # type: ignore[attr-defined]
    assert len(sealed) < len(content) + 1000 < 200_000


def test_an_infected_file_is_not_received(elsa: Reporter, told: tuple[House, ToldScanner]) -> None:
    told[1].says = Verdict.INFECTED

    [problem] = problems(choose(elsa, elsa.write(), ("a.zip", packed()), ladda="ja"))

    assert "skadlig kod" in problem


def test_the_eleventh_file_is_refused_and_ten_are_kept(elsa: Reporter) -> None:
    draft = elsa.write()
    page = choose(elsa, draft, *((f"{n}.zip", packed(str(n))) for n in range(11)), ladda="ja")

    assert [("högst 10 filer" in one) for one in problems(page)] == [True]
    assert len(names(page.text)) == 10
    assert 'type="file"' not in page.text


def test_a_full_store_is_said_for_the_file_and_the_others_are_kept(
    elsa: Reporter, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = house.kept.files.write

    def full(id: str, key: str, content: list[bytes]) -> int:
        if b"".join(content) == packed("b"):
            raise Unavailable("The disk is full.")
        return write(id, key, content)  # type: ignore[arg-type]

    monkeypatch.setattr(house.kept.files, "write", full)
    page = choose(
        elsa, elsa.write(), ("a.zip", packed("a")), ("b.zip", packed("b")), ("c.zip", packed("c")), ladda="ja"
    )

    [problem] = problems(page)
    assert "just nu" in problem
    assert names(page.text) == ["a.zip", "c.zip"]
    assert len(file_keys(house)) == 2


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("x" * 300 + ".zip", "x" * 251 + ".zip"),
        ("../../etc/passwd", "passwd.zip"),
        ("faktura\u202efdp.zip", "fakturafdp.zip"),
        ("رسالة.zip", "رسالة.zip"),
        ("con.zip", "_con.zip"),
        ("<b>fet.zip", "_b_fet.zip"),
    ],
)
def test_a_strange_name_becomes_a_safe_one(elsa: Reporter, house: House, name: str, kept: str) -> None:
    draft = elsa.write()
    choose(elsa, draft, (name, packed()), ladda="ja")
    stored = house.drafts.find(DraftId(draft), report_owner(ELSA))

    assert stored is not None
    assert listed(stored) == [kept]
