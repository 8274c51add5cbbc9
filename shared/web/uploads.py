"""Files that come with a post: room for them where they are wanted, and never a byte of them on a disk in clear."""

from collections.abc import Callable
from io import BytesIO
from typing import IO, Any, Final, TypeVar

from flask import Flask, Request, current_app, request

ROOM: Final = 30 * 1024 * 1024
"""Bytes of one post with files; Cloud Run lets 32 MiB through."""
_TAKES: Final = "troskelfri.takes_files"
_View = TypeVar("_View", bound=Callable[..., object])


def takes_files(view: _View) -> _View:
    """Let a view take forms with files of up to 30 MiB; all others keep the function's own limit."""
    return takes_up_to(ROOM)(view)


def takes_up_to(room: int) -> Callable[[_View], _View]:
    """The same for posts of up to `room` bytes, where fewer will do."""

    def takes(view: _View) -> _View:
        setattr(view, _TAKES, room)
        return view

    return takes


def may_bring_files() -> bool:
    """Whether the view of this request takes files."""
    return _room() is not None


def install(app: Flask) -> None:
    """Keep what is posted in memory, and make room at the views that take files; before anything reads the form."""
    app.request_class = _InMemory
    app.before_request(_make_room)


class _InMemory(Request):
    def _get_file_stream(self, *_: Any, **__: Any) -> IO[bytes]:
        return BytesIO()  # the library's own choice is a file in /tmp, where nothing is sealed


def _make_room() -> None:
    room = _room()
    if room is not None and request.mimetype == "multipart/form-data":
        request.max_content_length = room


def _room() -> int | None:
    found: int | None = getattr(current_app.view_functions.get(request.endpoint or ""), _TAKES, None)
    return found
