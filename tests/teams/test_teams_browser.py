"""Microsoft's Playground in a browser: somebody types, fills in a card, presses, and sees the answer."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from tests.browser.window import PATIENCE, QUIET
from tests.teams.playground import Playground
from tests.teams.test_teams_playground import join, played


@asynccontextmanager
async def looking(
    chromium: str, one: Playground, first: str = "Taking part is your choice"
) -> AsyncIterator[Page]:
    """Somebody's Playground in a browser, once these words stand there; nothing comes from anywhere else."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        page = await browser.new_page(viewport={"width": 1200, "height": 1000})
        page.set_default_timeout(PATIENCE)
        own = f"http://127.0.0.1:{one.port}/"
        await page.route(lambda url: not url.startswith((own, "data:")), lambda route: route.abort())
        await page.goto(own, wait_until="domcontentloaded")
        await expect(page.get_by_text(first).first).to_be_visible(timeout=PATIENCE)
        try:
            yield page
        finally:
            await browser.close()


async def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list of the card."""
    await page.get_by_role("combobox", name=label).click()
    listed = page.locator("[role=option], [role=menuitemcheckbox]")
    await listed.filter(has_text=option).first.click()


async def type_to_the_bot(page: Page, text: str) -> None:
    """Write something and send it."""
    await page.get_by_role("textbox").first.click()
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def test_somebody_joins_and_accepts_with_keyboard_and_mouse(chromium: str, tmp_path: Path) -> None:
    async with played(tmp_path) as (here, ana, ben), looking(chromium, ana) as page:
        await type_to_the_bot(page, "join")
        await asyncio.sleep(0.5)
        await here.settle()
        await page.get_by_label("Department").fill("Research")
        await page.get_by_label("I want to learn").fill("Negotiation, Public speaking")
        await page.get_by_label("I can teach").fill("Python")
        await choose(page, "Level", "2")
        await choose(page, "Languages", "English")
        await page.keyboard.press("Escape")
        await page.get_by_role("button", name="Join", exact=True).last.click()
        await expect(page.get_by_text("Welcome to Bothways")).to_be_visible(timeout=PATIENCE)
        assert await page.get_by_label("Department").count() == 0, "the answer took the form's place"
        await join(here, ben, "5", "Python", "Negotiation")
        await here.release_a_round()
        await expect(page.get_by_text("Here is somebody for you")).to_be_visible(timeout=PATIENCE)
        await page.get_by_role("button", name="Accept", exact=True).click()
        await expect(page.get_by_text("Once both of you have said yes")).to_be_visible(timeout=PATIENCE)
        assert await page.get_by_role("button", name="Accept", exact=True).count() == 0
