"""The engine's own words in every language of the product, read once from words.toml."""

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final, TypeAlias

Texts: TypeAlias = Mapping[str, str]
"""The same words by language code; every language of the product is present."""

LANGUAGES: Final = ("sv", "en")


def words(code: str, **values: str | int | Texts) -> Texts:
    """The engine's words for a code (`yes`, `problem.phone`) with `{name}` places filled; `KeyError` if unknown."""
    texts = _catalogue()[code]
    if not values:
        return texts
    return {language: filled(text, _in(language, values)) for language, text in texts.items()}


def filled(text: str, values: Mapping[str, str | int]) -> str:
    """The text with every `{name}` that has a value replaced; other braces stay as they are."""
    if "{" in text:
        for name, value in values.items():
            text = text.replace("{" + name + "}", str(value))
    return text


def _in(language: str, values: Mapping[str, str | int | Texts]) -> dict[str, str | int]:
    return {name: value[language] if isinstance(value, Mapping) else value for name, value in values.items()}


@lru_cache(maxsize=1)
def _catalogue() -> dict[str, Texts]:
    raw = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))
    problems = {f"problem.{code}": texts for code, texts in raw.pop("problem").items()}
    return {**raw, **problems}
