"""docs/adding-a-command.md is followed to the letter on a copy of the tree; the command answers over HTTP."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "adding-a-command.md"
CODE = ("bot", "handlers", "prompts", "storage", "sandbox")
BLOCK = re.compile(
    r"^```\w+ (create|append|before|after)=([^:\n]+?)(?::([^\n]+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
CONVERSATION = """
import asyncio, sys
from dataclasses import replace
from sandbox.company import draw_company
from storage.migrate import upgrade
from tests.dialogues.on_slack import slack_town

async def talk():
    database = f"sqlite:///{sys.argv[1]}"
    upgrade(database)
    people = [replace(one, manager=None) for one in draw_company(1)[:3]]
    async with slack_town(database, people) as town:
        told = await town.opt_everyone_in()
        assert not told["failed"], told
        print(await town.say(people[0].id, "/mentor next"))
        print(await town.say(people[0].id, "/mentor help"))
        print(await town.say(people[0].id, "/mentor nexd"))

asyncio.run(talk())
"""


def _follow(page: str, tree: Path) -> list[str]:
    """Do what the page's blocks say; the files that were touched."""
    touched = []
    for how, name, mark, text in BLOCK.findall(page):
        file = tree / name
        touched.append(name)
        if how == "create":
            assert not file.exists(), f"{name} is there already"
            file.write_text(text)
            continue
        before = file.read_text()
        if how == "append":
            file.write_text(f"{before}\n\n{text}")
            continue
        assert before.count(f"{mark}\n") == 1, f"{name} has no single line {mark!r}"
        new = f"{mark}\n{text}" if how == "after" else f"{text}{mark}\n"
        file.write_text(before.replace(f"{mark}\n", new))
    return touched


def test_the_page_adds_a_command_without_touching_a_platform_file(tmp_path: Path) -> None:
    for folder in CODE:
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(ROOT / "tests" / "dialogues", tmp_path / "tests" / "dialogues")
    for helper in (ROOT / "tests").glob("*.py"):
        shutil.copy(helper, tmp_path / "tests")
    shutil.copy(ROOT / "manifest.yml", tmp_path)
    touched = _follow(PAGE.read_text(encoding="utf-8"), tmp_path)
    assert len(touched) == 7
    assert not [name for name in touched if name.startswith(("handlers/slack", "manifest", "sandbox"))]

    talk = subprocess.run(
        [sys.executable, "-c", CONVERSATION, str(tmp_path / "town.db")],
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert talk.returncode == 0, talk.stderr
    assert "The next round is on" in talk.stdout
    assert "You have 0 pairs now" in talk.stdout
    assert "when the next round is" in talk.stdout, "help shows the new line"
    assert "/mentor next" in talk.stdout, "a slip finds the new command"
