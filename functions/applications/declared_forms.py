"""The forms that residents apply with, and what is known beforehand about who answers one."""

from typing import TYPE_CHECKING

from flask import abort

from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.household import facts_of
from shared.domain.principals import Principal
from shared.ports.register import RegisterUnavailable

if TYPE_CHECKING:
    from shared.formkit.definition import Form
    from shared.formkit.prefill import Facts


def open_forms() -> "list[Form]":
    """Those that may be sent today."""
    from shared.formkit.declared import applications

    today = local_date(house().clock.now())
    return [form for form in applications() if form.open_on(today)]


def open_form(slug: str) -> "Form":
    """The one with this address, or 404."""
    return next((form for form in open_forms() if form.slug == slug), None) or abort(404)


def known(who: Principal) -> "Facts":
    """What the population register says about the household, and the name from the login.

    The name is the login's alone. Where the register is silent, or somebody in the household is protected, it is all
    that is known: the rest is asked, nothing is guessed and nobody is stopped.
    """
    number = house().sessions.number(who)
    return {**_registered(number), **({"name": who.name} if who.name else {})}


def _registered(number: str) -> "Facts":
    if not number:
        return {}
    try:
        return facts_of(house().register.household(number))
    except RegisterUnavailable:
        return {}
