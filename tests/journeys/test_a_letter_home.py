"""The tour's letter: Love's mother reads the invitation, the father sees nothing of it, Anna sees it was opened."""

import re

from tests.journeys.acting import newest_case, sample, send_report, sign, take, write_report
from tests.journeys.town import town
from tests.journeys.visitor import Answer, Visitor

LOVE = {"child_given_name": "Love", "child_family_name": "Lindexempel", "child_person_id": "20150101-2395"}
_LETTER = re.compile(r"/meddelanden/[0-9a-f]{32}")


def report_love(elsa: Visitor) -> None:
    """The school reports concern for Love."""
    pages = {"vem": LOVE, "beskriv": {"concern_description": "Love är ofta hungrig."}}
    elsa.log_in("elsa.exempel", "/anmal")
    send_report(elsa, write_report(elsa, pages))


def invited(anna: Visitor, case: str, whom: str) -> Answer:
    """Anna invites one of those whom the register names; the case's letters."""
    page = anna.get(f"{case}/brev/skriv/report_invitation")
    found = re.search(
        rf'name="recipients"[^>]*value="([0-9a-f]{{32}})"(?:(?!name="recipients").)*?{whom}', page.text, re.DOTALL
    )
    assert found is not None, page.text
    answers = {**sample("letter_report_invitation")["brev"], "meeting_date-year": "2030"}
    check = anna.follow(anna.submit(page, page.path, **answers, recipients=found[1], how="inbox"))
    return anna.follow(anna.submit(check, f"{page.path}/kontrollera", checked="yes"))


def test_a_guardian_reads_the_invitation_after_login_and_the_other_guardian_does_not() -> None:
    with town() as here:
        report_love(here.visitor())
        anna, karin, omar = here.visitor(), here.visitor(), here.visitor()
        anna.log_in("anna.exempel", "/arbete")
        case = newest_case(anna)
        take(anna, case)
        assessed = {**sample("protection_assessment")["bedomning"], "guardians_may_be_contacted": "yes"}
        sign(anna, f"{case}/skyddsbedomning", {**assessed, "guardians_why_not": ""})
        assert "I inkorgen, inte öppnat" in invited(anna, case, "Karin").text

        karin.log_in("karin.lindexempel", "/meddelanden")
        (letter,) = set(_LETTER.findall(karin.get("/meddelanden").text))
        closed = karin.get(letter)
        assert "Till Karin Lindexempel" not in closed.text
        assert "Till Karin Lindexempel" in karin.follow(karin.submit(closed, letter)).text
        assert karin.get(f"{letter}.pdf").body.startswith(b"%PDF")
        omar.log_in("omar.lindexempel", "/meddelanden")
        assert _LETTER.findall(omar.get("/meddelanden").text) == []
        assert omar.get(letter).status == 404
        assert "Öppnat i" in anna.get(f"{case}/brev").text
