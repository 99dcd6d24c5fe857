"""Every prompt as Teams gets it. `make golden` writes the files anew; look at the difference."""

from dataclasses import replace
from pathlib import Path
from typing import Any

from bot.mentoring.prompts import FormPrompt, Prompt
from handlers.teams.cards import Carried, card
from handlers.teams.reading import READER as HERE
from tests.prompts.golden import READER as BERLIN
from tests.prompts.golden import view_of
from tests.prompts.golden_files import as_json, is_page, write_all

FOLDER = Path(__file__).parent.parent / "golden" / "teams" / "en"
READER = replace(HERE, zone=BERLIN.zone)


def shown(prompt: Prompt) -> dict[str, Any]:
    """What Teams is sent for a prompt."""
    sealed = "the sealed form" if isinstance(prompt, FormPrompt) else ""
    return card(view_of(prompt, READER), READER, Carried("the message", sealed, page=is_page(prompt)))


def main() -> None:
    """Write every golden file anew and take away those without a sample."""
    write_all(FOLDER, "json", lambda prompt: as_json(shown(prompt)))


if __name__ == "__main__":
    main()
