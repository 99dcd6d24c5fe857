"""What the page for participants says the bot says, it says."""

import re

import pytest

from handlers.commands import COMMANDS
from prompts import labels
from tests.prompts.reading_level import every_view
from tests.tree import ROOT

PAGE = (ROOT / "docs" / "participants.md").read_text(encoding="utf-8")
QUOTED = re.findall(r"^> (.+)$", PAGE, re.MULTILINE)
ALL_THAT_IS_SAID = [
    *(" ".join(view.text.split()) for view in every_view().values()),
    *(option.label for option in labels.field("join", "handover").options),
    labels.field("join", "holidays").hint,
]


@pytest.mark.parametrize("quoted", QUOTED)
def test_what_the_page_quotes_is_said(quoted: str) -> None:
    plain = quoted.replace("**", "")
    assert any(plain in said for said in ALL_THAT_IS_SAID)


def test_every_command_of_the_page_works_and_every_page_of_help_is_there() -> None:
    named = set(re.findall(r"`/mentor (\w+)", PAGE))
    assert named <= {command.word for command in COMMANDS}
    pages = set(re.findall(r"`/mentor help ([\w-]+)`", PAGE))
    assert pages
    assert pages <= set(labels.help_topics())


def test_the_page_quotes_the_bot_all_the_way() -> None:
    sections = PAGE.split("\n## ")[1:]
    assert [part.splitlines()[0] for part in sections if "\n> " not in part] == []
