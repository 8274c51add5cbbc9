"""Rooms on a Jitsi Meet server that lets nobody in without a token (as the documents of lib-jitsi-meet say of tokens).

The token is a JWT that the server and we sign with one secret (HS256). It travels in the fragment of the address, which
browsers send to no server: it comes into no log, ours, theirs or a proxy's, and into no Referer.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from shared import log
from shared.adapters.id_tokens import sign
from shared.ports.clock import Clock
from shared.ports.video import Entry, VideoUnavailable

LIFE: Final = timedelta(minutes=5)
"""Long enough to allow camera and microphone. It is asked for when somebody enters, or comes back after the line broke,
not while they talk."""
CLOCKS_DIFFER: Final = timedelta(seconds=30)
SHORTEST: Final = 32
"""Bytes of the secret, as many as the hash has (RFC 7518 3.2)."""
_FORBIDDEN: Final = ("livestreaming", "recording", "transcription", "outbound-call")
"""Nobody keeps the meeting or lets anybody in by phone, not even the host."""


class JitsiRooms:
    """Rooms at `url` (https, no path) for the application `app`, whose secret is the first line of the file."""

    def __init__(self, url: str, app: str, key_file: Path, clock: Clock) -> None:
        self._url = url
        self._app = app
        self._key_file = key_file
        self._clock = clock

    @property
    def connected(self) -> bool:
        """Whether the secret can be read and is long enough."""
        try:
            self._key()
        except VideoUnavailable:
            return False
        return True

    @property
    def origin(self) -> str:
        """The server's."""
        return self._url

    def way_in(self, entry: Entry) -> str:
        """The room's address with the token."""
        token = sign(self._claims(entry), self._key(), alg="HS256", kid=self._app)
        return f"{self._url}/{entry.room}#jwt=%22{token}%22"

    def _claims(self, entry: Entry) -> dict[str, Any]:
        now = self._clock.now()
        return {
            "aud": self._app,
            "iss": self._app,
            "sub": urlsplit(self._url).hostname,
            "room": entry.room,
            "nbf": int((now - CLOCKS_DIFFER).timestamp()),
            "exp": int((now + LIFE).timestamp()),
            "context": {
                "user": {
                    "name": entry.shown,
                    # Which of the two the server reads depends on its module; both say the same.
                    "moderator": entry.host,
                    "affiliation": "owner" if entry.host else "member",
                },
                "features": dict.fromkeys(_FORBIDDEN, False),
            },
        }

    def _key(self) -> bytes:
        try:
            key = self._key_file.read_bytes().partition(b"\n")[0].strip()
        except OSError as error:
            log.alarm("video.key_unreadable", error)
            raise VideoUnavailable from error
        if len(key) < SHORTEST:
            log.alarm("video.key_too_short")
            raise VideoUnavailable
        return key
