"""What staff sign: kept as a draft, read through, signed once, and never written over by a colleague."""

from collections.abc import Iterator

import pytest

from shared.app import House, use
from shared.domain.cases import Step
from tests.functions.staff_browser import DECISION, PROTECTION, Desk, assessed, at, decision, protection, taken
from tests.houses import demo_house
from tests.people import MARIA, SAMIR


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def test_an_empty_assessment_is_told_everything_it_lacks(house: House) -> None:
    case = taken(house)
    answer = Desk(house).write(protection(case), {})

    assert answer.status_code == 422
    assert "<title>Fel:" in answer.text
    for words in ("Välj om det finns ett omedelbart behov av skydd", "Skriv skälen för bedömningen"):
        assert answer.text.count(words) == 2


def test_what_was_written_stays_when_something_else_is_to_be_put_right(house: House) -> None:
    case, anna = taken(house), Desk(house)

    answer = anna.write(protection(case), {"reasons": "Barnet är hos sin mormor."})

    assert "Barnet är hos sin mormor." in answer.text
    assert "Barnet är hos sin mormor." in anna.get(protection(case)).text


def test_a_half_done_assessment_can_be_saved_for_later_and_says_who_saved_it(house: House) -> None:
    case, anna = taken(house), Desk(house)

    answer = anna.write(protection(case), {"reasons": "Påbörjat."}, go="later")

    assert answer.headers["Location"] == protection(case)
    assert "Utkast sparat i dag kl. 10.00 av Anna Exempel" in anna.get(protection(case)).text.replace("\xa0", " ")


def test_an_assessment_keeps_itself_while_somebody_writes_and_writes_over_nothing(house: House) -> None:
    case, anna = taken(house), Desk(house)
    begun = {**anna.fields(protection(case)), "reasons": "Påbörjat."}

    kept = anna.keep(protection(case), begun)
    assert (kept.status_code, kept.headers["X-Draft"]) == (204, "1")
    assert "Påbörjat." in anna.get(protection(case)).text
    assert anna.keep(protection(case), {**begun, "seen": "", "reasons": "Annat."}).status_code == 409
    assert anna.keep(protection(case), {**begun, "seen": "1", "reasons": "Annat."}).headers["X-Draft"] == "2"


def test_measures_are_asked_for_when_the_child_needs_protection(house: House) -> None:
    answer = Desk(house).write(protection(taken(house)), {**PROTECTION, "need": "yes"})

    assert answer.status_code == 422
    assert "Välj vad som görs nu" in answer.text


def test_an_assessment_is_read_through_signed_and_can_be_read_by_colleagues(house: House) -> None:
    case, anna = taken(house), Desk(house)
    anna.write(protection(case), PROTECTION)
    shown = anna.get(f"{protection(case)}/kontrollera").text

    assert "hämtas av en moster" in shown
    assert "Den går inte att ändra eller ta bort efteråt." in shown
    assert anna.sign(protection(case)).headers["Location"] == at(case)
    assert anna.case(case).step is Step.FORHANDSBEDOMNING
    assert "hämtas av en moster" in Desk(house, SAMIR).get(f"{at(case)}/bedomningar").text


def test_nothing_is_signed_before_everything_is_written(house: House) -> None:
    case, anna = taken(house), Desk(house)
    anna.write(protection(case), {"need": "no"}, go="later")

    assert anna.get(f"{protection(case)}/kontrollera").headers["Location"] == protection(case)


def test_signing_twice_is_signing_once(house: House) -> None:
    case, anna = taken(house), Desk(house)
    anna.write(protection(case), PROTECTION)
    form = anna.fields(f"{protection(case)}/kontrollera")

    answers = [anna.post(f"{protection(case)}/kontrollera", form) for _ in range(2)]

    assert [one.headers["Location"] for one in answers] == [at(case), at(case)]
    assert anna.get(at(case)).text.count("Skyddsbedömning gjord") == 1


def test_the_form_of_a_signed_assessment_leads_to_what_stands(house: House) -> None:
    case, anna = assessed(house), Desk(house)

    for page in (protection(case), f"{protection(case)}/kontrollera"):
        assert anna.get(page).headers["Location"] == f"{at(case)}/bedomningar"


def test_the_same_words_saved_twice_are_saved_once(house: House) -> None:
    case, anna = taken(house), Desk(house)
    form = {**anna.fields(protection(case)), **PROTECTION, "go": "later"}

    assert [anna.post(protection(case), form).status_code for _ in range(2)] == [303, 303]


def test_two_who_write_the_same_draft_see_both_texts_and_choose(house: House) -> None:
    case = assessed(house)
    anna, maria = Desk(house), Desk(house, MARIA)
    marias = {**maria.fields(decision(case)), **DECISION, "motivation": "Marias skäl."}
    anna.write(decision(case), {"motivation": "Annas skäl."}, go="later")

    conflict = maria.post(decision(case), marias)

    assert conflict.status_code == 409
    assert "Anna Exempel har också skrivit" in conflict.text
    assert "Annas skäl." in conflict.text
    assert "Marias skäl." in conflict.text
    assert "Annas skäl." in anna.get(decision(case)).text


def test_the_second_writer_may_knowingly_keep_the_own_text(house: House) -> None:
    case = assessed(house)
    anna, maria = Desk(house), Desk(house, MARIA)
    marias = {**maria.fields(decision(case)), **DECISION, "motivation": "Marias skäl."}
    anna.write(decision(case), {"motivation": "Annas skäl."}, go="later")

    chosen = maria.resend(maria.post(decision(case), marias), decision(case), go="later")

    assert chosen.status_code == 303
    assert "Marias skäl." in anna.get(decision(case)).text


def test_what_changed_since_it_was_read_through_is_not_signed(house: House) -> None:
    case = assessed(house)
    anna, maria = Desk(house), Desk(house, MARIA)
    anna.write(decision(case), DECISION)
    read = anna.fields(f"{decision(case)}/kontrollera")
    maria.write(decision(case), {"motivation": "Marias skäl."}, go="later")

    answer = anna.post(f"{decision(case)}/kontrollera", read)

    assert anna.case(case).decision is None
    shown = anna.get(answer.headers["Location"]).text
    assert "Utkastet har ändrats sedan du öppnade sidan." in shown
    assert "Marias skäl." in shown


def test_of_two_decisions_one_wins_and_the_other_sees_both_texts(house: House) -> None:
    case = assessed(house)
    anna, maria = Desk(house), Desk(house, MARIA)
    marias = {**maria.fields(decision(case)), **DECISION, "motivation": "Marias skäl."}
    anna.decide(case, motivation="Annas skäl.")

    late = maria.post(decision(case), marias)

    assert late.status_code == 409
    assert "Anna Exempel hann före dig" in late.text
    assert "Annas skäl." in late.text
    assert "Marias skäl." in late.text


def test_a_lead_who_signs_after_a_colleague_is_shown_what_stands(house: House) -> None:
    case = assessed(house)
    anna, maria = Desk(house), Desk(house, MARIA)
    anna.write(decision(case), DECISION)
    marias = maria.fields(f"{decision(case)}/kontrollera")
    anna.sign(decision(case))

    late = maria.post(f"{decision(case)}/kontrollera", marias)

    assert late.status_code == 409
    assert "Anna Exempel hann före dig" in late.text


def test_a_text_whose_case_was_given_away_meanwhile_is_shown_back(house: House) -> None:
    case, anna, maria = taken(house), Desk(house), Desk(house, MARIA)
    written = {**anna.fields(protection(case)), **PROTECTION}
    maria.post(f"{at(case)}/tilldela", {**maria.fields(at(case), f"{at(case)}/tilldela"), "to": "samir.exempel"})

    refused = anna.post(protection(case), written)

    assert refused.status_code == 403
    assert "hämtas av en moster" in refused.text


@pytest.mark.parametrize("extra", [{"rank": "1"}, {"reasons": ["en", "två"]}, {"need": ["no", "yes"]}])
def test_fields_that_no_page_of_ours_sends_are_refused(house: House, extra: dict[str, object]) -> None:
    assert Desk(house).write(protection(taken(house)), {**PROTECTION, **extra}).status_code == 400


def test_a_choice_that_is_not_offered_is_to_be_put_right(house: House) -> None:
    answer = Desk(house).write(protection(taken(house)), {**PROTECTION, "need": "maybe"})

    assert answer.status_code == 422
