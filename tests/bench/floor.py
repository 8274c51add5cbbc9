"""The floor: the least that any honest implementation does for the same jobs, and no product logic.

A signed session checked at every request, an autoescaped page of 11 kB, AES-256-GCM over every answer, one durable
SQLite commit for every write, a token against foreign posts. Run as `python -m tests.bench.floor PORT FILE`, it is
served exactly as the product is.
"""

import hmac
import json
import os
import secrets
import sqlite3
import sys
import threading
from datetime import timedelta
from typing import Any, Final

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from flask import Flask, Response, redirect, request
from jinja2 import Environment

from shared.adapters.clock import SystemClock
from shared.host.server import Site, listen, serve

_SIGNING: Final = ec.generate_private_key(ec.SECP256R1())
_CHECKING: Final = _SIGNING.public_key()
_SEAL: Final = AESGCM(AESGCM.generate_key(256))
_NONCE: Final = 12
_QUEUE: Final = 25
_WITH_A_CASE: Final = ("log", "audit", "sent")
_QUESTIONS: Final = [{"id": f"{n:012x}", "name": f"Fråga <{n}>", "value": "x" * 12} for n in range(60)]
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS documents (path TEXT PRIMARY KEY, body BLOB NOT NULL, due TEXT) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS documents_due ON documents (due) WHERE due IS NOT NULL;
"""
_PAGE: Final = Environment(autoescape=True).from_string(
    '<!doctype html><html lang="sv"><title>{{ title }}</title><form method="post">'
    '<input type="hidden" name="csrf_token" value="{{ token }}">'
    '{% for one in rows %}<p><label for="{{ one.id }}">{{ one.name }}</label><input id="{{ one.id }}"'
    ' name="{{ one.id }}" value="{{ one.value }}" autocomplete="off" required aria-describedby="hint-{{ one.id }}">'
    '<span id="hint-{{ one.id }}">Hjälp</span></p>{% endfor %}<button>Nästa</button></form>'
)
app: Final = Flask(__name__)
_own = threading.local()
_path: list[str] = []


@app.get("/")
def front() -> str:
    """Nothing but an answer."""
    return "Hello"


@app.get("/in")
def log_in() -> Response:
    """A session, signed and kept by the browser."""
    expires = SystemClock().now() + timedelta(hours=1)
    claims = {"sub": secrets.token_hex(16), "aud": "floor", "csrf": secrets.token_hex(16), "exp": expires}
    response = Response("")
    response.set_cookie("floor", jwt.encode(claims, _SIGNING, "ES256"), httponly=True)
    return response


@app.get("/draft")
def begin() -> str:
    """The button that begins."""
    return _page("Börja", _who())


@app.post("/draft")
def start() -> Any:
    """A new draft: one write."""
    who, id = _who(), secrets.token_hex(16)
    _put((f"draft/{id}", {"owner": who["sub"], "answers": {}}, None))
    return redirect(f"/draft/{id}", 303)


@app.get("/draft/<id>")
def ask(id: str) -> str:
    """One page of questions: one read."""
    who = _who()
    _draft(id, who)
    return _page("Fråga", who)


@app.post("/draft/<id>")
def save(id: str) -> Any:
    """The answers are saved: one read, one write."""
    who = _who()
    draft = _draft(id, who)
    draft["answers"].update(request.form.to_dict())
    _put((f"draft/{id}", draft, None))
    return redirect(f"/draft/{id}", 303)


@app.post("/draft/<id>/send")
def submit(id: str) -> Any:
    """The draft becomes a case: one read, four rows in one commit."""
    draft, now = _draft(id, _who()), SystemClock().now()
    due = (now + timedelta(days=14)).isoformat()
    rest: list[tuple[str, dict[str, Any], None]] = [(f"{kind}/{id}", {"e": "sent"}, None) for kind in _WITH_A_CASE]
    _put((f"case/{id}", {**draft, "state": "open"}, due), *rest)
    return redirect(f"/case/{id}", 303)


@app.get("/case/<id>")
def case(id: str) -> str:
    """One case: one read, and one row about who looked."""
    who, found = _who(), _get(f"case/{id}")
    _put((f"seen/{secrets.token_hex(16)}", {"by": who["sub"], "case": id}, None))
    return _page(str(found["state"]), who)


@app.get("/queue")
def queue() -> str:
    """The 25 cases that are due first: one query."""
    who = _who()
    rows = _own_connection().execute(
        "SELECT path, body FROM documents WHERE due IS NOT NULL ORDER BY due LIMIT ?", [_QUEUE]
    )
    return _page("Kö", who, [{"id": path, "name": _open(path, body)["state"], "value": path} for path, body in rows])


def _who() -> dict[str, Any]:
    claims: dict[str, Any] = jwt.decode(request.cookies["floor"], _CHECKING, ["ES256"], audience="floor")
    if request.method == "POST" and not hmac.compare_digest(request.form["csrf_token"], claims["csrf"]):
        raise PermissionError
    return claims


def _page(title: str, who: dict[str, Any], rows: list[dict[str, str]] | None = None) -> str:
    return _PAGE.render(title=title, token=who["csrf"], rows=_QUESTIONS if rows is None else rows)


def _draft(id: str, who: dict[str, Any]) -> dict[str, Any]:
    draft = _get(f"draft/{id}")
    if draft["owner"] != who["sub"]:
        raise PermissionError
    return draft


def _get(path: str) -> dict[str, Any]:
    (body,) = _own_connection().execute("SELECT body FROM documents WHERE path = ?", [path]).fetchone()
    return _open(path, body)


def _open(path: str, body: bytes) -> dict[str, Any]:
    opened: dict[str, Any] = json.loads(_SEAL.decrypt(body[:_NONCE], body[_NONCE:], path.encode()))
    return opened


def _put(*rows: tuple[str, dict[str, Any], str | None]) -> None:
    connection = _own_connection()
    connection.execute("BEGIN IMMEDIATE")
    for path, content, due in rows:
        nonce = os.urandom(_NONCE)
        body = nonce + _SEAL.encrypt(nonce, json.dumps(content).encode(), path.encode())
        connection.execute("INSERT OR REPLACE INTO documents VALUES (?, ?, ?)", [path, body, due])
    connection.execute("COMMIT")


def _own_connection() -> sqlite3.Connection:
    """Each thread's own connection; every commit is on the disk when it returns."""
    if not hasattr(_own, "connection"):
        _own.connection = sqlite3.connect(_path[0], isolation_level=None, timeout=30)
        _own.connection.execute("PRAGMA journal_mode = WAL")
        _own.connection.execute("PRAGMA synchronous = FULL")
        _own.connection.executescript(_TABLES)
    connection: sqlite3.Connection = _own.connection
    return connection


def main(port: str, path: str) -> int:
    """Serve until told to stop."""
    _path.append(path)
    return serve(listen(int(port)), lambda: Site(app.wsgi_app, lambda: None), "")


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
