"""The words that stand in tables rather than in templates, by locale."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
FALLBACK = "en"


def table(locale: str, name: str) -> dict[str, Any]:
    """The table `name` of a locale: prompts/<locale>/<name>.yml."""
    return _read(known(locale), name)


def known(locale: str) -> str:
    """The nearest locale that there are words for: "en" for "en-GB" and for all that is unknown."""
    language = locale.partition("-")[0]
    return next((each for each in (locale, language) if each in _locales()), FALLBACK)


@cache
def _locales() -> frozenset[str]:
    return frozenset(path.name for path in FOLDER.iterdir() if (path / "words.yml").is_file())


@cache
def _read(locale: str, name: str) -> dict[str, Any]:
    text = (FOLDER / locale / f"{name}.yml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))
