"""The errand that is timed is done to its end."""

from pathlib import Path

import pytest

from shared.formkit import declared
from shared.formkit.loading import load
from tests.bench.counting import counted_house
from tests.bench.errands import apply
from tests.bench.host_of_three_steps import FORMS
from tests.bench.stock import karin


def test_the_errand_leads_to_a_receipt(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(declared, "FOLDER", FORMS)
    with counted_house(tmp_path) as house:
        shown = apply(house.browser(karin(house.house)))

    assert "Vi har fått din ansökan" in shown


def test_the_form_of_the_errand_has_three_pages_and_thirteen_questions() -> None:
    form = load(FORMS / "three_steps.toml")

    assert (len(form.steps), sum(len(step.fields) for step in form.steps)) == (3, 13)
