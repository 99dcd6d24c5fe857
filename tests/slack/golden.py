"""Every prompt as Slack gets it. `make golden` writes the files anew; look at the difference."""

from pathlib import Path
from typing import Any

from bot.mentoring.prompts import FormPrompt, Prompt
from handlers.slack.blocks import message
from handlers.slack.figures import native
from handlers.slack.modals import home, modal
from tests.prompts.golden import READER, view_of
from tests.prompts.golden_files import as_json, is_page, write_all

FOLDER = Path(__file__).parent.parent / "golden" / "slack" / "en"


def surface_of(prompt: Prompt) -> str:
    """Where Slack shows a prompt: "modal", "home" or "message"."""
    if isinstance(prompt, FormPrompt):
        return "modal"
    return "home" if is_page(prompt) else "message"


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


def main() -> None:
    """Write every golden file anew and take away those without a sample."""
    write_all(FOLDER, "json", lambda prompt: as_json(shown(prompt)))


if __name__ == "__main__":
    main()
