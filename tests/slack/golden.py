"""Every prompt as Slack gets it. `make golden` writes the files anew; look at the difference."""

import json
import sys
from pathlib import Path
from typing import Any

from bot.mentoring.prompts import FormPrompt, Prompt
from handlers.slack.blocks import message
from handlers.slack.figures import native
from handlers.slack.modals import home, modal
from tests.prompts.golden import READER, view_of
from tests.prompts.samples import samples

FOLDER = Path(__file__).parent.parent / "golden" / "slack" / "en"
PAGES = "Home"
"""How the names of prompts end that are a person's own page."""


def surface_of(prompt: Prompt) -> str:
    """Where Slack shows a prompt: "modal", "home" or "message"."""
    if isinstance(prompt, FormPrompt):
        return "modal"
    return "home" if type(prompt).__name__.endswith(PAGES) else "message"


def shown(prompt: Prompt) -> dict[str, Any]:
    """What Slack is sent for a prompt."""
    view = view_of(prompt)
    match surface_of(prompt):
        case "modal":
            return modal(view, READER)
        case "home":
            return home(view)
        case _:
            return message(view, native(view))


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
