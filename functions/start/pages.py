"""The pages anybody may read, and the quick way out of all of them."""

from typing import Final

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from shared.app import house
from shared.ports.store import StoreError
from shared.settings import ROOT
from shared.web import cookies, see_other, session, without_csrf
from shared.web import leave as leave_quickly
from shared.web.leaving import WELCOME

_APPLICATION: Final = ROOT / "forms" / "financial_assistance.toml"
"""A municipality that takes no applications here takes the form away (decision 32)."""

pages = Blueprint("start", __name__)


@pages.get("/")
def front() -> ResponseReturnValue:
    """What you can get help with, and how."""
    if WELCOME in request.args:
        return see_other("/")  # so that Back never leads to the address that opens the door after a quick exit
    _recognise()
    return render_template("front.html", applies=_APPLICATION.is_file())


@pages.get("/hjalp")
def help_page() -> str:
    """How to log in, to leave without a trace, and whom to ask."""
    return render_template("help.html")


@pages.get("/dina-uppgifter")
def your_particulars() -> str:
    """What we keep about people, why, for how long, and what a person may ask for."""
    return render_template("your_particulars.html", cookie_prefix=cookies.name("", house().settings))


@pages.get("/tillganglighet")
def accessibility() -> str:
    """The accessibility statement (DOS-lagen 2018:1937, 13 §)."""
    return render_template("accessibility.html")


@pages.route("/lamna", methods=["GET", "POST"])
@without_csrf("another site can make nobody leave where browsers tell of it, and leaving must always work")
def leave() -> ResponseReturnValue:
    """Leave quickly: the login ends and a neutral page opens."""
    return leave_quickly()


def _recognise() -> None:
    # The frame then greets who is logged in. Without the store the page stands all the same: it holds the phone number.
    try:
        session()
    except StoreError:
        return
