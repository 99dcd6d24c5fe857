"""The words that stand in tables rather than in templates, by locale."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent
FALLBACK = "en"


SLASH = "/mentor "


def without_slash(text: str) -> str:
    """Words of ours for people who write commands to the bot in a chat of its own."""
    return text.replace(SLASH, "")


def table(locale: str, name: str) -> dict[str, Any]:
    """The table `name` of a locale: prompts/<locale>/<name>.yml, and <name>.*.yml where it is a long one."""
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
    folder = FOLDER / locale
    parts = [folder / f"{name}.yml", *sorted(folder.glob(f"{name}.*.yml"))]
    found: dict[str, Any] = {}
    for part in parts:
        more = yaml.safe_load(part.read_text(encoding="utf-8"))
        if found.keys() & more.keys():
            raise ValueError(f"{part.name} has what {name}.yml has: {sorted(found.keys() & more.keys())}")
        found |= more
    return found
