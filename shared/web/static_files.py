"""The built stylesheets, script and theme: served with a content hash in the address and kept for a year."""

import gzip
import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from flask import Response, request
from werkzeug.exceptions import NotFound

from shared.web.house import current_house
from shared.web.theme import theme_css

FOLDER: Final = Path(__file__).parent / "static"
THEME: Final = "/theme"
_TYPES: Final = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}
_YEAR: Final = "public, max-age=31536000, immutable"
_SHORT: Final = "no-cache"


@dataclass(frozen=True, slots=True)
class StaticFile:
    """One file's bytes, plain and compressed, and the hash of its content (16 hex digits)."""

    plain: bytes
    zipped: bytes
    version: str
    content_type: str


def asset(name: str) -> str:
    """The address of a built file, with its content hash."""
    return f"/static/{name}?v={_file(name).version}"


def theme_href() -> str:
    """The address of the municipality's colours, with their content hash."""
    return f"{THEME}?v={_theme().version}"


def serve_static(name: str) -> Response:
    """Answer a file of the build; anything else is 404."""
    if name not in _names():
        raise NotFound
    return _answer(_file(name))


def serve_theme() -> Response:
    """Answer the municipality's colours as a stylesheet."""
    return _answer(_theme())


@cache
def _names() -> frozenset[str]:
    return frozenset(path.name for path in FOLDER.iterdir() if path.suffix in _TYPES)


@cache
def _file(name: str) -> StaticFile:
    return _packed((FOLDER / name).read_bytes(), _TYPES[Path(name).suffix])


def _theme() -> StaticFile:
    return _packed_theme(tuple(current_house().municipality.theme.items()))


@cache
def _packed_theme(colours: tuple[tuple[str, str], ...]) -> StaticFile:
    return _packed(theme_css(dict(colours)).encode(), _TYPES[".css"])


def _packed(plain: bytes, content_type: str) -> StaticFile:
    version = hashlib.sha256(plain).hexdigest()[:16]
    return StaticFile(plain, gzip.compress(plain, 9, mtime=0), version, content_type)


def _answer(file: StaticFile) -> Response:
    response = Response(file.plain, content_type=file.content_type)
    response.headers["Cache-Control"] = _YEAR if request.args.get("v") == file.version else _SHORT
    response.vary.add("Accept-Encoding")
    response.set_etag(file.version)
    if request.accept_encodings["gzip"] > 0:
        response.set_data(file.zipped)
        response.headers["Content-Encoding"] = "gzip"
        response.set_etag(f"{file.version}-gzip")
    response.make_conditional(request)
    return response
