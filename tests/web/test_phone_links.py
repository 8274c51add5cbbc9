"""Numbers in the words of a form can be tapped, and nothing else becomes a link."""

from shared.domain.unbroken import unbroken
from shared.serving.borrowed import borrowed
from shared.web.phone_links import with_phones
from tests.towns import TOWN


def test_the_own_numbers_become_links_and_no_other() -> None:
    jour = TOWN.emergency.out_of_hours_phone
    shown = str(with_phones(f"Ring {jour}, eller 112. Inte 1121 eller 070-174 06 05.", TOWN))

    assert f'<bdi class="tf-num" dir="ltr">{jour}</bdi></a>, eller' in shown
    assert 'href="tel:112"' in shown
    assert shown.count("<a ") == 2


def test_what_surrounds_a_number_is_text() -> None:
    assert str(with_phones("<b>112</b>", TOWN)).startswith("&lt;b&gt;<a ")


def test_a_number_that_is_held_together_is_a_link_too() -> None:
    number = unbroken(borrowed(TOWN)["phone"])

    assert number != TOWN.intake.phone
    assert f">{number}</bdi></a>." in str(with_phones(f"Ring {number}.", TOWN))
