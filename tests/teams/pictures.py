"""The pictures of README.md and docs/platforms.md, from Microsoft's Playground: `make pictures`."""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import Locator, Page, ViewportSize, expect

from tests.browser.demo import chromium
from tests.browser.pictures import small
from tests.browser.window import PATIENCE
from tests.teams.test_teams_browser import looking, type_to_the_bot
from tests.teams.test_teams_playground import join, overseen, played
from tests.tree import ROOT

FOLDER = ROOT / "docs" / "pictures-teams"
PICTURES = ("join", "proposal", "summary")
TALL: ViewportSize = {"width": 1200, "height": 3000}
"""So that a whole form stands in it."""


def card_with(page: Page, words: str) -> Locator:
    """The card that has these words."""
    return page.locator(".ac-adaptiveCard").filter(has_text=words).last


async def take(page: Page, name: str, words: str) -> None:
    """Take a picture of one card."""
    shown = card_with(page, words)
    await expect(shown).to_be_visible(timeout=PATIENCE)
    await shown.scroll_into_view_if_needed()
    picture = small(await shown.screenshot(animations="disabled"))
    await asyncio.to_thread((FOLDER / f"{name}.png").write_bytes, picture)
    sys.stdout.write(f"{name}.png  {len(picture) // 1000} kB\n")


async def paint() -> None:
    """Take every picture anew."""
    await asyncio.to_thread(FOLDER.mkdir, parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        async with played(Path(folder)) as (here, ana, ben), looking(chromium(), ana) as page:
            await page.set_viewport_size(TALL)
            await type_to_the_bot(page, "join")
            await asyncio.sleep(1)
            await here.settle()
            await take(page, "join", "Where I would like to go")
            await join(here, ana, "2", "Negotiation", "Python")
            await join(here, ben, "5", "Python", "Negotiation")
            await here.release_a_round()
            await take(page, "proposal", "Here is somebody for you")
    with tempfile.TemporaryDirectory() as folder:
        async with overseen(Path(folder)) as (here, owner), looking(chromium(), owner, "") as page:
            await page.set_viewport_size(TALL)
            await type_to_the_bot(page, "summary")
            await asyncio.sleep(1)
            await here.settle()
            await take(page, "summary", "the week")


if __name__ == "__main__":
    asyncio.run(paint())
