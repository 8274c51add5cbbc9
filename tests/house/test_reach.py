"""Who may touch what, where an import rule or the linter cannot see it."""

import ast
import re
import sys
from collections.abc import Iterator
from typing import Final

from shared import log
from tests.house.tree import PRODUCT, Source, example, faults, python

SLOW_TO_START: Final = frozenset(
    {
        "PIL", "babel", "google", "grpc", "holidays", "httpx2", "pikepdf", "pillow_heif", "pydantic", "requests",
        "typst",
    }
)  # fmt: skip
"""Packages that a resident on a phone must not wait for: imported by the function that needs them."""
BUILDERS: Final = ("shared/web/locale_build.py",)
"""Run by a developer, imported by nobody: what they need is not installed where the product runs."""
PURE: Final = ("shared/domain/", "shared/settings.py", "shared/log.py")
_SQL_CLOCK: Final = re.compile(r"CURRENT_(?:TIMESTAMP|DATE|TIME)\b|\(\s*'now'", re.IGNORECASE)
_SWITCHED_OFF: Final = re.compile(r"noqa:.*\b(?:TID251|DTZ\d+)")


def slow_start(source: Source) -> Iterator[str]:
    for name in _imported_at_once(source.tree.body):
        if name.partition(".")[0] in SLOW_TO_START:
            yield f"imports {name} before it is needed"


def impure(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        for name in _imports(node):
            if name.partition(".")[0] not in sys.stdlib_module_names and not name.startswith("shared."):
                yield f"imports {name}; only the standard library is allowed here"


def token_reader(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        words = ast.unparse(node) if isinstance(node, ast.Attribute) else ""
        if words.startswith("jwt.decode") or (isinstance(node, ast.ImportFrom) and _takes_decode(node)):
            yield "reads a token"


def database(source: Source) -> Iterator[str]:
    if any(name.partition(".")[0] == "sqlite3" for node in ast.walk(source.tree) for name in _imports(node)):
        yield "opens the database; only an adapter may"


def hidden_clock(source: Source) -> Iterator[str]:
    if _SQL_CLOCK.search(source.text):
        yield "asks the database for the time; pass `now` in"
    if _SWITCHED_OFF.search(source.text):
        yield "switches off a rule about the clock, the settings or the log"


def lost_text(source: Source) -> Iterator[str]:
    """Babel does not look into f-strings on every Python, so a text there is never translated."""
    for string in (node for node in ast.walk(source.tree) if isinstance(node, ast.JoinedStr)):
        for node in ast.walk(string):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in {"gettext", "ngettext", "mark"}:
                written = (one.value for one in node.args if isinstance(one, ast.Constant))
                yield from (f"a text inside an f-string: {text!r}" for text in written)


def careless_line(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {"log.info", "log.warn", "log.alarm"}:
            if not (node.args and isinstance(node.args[0], ast.Constant)):
                yield f"line {node.lineno}: the event's name is not a fixed word"
            fields = {word.arg for word in node.keywords} - {"error"}
            yield from (f"line {node.lineno}: the field {name} is not allowed" for name in fields - log.FIELDS)


def _imported_at_once(body: list[ast.stmt]) -> Iterator[str]:
    for node in body:
        yield from _imports(node)
        if isinstance(node, ast.If) and "TYPE_CHECKING" not in ast.unparse(node.test):
            yield from _imported_at_once(node.body)
        if isinstance(node, ast.Try):
            yield from _imported_at_once(node.body)


def _imports(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []


def _modules(node: ast.AST) -> list[str]:
    """What `_imports` says, and what may be a module imported from its package."""
    taken = [f"{node.module}.{alias.name}" for alias in node.names] if isinstance(node, ast.ImportFrom) else []
    return [*_imports(node), *taken]


def _takes_decode(node: ast.ImportFrom) -> bool:
    return node.module == "jwt" and any(alias.name.startswith("decode") for alias in node.names)


def test_nothing_slow_is_imported_before_it_is_needed() -> None:
    assert faults(slow_start, [source for source in python(*PRODUCT) if source.path not in BUILDERS]) == []


def test_nothing_imports_what_only_a_developer_runs() -> None:
    names = {path.removesuffix(".py").replace("/", ".") for path in BUILDERS}
    imported = {name for source in python(*PRODUCT) for node in ast.walk(source.tree) for name in _modules(node)}

    assert imported & names == set()


def test_rules_settings_and_log_need_the_standard_library_only() -> None:
    assert faults(impure, python(*PURE)) == []


def test_tokens_are_read_in_one_place() -> None:
    readers = {fault.partition(":")[0] for fault in faults(token_reader, python(*PRODUCT))}

    assert len(readers) <= 1


def test_only_adapters_open_the_database() -> None:
    rooms = [source for source in python(*PRODUCT) if not source.path.startswith("shared/adapters/")]

    assert faults(database, rooms) == []


def test_no_clock_hides_in_sql_or_behind_a_switched_off_rule() -> None:
    assert faults(hidden_clock, python(*PRODUCT)) == []


def test_lines_in_the_log_have_fixed_names_and_listed_fields() -> None:
    assert faults(careless_line, python(*PRODUCT)) == []


def test_an_early_slow_import_is_seen_and_a_late_one_is_not() -> None:
    assert faults(slow_start, example("import google.cloud.firestore")) != []
    assert faults(slow_start, example("try:\n    import typst\nexcept ImportError:\n    pass")) != []
    assert faults(slow_start, example("def letter():\n    import typst")) == []
    assert faults(slow_start, example("if TYPE_CHECKING:\n    import holidays")) == []


def test_every_way_of_importing_a_module_is_seen() -> None:
    [node] = example("from shared.web import locale_build")[0].tree.body

    assert "shared.web.locale_build" in _modules(node)


def test_a_foreign_package_among_the_rules_is_seen() -> None:
    assert faults(impure, example("def f():\n    import flask")) != []
    assert faults(impure, example("import datetime\nfrom shared.domain import ids")) == []


def test_reading_a_token_is_seen_in_every_way_of_writing_it() -> None:
    assert faults(token_reader, example("claims = jwt.decode(token)")) != []
    assert faults(token_reader, example("from jwt import decode_complete")) != []
    assert faults(token_reader, example("token = jwt.encode(claims)")) == []


def test_no_text_for_people_stands_inside_an_f_string() -> None:
    assert faults(lost_text, python(*PRODUCT)) == []
    assert faults(lost_text, example("""x = f"{day}, {gettext('hela dagen')}\"""")) != []
    assert faults(lost_text, example("""x = gettext("hela dagen")""")) == []


def test_an_opened_database_and_a_hidden_clock_are_seen() -> None:
    assert faults(database, example("import sqlite3")) != []
    assert faults(hidden_clock, example("SQL = \"select datetime('now')\"")) != []
    assert faults(hidden_clock, example("x = now()  # noqa" + ": DTZ005")) != []


def test_a_loose_name_and_an_unlisted_field_in_the_log_are_seen() -> None:
    assert faults(careless_line, example("log.info(f'case {case}')")) != []
    assert faults(careless_line, example("log.info('case.opened', child='x')")) != []
    assert faults(careless_line, example("log.alarm('store.down', error, code='x')")) == []
