"""`[law]` in the municipality's file: what may be decided, and what is refused with the place where it stands."""

import tomllib
from datetime import time, timedelta

import pytest

from shared.adapters.own_law_table import read_own_law
from shared.adapters.toml_fields import Table
from shared.domain.own_law import OwnLaw, OwnRule
from shared.settings import BadSettings

WHY = '\nwhy = "Nämnden 2026-01-20 § 4"'


def read(text: str) -> OwnLaw:
    return read_own_law(Table("town.toml", "", tomllib.loads(text)).table("law"))


def test_what_the_law_leaves_open_is_read_with_the_decision_behind_it() -> None:
    found = read(
        f"[law.skyddsbedomning]\nduty_from = 14:00:00\nunassigned_after_minutes = 60{WHY}\n"
        f"[law.forhandsbedomning]\nremind_days = [2, 0, 10]\nmoves_to_working_day = true{WHY}"
    )
    why = "Nämnden 2026-01-20 § 4"
    assert found["skyddsbedomning"] == OwnRule(duty_from=time(14), unassigned_after=timedelta(hours=1), why=why)
    assert found["forhandsbedomning"] == OwnRule(remind_days=(10, 2, 0), rolls=True, why=why)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (f"[law.forhandsbedomning]\ndays = 20{WHY}", "law.forhandsbedomning.days is not known here"),
        (f"[law.forhandsbedoming]\nremind_days = [0]{WHY}", "law.forhandsbedoming is not known here"),
        (f"[law.utredning]\nmoves_to_working_day = true{WHY}", "law.utredning.moves_to_working_day is not known here"),
        (f"[law.skyddsbedomning]\nremind_days = [0]{WHY}", "law.skyddsbedomning.remind_days is not known here"),
        (f"[law.skyddsbedomning]\nduty_from = 16:00:00{WHY}", "duty_from must be 15:00 or earlier"),
        (f"[law.skyddsbedomning]\nunassigned_after_minutes = 241{WHY}", "must be a whole number from 15 to 240"),
        (f"[law.skyddsbedomning]\nunassigned_after_minutes = true{WHY}", "must be a whole number from 15 to 240"),
        (f"[law.forhandsbedomning]\nremind_days = [15, 0]{WHY}", "must hold whole numbers from 0 to 14"),
        (f"[law.forhandsbedomning]\nremind_days = [7, 3]{WHY}", "remind_days must hold 0 and a day before it"),
        (f"[law.forhandsbedomning]\nremind_days = [0]{WHY}", "remind_days must hold 0 and a day before it"),
        ("[law.forhandsbedomning]\nremind_days = [7, 0]", "law.forhandsbedomning.why is missing"),
    ],
)
def test_what_is_not_open_or_laxer_stops_the_start_with_its_place(text: str, said: str) -> None:
    with pytest.raises(BadSettings, match=r"^town\.toml: ") as refused:
        read(text)
    assert said in str(refused.value)
