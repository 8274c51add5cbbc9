"""The way into a room on a Jitsi server: what its token says, for how long, and that no log hears of it."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import jwt
import pytest

from shared import log
from shared.adapters.jitsi_rooms import LIFE, JitsiRooms
from shared.app import assemble
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.ports.video import Entry, VideoUnavailable
from shared.settings import BadSettings, Settings, read
from tests.houses import HandClock, kept

KEY = "en-hemlighet-som-delas-med-videoservern"
ROOM = "0f" * 16
URL = "https://mote.example.se"


@pytest.fixture
def rooms(tmp_path: Path) -> JitsiRooms:
    file = tmp_path / "key"
    file.write_text(f"{KEY}\n")
    return JitsiRooms(URL, "troskelfri", file, HandClock())


def token(address: str) -> str:
    """The token of the address, as the server's own page reads it: JSON, percent-encoded, in the fragment."""
    place, _, fragment = address.partition("#")
    assert place == f"{URL}/{ROOM}"
    return fragment.removeprefix("jwt=%22").removesuffix("%22")


def claims(address: str, key: str = KEY) -> dict[str, Any]:
    read: dict[str, Any] = jwt.decode(
        token(address), key, algorithms=["HS256"], audience="troskelfri", issuer="troskelfri",
        options={"verify_exp": False, "verify_nbf": False},
    )  # fmt: skip
    return read


def test_a_guest_gets_into_one_room_for_five_minutes_and_governs_nothing(rooms: JitsiRooms) -> None:
    said = claims(rooms.way_in(Entry(ROOM, "Deltagare", host=False)))
    now = HandClock().now()
    assert (said["room"], said["sub"]) == (ROOM, "mote.example.se")
    assert said["exp"] == int((now + LIFE).timestamp()) == said["nbf"] + 330
    assert timedelta(minutes=5) >= LIFE
    assert said["context"]["user"] == {"name": "Deltagare", "moderator": False, "affiliation": "member"}
    assert set(said["context"]["features"].values()) == {False}


def test_the_host_governs_the_room_and_cannot_record_either(rooms: JitsiRooms) -> None:
    said = claims(rooms.way_in(Entry(ROOM, "Anna Exempel", host=True)))
    assert said["context"]["user"] == {"name": "Anna Exempel", "moderator": True, "affiliation": "owner"}
    assert said["context"]["features"]["recording"] is False


def test_a_token_of_another_secret_or_changed_on_the_way_is_not_ours(rooms: JitsiRooms) -> None:
    address = rooms.way_in(Entry(ROOM, "Deltagare", host=False))
    with pytest.raises(jwt.InvalidSignatureError):
        claims(address, KEY.upper())
    head, body, seal = token(address).split(".")
    host = token(rooms.way_in(Entry(ROOM, "Deltagare", host=True))).split(".")[1]
    assert body != host
    with pytest.raises(jwt.InvalidSignatureError):
        claims(f"{URL}/{ROOM}#jwt=%22{head}.{host}.{seal}%22")
    with pytest.raises(jwt.ExpiredSignatureError):
        jwt.decode(token(address), KEY, algorithms=["HS256"], audience="troskelfri")


@pytest.mark.parametrize("content", [None, "", "\n", "kort", "x" * 31])
def test_without_a_secret_that_is_long_enough_nobody_is_let_in_and_video_is_not_offered(
    tmp_path: Path, content: str | None
) -> None:
    file = tmp_path / "key"
    if content is not None:
        file.write_text(content)
    heard = io.StringIO()
    log.start(heard)
    rooms = JitsiRooms(URL, "troskelfri", file, HandClock())
    assert rooms.connected is False
    with pytest.raises(VideoUnavailable):
        rooms.way_in(Entry(ROOM, "Deltagare", host=False))
    assert "video.key" in heard.getvalue()
    assert str(tmp_path) not in heard.getvalue()


def offered(**settings: Any) -> set[MeetingForm]:
    """How people can meet in the example municipality in production with these settings."""
    house = assemble(Settings(**settings), kept())
    return {form for one in house.offer.meetings.values() for form in one.forms}


def test_in_production_people_meet_by_video_only_where_there_is_a_server(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(KEY)
    told = {"video_url": URL, "video_app": "troskelfri", "video_key_file": file}
    assert MeetingForm.VIDEO in offered(**told)
    file.write_text("kort")
    assert offered(**told) == offered() == {MeetingForm.VISIT, MeetingForm.PHONE}


@pytest.mark.parametrize(
    "wrong",
    [
        {"URL": "http://mote.example.se"},
        {"URL": "https://mote.example.se/rum"},
        {"URL": "https://ann@mote.example.se"},
        {"URL": "https://mote.example.se?x"},
        {"URL": ""},
        {"APP": ""},
        {"APP": "två ord"},
        {"KEY_FILE": ""},
    ],
)
def test_half_a_video_server_is_refused_at_the_start(wrong: dict[str, str]) -> None:
    told = {"URL": URL, "APP": "troskelfri", "KEY_FILE": "/run/key", **wrong}
    with pytest.raises(BadSettings, match=r"VIDEO|Video"):
        read({
            "TROSKELFRI_STAGE": "demo", "TROSKELFRI_ORIGIN": "http://localhost:8080",
            **{f"TROSKELFRI_VIDEO_{name}": value for name, value in told.items()},
        })  # fmt: skip
