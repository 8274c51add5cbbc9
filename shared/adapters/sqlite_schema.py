"""How documents lie in SQLite, and how a connection to them is opened.

`documents` holds each document as text. `entries` holds, for every declared query shape, one row per document that has
all of the shape's fields, sorted as Firestore would sort them: a query is one range of it. A shape that is new or has
changed since the last start gets its entries before anything is served.
"""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from shared.adapters import document_codec
from shared.adapters.cannot_open import NotWritable, OtherStage, OtherVersion
from shared.adapters.query_shapes import QueryShapes, definition
from shared.domain.queries import Shape

VERSION: Final = 1
"""Rises when the tables change in a way that older code can not read."""

SYNCHRONOUS = "FULL"
"""An acknowledged commit survives a power cut; tests lower it to prove that they would notice."""

_BATCH: Final = 500
_TABLES: Final = """
CREATE TABLE IF NOT EXISTS meta (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS shapes (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    definition TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS documents (
    number INTEGER PRIMARY KEY,
    collection TEXT NOT NULL,
    id TEXT NOT NULL,
    rev INTEGER NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (collection, id)
);
CREATE TABLE IF NOT EXISTS entries (
    shape INTEGER NOT NULL,
    key BLOB NOT NULL,
    id TEXT NOT NULL,
    document INTEGER NOT NULL,
    PRIMARY KEY (shape, key, id)
) WITHOUT ROWID;
"""

INSERT_ENTRY: Final = "INSERT INTO entries (shape, key, id, document) VALUES (?, ?, ?, ?)"
DELETE_ENTRY: Final = "DELETE FROM entries WHERE shape = ? AND key = ? AND id = ?"


def open_writer(path: Path, patience: float) -> sqlite3.Connection:
    """The one writing connection; waits `patience` seconds for a lock that a tool may hold. Makes a missing file."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its other files the same permissions
        connection = sqlite3.connect(path, timeout=patience, isolation_level=None, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")  # readers go on while the writer writes
            connection.execute(f"PRAGMA synchronous = {SYNCHRONOUS}")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA secure_delete = ON")
        except BaseException:
            connection.close()
            raise
    except (OSError, sqlite3.Error) as error:
        raise NotWritable(f"Cannot open {path} for writing ({type(error).__name__}).") from error
    return connection


def open_reader(path: Path, patience: float) -> sqlite3.Connection:
    """A connection that can not write; used by one thread at a time."""
    address = f"{path.absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, timeout=patience, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA query_only = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    return connection


def make_ready(connection: sqlite3.Connection, shapes: QueryShapes, stamp: str) -> dict[str, int]:
    """Make the tables and the entries of every shape; the number of each shape by name.

    `stamp` names stage and tenant; data stamped otherwise raises `OtherStage`, data of a newer version `OtherVersion`.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        for table in _TABLES.split(";"):
            connection.execute(table)
        _check_meta(connection, stamp)
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
    known = {name: (number, made_of) for number, name, made_of in connection.execute("SELECT * FROM shapes")}
    wanted = {name: definition(shape) for name, shape in shapes.by_name.items()}
    for name, (number, made_of) in known.items():
        if wanted.get(name) != made_of:
            _forget(connection, number)
    for name, made_of in wanted.items():
        if name not in known or known[name][1] != made_of:
            _build(connection, shapes, shapes.by_name[name])
    return dict(connection.execute("SELECT name, number FROM shapes").fetchall())


def _check_meta(connection: sqlite3.Connection, stamp: str) -> None:
    for name, value in (("version", str(VERSION)), ("stamp", stamp)):
        connection.execute("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (name, value))
    found = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    if int(found["version"]) > VERSION:
        raise OtherVersion(f"The data is of version {found['version']}; this program reads up to {VERSION}.")
    if found["stamp"] != stamp:
        raise OtherStage(f"The data belongs to '{found['stamp']}', not to '{stamp}'.")


def _forget(connection: sqlite3.Connection, number: int) -> None:
    while connection.execute(
        "DELETE FROM entries WHERE (shape, key, id) IN (SELECT shape, key, id FROM entries WHERE shape = ? LIMIT ?)",
        (number, _BATCH),
    ).rowcount:
        continue
    connection.execute("DELETE FROM shapes WHERE number = ?", (number,))


def _build(connection: sqlite3.Connection, shapes: QueryShapes, shape: Shape) -> None:
    """Make the shape's entries in batches; its definition is written last and says that they are all there."""
    number = connection.execute(
        "INSERT INTO shapes (name, definition) VALUES (?, 'being built')", (shape.name,)
    ).lastrowid
    for batch in _batches(connection, shape.collection):
        keys = [
            (shapes.keys(shape.collection, document_codec.decode(body)).get(shape.name), id, document)
            for document, id, body in batch
        ]
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(INSERT_ENTRY, [(number, key, id, document) for key, id, document in keys if key])
        connection.execute("COMMIT")
    connection.execute("UPDATE shapes SET definition = ? WHERE number = ?", (definition(shape), number))


def _batches(connection: sqlite3.Connection, collection: str) -> Iterator[list[tuple[int, str, str]]]:
    last = ""
    while batch := connection.execute(
        "SELECT number, id, body FROM documents WHERE collection = ? AND id > ? ORDER BY id LIMIT ?",
        (collection, last, _BATCH),
    ).fetchall():
        last = batch[-1][1]
        yield batch
