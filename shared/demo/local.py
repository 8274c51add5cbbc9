"""The practice room /lokal: who can log in, what staff has been told, a clock to put forward, and beginning again.

`/lokal/meddelanden` shows what would have left the house.

It exists at stage demo on this machine only; a production installation has no such address.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from flask import Blueprint, Flask, render_template, request
from flask.typing import ResponseReturnValue

from shared.adapters.clock import AdjustableClock
from shared.app import House
from shared.demo.eid_people import groups, people
from shared.demo.local_messages import posted
from shared.demo.local_notices import told
from shared.demo.local_video import book_now
from shared.settings import BadSettings
from shared.web import create_app, mark, read_form, see_other

PREFIX: Final = "/lokal"
EMPTY: Final = "tomt"
"""`/lokal?tomt` says that everything has been thrown away."""
VIDEO: Final = "video"
"""`/lokal?video=ja` or `=nej` says whether a video meeting has been booked."""


@dataclass(frozen=True, slots=True)
class Leap:
    """One step that the clock can be put forward, with the words of its button."""

    by: timedelta
    words: str


@dataclass(frozen=True, slots=True)
class Leapt:
    """The last step that was taken: from when to when, and when all that it woke had rung."""

    before: datetime
    after: datetime
    quiet: datetime


LEAPS: Final[Mapping[str, Leap]] = {
    "20m": Leap(timedelta(minutes=20), mark("20 minuter")),
    "1h": Leap(timedelta(hours=1), mark("1 timme")),
    "8h": Leap(timedelta(hours=8), mark("8 timmar")),
    "1d": Leap(timedelta(days=1), mark("1 dag")),
    "7d": Leap(timedelta(days=7), mark("7 dagar")),
    "14d": Leap(timedelta(days=14), mark("14 dagar")),
}
_DOORS: Final[Mapping[str, tuple[str, str]]] = {
    "school": ("/logga-in?next=/anmal", mark("Logga in och anmäl")),
    "social_services": ("/logga-in?next=/arbete", mark("Logga in på arbetsytan")),
    "residents": ("/logga-in", mark("Logga in")),
}


def create_local(house: House, ring: Callable[[], None], begin_again: Callable[[], None]) -> Flask:
    """The room as an app. `ring` rings every alarm that is due and sweeps, and returns when all is quiet;
    `begin_again` makes the server start over with empty data.

    Raises `BadSettings` at any other stage than demo.
    """
    clock = house.clock
    if not house.settings.demo or not isinstance(clock, AdjustableClock):
        raise BadSettings("The practice room exists at stage demo only.")
    app = create_app(__name__, lambda: house)
    app.register_blueprint(_Room(house, clock, ring, begin_again).routes())
    return app


class _Room:
    def __init__(
        self, house: House, clock: AdjustableClock, ring: Callable[[], None], begin_again: Callable[[], None]
    ) -> None:
        self._house = house
        self._clock = clock
        self._ring = ring
        self._begin_again = begin_again
        self._leapt: Leapt | None = None
        self._ended = False

    def routes(self) -> Blueprint:
        routes = Blueprint("local", __name__, url_prefix=PREFIX)
        routes.before_request(self._lead_on)
        routes.get("")(self._show)
        routes.get("/meddelanden")(self._messages)
        routes.get("/rum")(self._video_room)
        routes.post("/video")(self._book_video)
        routes.post("/klocka")(self._leap)
        routes.get("/borja-om")(self._ask)
        routes.post("/borja-om")(self._empty)
        return routes

    def _show(self) -> str:
        notices = told(self._house)
        rang = (
            [] if self._leapt is None else [one for one in notices if self._leapt.after <= one.at <= self._leapt.quiet]
        )
        return render_template(
            "local.html",
            groups=groups(),
            people=people().values(),
            doors=_DOORS,
            leaps=LEAPS,
            leapt=self._leapt,
            rang=rang,
            others=[one for one in notices if one not in rang],
            swept=self._house.sweep.last(),
            left=len(self._house.practice_post.newest),
            emptied=EMPTY in request.args,
            video=request.args.get(VIDEO, ""),
        )

    def _video_room(self) -> str:
        return render_template("local_room.html")

    def _book_video(self) -> ResponseReturnValue:
        read_form(one=())
        booked = book_now(self._house)
        return see_other(f"{PREFIX}?{VIDEO}={'ja' if booked else 'nej'}#video")

    def _leap(self) -> ResponseReturnValue:
        leap = LEAPS.get(read_form(one=("fram",)).text("fram"))
        if leap is not None:
            before, after = self._clock.now(), self._clock.advance(leap.by)
            self._ring()
            self._leapt = Leapt(before, after, self._clock.now())
        return see_other(f"{PREFIX}#klocka")

    def _messages(self) -> str:
        return render_template("local_messages.html", posted=posted(self._house))

    def _ask(self) -> str:
        return render_template("local_empty.html")

    def _empty(self) -> ResponseReturnValue:
        self._ended = True
        self._begin_again()
        return see_other(f"{PREFIX}?{EMPTY}")

    def _lead_on(self) -> ResponseReturnValue | None:
        # A browser may hold a second line to this worker, which still has the old clock: the next one answers.
        return see_other(f"{PREFIX}?{EMPTY}") if self._ended else None
