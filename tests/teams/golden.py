"""Every prompt as Teams gets it. `make golden` writes the files anew; look at the difference."""

import json
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.mentoring.prompts import FormPrompt, Prompt
from handlers.teams.cards import Carried, card
from handlers.teams.reading import READER as HERE
from tests.prompts.golden import READER as BERLIN
from tests.prompts.golden import view_of
from tests.prompts.samples import samples

FOLDER = Path(__file__).parent.parent / "golden" / "teams" / "en"
READER = replace(HERE, zone=BERLIN.zone)
PAGES = "Home"
"""How the names of prompts end that are a person's own page."""


def shown(prompt: Prompt) -> dict[str, Any]:
    """What Teams is sent for a prompt."""
    sealed = "the sealed form" if isinstance(prompt, FormPrompt) else ""
    page = type(prompt).__name__.endswith(PAGES)
    return card(view_of(prompt, READER), READER, Carried("the message", sealed, page=page))


def dump(sent: dict[str, Any]) -> str:
    """What is sent, as a person can read it."""
    return json.dumps(sent, ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write every golden file anew and take away those without a sample."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    wanted = {f"{name}.json": dump(shown(prompt)) for name, prompt in samples().items()}
    for path in FOLDER.iterdir():
        if path.name not in wanted:
            path.unlink()
    for name, text in wanted.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    sys.stdout.write(f"{len(wanted)} prompts written to {FOLDER}\n")


if __name__ == "__main__":
    main()
