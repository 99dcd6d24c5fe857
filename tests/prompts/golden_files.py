"""Golden files: one for each sample of a prompt, as whoever shows prompts makes it."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.mentoring.prompts import Prompt
from tests.prompts.samples import samples

PAGES = "Home"
"""How the names of prompts end that are a person's own page."""


def as_json(sent: dict[str, Any]) -> str:
    """What a platform is sent, as a person can read it."""
    return json.dumps(sent, ensure_ascii=False, indent=1) + "\n"


def is_page(prompt: Prompt) -> bool:
    """Whether it is a person's own page."""
    return type(prompt).__name__.endswith(PAGES)


def write_all(folder: Path, ending: str, dump: Callable[[Prompt], str]) -> None:
    """Write every golden file of a folder anew and take away those without a sample."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = {f"{name}.{ending}": dump(prompt) for name, prompt in samples().items()}
    for path in folder.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (folder / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(wanted)} prompts written to {folder}\n")
