"""A word of its own in every field, from the school to the feedback: afterwards none can be read but by who may."""

import re
from collections.abc import Iterator
from typing import Final

import pytest

from shared.domain.reviews import ReviewCheck
from tests.faults.canaries import CHILD_NUMBER, Canaries, files, hits
from tests.journeys.acting import newest_case, release, send_report, sign, take, write_report
from tests.journeys.multipart import CONTENT_TYPE, multipart
from tests.journeys.practice_post import code
from tests.journeys.running_host import RunningHost
from tests.journeys.visitor import Answer, Visitor

TOLVAN: Final = "191212121212"
PEOPLE: Final = ("197909212388", "198404189287", "Elsa Exempel", TOLVAN, "Tolvan Exempel")
"""Whom the login knows, and what nobody writes down: numbers, and the names of reporter and recipient."""
REACHED: Final = {"epost": "kanariefagel90q@example.com", "mobil": "070-1740691"}
"""Where a resident is told of a letter."""
_SENT_TO: Final = {**REACHED, "mobil": "+46701740691"}
PAPER: Final = ("Kanariefagel88q", "Kanariefagel89q")
"""What a file is called, and what it holds."""
ADDED: Final = "Kanariefagel96q"
"""What is added to a note."""


class Trail:
    """What the whole way left behind."""

    def __init__(self, host: RunningHost) -> None:
        self.host = host
        self.report = Canaries("concern_report_professional")
        self.protection = Canaries("protection_assessment", 60)
        self.decision = Canaries("preliminary_assessment", 70)
        self.letter = Canaries("letter_report_invitation", 80)
        self.note = Canaries("journal_note", 93)
        self.elsa, self.anna, self.tolvan = self.host.visitor(), self.host.visitor(), self.host.visitor()
        self.refusals: list[Answer] = []
        self.codes: list[str] = []
        self.shown = self._walk()
        self.left = self.host.visitor().get("/lokal/meddelanden").text
        self.running = files(self.host.data)
        self.host.stop()
        self.stopped = files(self.host.data)

    @property
    def written(self) -> list[str]:
        """Every word that anybody wrote."""
        forms = (self.report, self.protection, self.decision, self.letter, self.note)
        return [CHILD_NUMBER, *PAPER, ADDED, *(word for form in forms for word in form.words.values())]

    @property
    def visitors(self) -> tuple[Visitor, ...]:
        """The browsers."""
        return self.elsa, self.anna, self.tolvan

    def _walk(self) -> str:
        self.elsa.log_in("elsa.exempel", "/anmal")
        draft = write_report(self.elsa, self.report.pages)
        self._attach(draft)
        self._be_refused(self.elsa, f"{draft}/beskriv")
        receipt = send_report(self.elsa, draft)
        self.elsa.get(f"{receipt.path}.pdf")
        self.anna.log_in("anna.exempel", "/arbete")
        case = newest_case(self.anna)
        take(self.anna, case)
        pages = [
            self.anna.get(f"{case}{part}").text for part in ("/anmalan", "/folkbokforing", "/kontakt?forsakrat=ja")
        ]
        pages.append(self._read_file(pages[0]))
        sign(self.anna, f"{case}/skyddsbedomning", self.protection.pages["bedomning"])
        pages += [self._letter(case), self._note(case)]
        self._be_refused(self.anna, f"{case}/beslut")
        sign(self.anna, f"{case}/beslut", {**self.decision.pages["beslut"], "outcome": "inleda"})
        release(self.anna, case)
        pages += [self.anna.get(f"{case}/bedomningar").text, self.elsa.get(f"{receipt.path}/innehall").text]
        return "".join(pages)

    def _letter(self, case: str) -> str:
        """Invite somebody to talk; the letter as the recipient reads it, and on paper."""
        self._say_where()
        page = f"{case}/brev/skriv/report_invitation"
        named = {"recipients": "other", "other_name": "Tolvan Exempel", "other_number": TOLVAN, "how": "inbox"}
        plan = {} if 'name="plan"' not in self.anna.get(page).text else {"plan": "Barnet är hos mormor."}
        answers = {**self.letter.pages["brev"], **named, **plan}
        check = self.anna.follow(self.anna.submit(self.anna.get(page), page, **answers))
        self._be_refused(self.anna, page)
        letters = self.anna.follow(self.anna.submit(check, f"{page}/kontrollera", checked="yes"))
        assert letters.path == f"{case}/brev", letters.text
        found = re.search(r"/meddelanden/[0-9a-f]{32}", self.tolvan.get("/meddelanden").text)
        assert found is not None
        opened = self.tolvan.follow(self.tolvan.submit(self.tolvan.get(found[0]), found[0]))
        self.tolvan.get(f"{found[0]}.pdf")
        return opened.text

    def _note(self, case: str) -> str:
        """Write down a call, add to it and release it; the note as a colleague reads it."""
        page, day = f"{case}/journal/skriv", {"happened-day": "1", "happened-month": "1", "happened-year": "2026"}
        self._be_refused(self.anna, page)
        journal = sign(self.anna, page, {**self.note.pages["anteckning"], **day, "care": []})
        found = re.search(rf"{case}/journal/[0-9a-f]{{32}}", journal.text)
        assert found is not None
        more, review = f"{found[0]}/tillagg", f"{found[0]}/lamna-ut"
        self.anna.submit(self.anna.get(found[0]), more, text=ADDED, go="sign")
        checks = [one.value for one in ReviewCheck]
        self.anna.submit(self.anna.get(review), review, checks=checks, result="released", go="sign")
        shown = self.anna.get(found[0]).text
        assert "Utlämnad" in shown
        return shown

    def _say_where(self) -> None:
        """Tolvan proves an address and a number."""
        self.tolvan.log_in("tolvan.exempel", "/meddelanden")
        for way, address in REACHED.items():
            page = f"/sa-nar-vi-dig/{way}"
            self.tolvan.submit(self.tolvan.get(page), page, address=address, alone="yes")
            self.codes.append(code(self.host.visitor(), _SENT_TO[way]))
            typed = self.tolvan.submit(self.tolvan.get(f"{page}/kod"), f"{page}/kod", code=self.codes[-1])
            assert typed.status == 303, typed.text
            self.tolvan.get("/sa-nar-vi-dig")

    def _attach(self, draft: str) -> None:
        """A file goes along; its parts lie there while it is on its way, as they do when a line breaks."""
        name, word = PAPER
        fields = self.elsa.get(f"{draft}/bilagor").form(f"{draft}/bilagor/filer").fields
        body = multipart(fields, [("filer", f"{name}.zip", b"PK\x03\x04" + word.encode() * 50_000)])
        answer = self.elsa.ask("POST", f"{draft}/bilagor/filer", body, {"Content-Type": CONTENT_TYPE})
        assert answer.status == 303, answer.text

    def _read_file(self, page: str) -> str:
        """The file as staff are given it."""
        link = re.search(r'href="(/arbete/arende/[0-9a-f]+/bilagor/[0-9a-f]+)"', page)
        assert link is not None
        return self.anna.get(link[1]).text[:200]

    def _be_refused(self, visitor: Visitor, path: str) -> None:
        """Fail in every way there is, with words of ours in hand."""
        words = list(self.report.words.values())[:20]
        token = dict(visitor.get(path).form(path).fields)["csrf_token"]
        fields = [(f"field{n}", word) for n, word in enumerate(words)]
        self.refusals += [
            visitor.post(path, [("csrf_token", token), *fields]),
            visitor.post(path, fields),
            visitor.post(path, [("csrf_token", token), *fields], Origin="https://evil.example"),
            visitor.post(f"{path}x", [("csrf_token", token), *fields]),
            visitor.ask("PUT", path, "&".join(words).encode()),
            visitor.ask("GET", path, headers={"Host": "evil.example", "User-Agent": words[0], "Referer": words[1]}),
        ]


@pytest.fixture(scope="module")
def trail(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trail]:
    host = RunningHost(tmp_path_factory.mktemp("canaries"))
    host.start()
    try:
        yield Trail(host)
    finally:
        host.stop()


@pytest.mark.slow
def test_those_who_may_read_every_word(trail: Trail) -> None:
    shown = trail.shown.encode()
    unread = [word for word in trail.written if word not in hits([word], shown) and word != CHILD_NUMBER]
    assert unread == []
    assert len(trail.written) > 50


@pytest.mark.slow
def test_no_file_holds_a_word_of_it_open(trail: Trail) -> None:
    for place in (trail.running, trail.stopped):
        assert {"store.db", "keys.db", "alarms.db"} <= set(place)
        assert {name: found for name, body in place.items() if (found := hits([*trail.written, *PEOPLE], body))} == {}


@pytest.mark.slow
def test_no_log_line_address_or_cookie_holds_a_word_of_it(trail: Trail) -> None:
    said = trail.host.said.read_bytes()
    assert b"report.sent" in said
    addresses = "\n".join(path for one in trail.visitors for path in one.visited).encode()
    cookies = "\n".join(value for one in trail.visitors for value in one.cookies.values()).encode()
    assert [hits([*trail.written, *PEOPLE], place) for place in (said, addresses, cookies)] == [[], [], []]


@pytest.mark.slow
def test_what_would_have_left_the_house_holds_no_word_of_it_and_no_file_or_line_an_address(trail: Trail) -> None:
    assert "Jouren behövs nu." in trail.left
    assert hits([*trail.written, *PEOPLE], trail.left.encode()) == []
    addresses = ["+46313900613", "maria.exempel@example.se", "anna.exempel@example.se"]
    places = [*trail.running.values(), *trail.stopped.values(), trail.host.said.read_bytes()]
    assert [found for place in places if (found := hits(addresses, place))] == []


@pytest.mark.slow
def test_no_file_or_line_or_address_holds_where_a_resident_is_told_or_the_code_that_proves_it(trail: Trail) -> None:
    assert [hits([one], trail.left.encode()) for one in REACHED.values()] == [[one] for one in REACHED.values()]
    addresses = "\n".join(path for one in trail.visitors for path in one.visited).encode()
    places = [*trail.running.values(), *trail.stopped.values(), trail.host.said.read_bytes(), addresses]
    assert [found for place in places if (found := hits(REACHED.values(), place))] == []
    # Six digits alone stand in many an instant and id: a code would stand by itself.
    codes = re.compile(rb"(?<![0-9a-f.])(?:%s)(?![0-9a-f])" % "|".join(trail.codes).encode())
    assert len(trail.codes) == 2
    assert [found for place in places if (found := codes.findall(place))] == []


@pytest.mark.slow
def test_no_page_about_a_mistake_holds_a_word_of_it(trail: Trail) -> None:
    assert {answer.status for answer in trail.refusals} == {400, 403, 404, 405}
    assert [hits(trail.written, answer.body) for answer in trail.refusals] == [[]] * len(trail.refusals)


def test_the_search_finds_a_word_however_it_is_written() -> None:
    word = "070-1740611"
    for place in (b"x070-1740611", b"+46701740611", b"MDcwLTE3NDA2MTE=", "070-1740611".encode("utf-16-le")):
        assert hits([word], b"..." + place) == [word]
    assert hits([word], b"070-1740612") == []
