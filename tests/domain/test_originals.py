"""The words and the code of an original."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from shared.adapters.municipality_file import load_municipality
from shared.domain.cases import CasePerson
from shared.domain.decision_paper import SENTENCES, paper
from shared.domain.decisions import LAGRUM, Decision, DecisionKind
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId
from shared.domain.originals import Seen, code_from, spoken
from shared.domain.unbroken import unbroken
from shared.settings import EXAMPLE

TOWN = load_municipality(EXAMPLE)
NOVA = CasePerson(name="Nova Exempel", number="198804202383")
DECIDED = Decision(
    ItemId("d" * 32), CaseId("c" * 32), KeyId("k"), DecisionKind.INVESTIGATION_NOT_OPENED, LAGRUM,
    "Familjen har stöd.\n\n Skolan vet. \n", StaffId("anna.exempel"), "socialsekreterare",
    datetime(2026, 11, 2, 23, 30, tzinfo=UTC),
)  # fmt: skip


def words(decision: Decision = DECIDED, child: CasePerson = NOVA) -> dict[str, object]:
    seen = Seen("OA-4T7-X9K", "K7TM-2XQA-9R4W")
    return dict(paper(decision, child, seen, TOWN, unit=TOWN.intake, address="exempel.example.se/verifiera"))


def test_it_says_what_why_by_which_rule_when_and_by_whom() -> None:
    said = words()

    assert said["decision"] == "Socialnämnden inleder inte någon utredning."
    assert said["motivation"] == ["Familjen har stöd.", "Skolan vet."]
    assert (said["lagrum"], said["by"]) == (unbroken(LAGRUM), ["Anna Exempel, socialsekreterare"])
    assert said["date"] == "2026-11-03", "the Swedish day, when it is still the day before in UTC"
    assert said["about"] == ["Nova Exempel", "19880420-2383"]
    assert said["appealable"] is False


def test_a_decision_by_a_paragraph_that_can_be_appealed_says_so() -> None:
    support = replace(DECIDED, kind=DecisionKind.SUPPORT_REFUSED, lagrum="11 kap. 1 § socialtjänstlagen (2025:400)")

    assert words(support)["appealable"] is True


@pytest.mark.parametrize(
    ("child", "about"),
    [
        (CasePerson(), []),
        (CasePerson(described="Ett okänt barn i röd jacka"), ["Ett okänt barn i röd jacka"]),
        (CasePerson(name="Nova", born="2019-05-06"), ["Nova", "född 2019-05-06"]),
        (CasePerson(name="Nova", born="7"), ["Nova"]),
    ],
)
def test_the_child_is_named_as_far_as_it_is_known(child: CasePerson, about: list[str]) -> None:
    assert words(child=child)["about"] == about


def test_who_has_left_is_still_named_by_number() -> None:
    assert words(replace(DECIDED, by=StaffId("borta.exempel")))["by"] == [
        "anställningsnummer borta.exempel, socialsekreterare"
    ]


def test_every_kind_of_decision_has_its_sentence() -> None:
    assert set(SENTENCES) == set(DecisionKind)


def test_codes_can_be_read_aloud_and_no_two_are_alike() -> None:
    codes = sorted(code_from(f"{number:032x}") for number in range(2000))

    assert all(len(one) == 14 and not set(one) & set("01ILOSUZ") for one in codes)
    assert all(one != other for one, other in pairwise(codes))
    assert code_from("a" * 32) == code_from("a" * 32)


@pytest.mark.parametrize("typed", ["oa4t7x9k", " OA 4T7 X9K", "OA–4T7–X9K", "OA-4T7-X9K\n"])
def test_it_does_not_matter_how_a_number_is_typed(typed: str) -> None:
    assert spoken(typed, "k7tm 2xqa 9r4w") == spoken("OA-4T7-X9K", "K7TM-2XQA-9R4W")


def test_the_number_and_the_code_are_never_mixed_up() -> None:
    assert spoken("OA-4", "T7X") != spoken("OA-4T", "7X")
