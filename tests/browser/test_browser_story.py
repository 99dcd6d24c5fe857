"""The page as a newcomer uses it: opts in by typing, accepts by clicking, skips weeks, reads the summary."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Page, async_playwright, expect

from sandbox.company import draw_company
from storage.migrate import upgrade
from tests.dialogues.conftest import a_town
from tests.dialogues.town import Town

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 60_000.0


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    """A town in which everybody but one has opted in."""
    database = f"sqlite:///{tmp_path / 'town.db'}"
    upgrade(database)
    async with a_town(database, draw_company(1)) as made:
        yield made


@pytest.fixture
async def page(chromium: str, town: Town) -> AsyncIterator[Page]:
    """The sandbox's page in a browser; an error on its console fails the test."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        page = await browser.new_page()
        page.set_default_timeout(PATIENCE)
        expect.set_options(timeout=PATIENCE)
        wrong: list[str] = []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
        await page.goto(str(town.http.base_url))
        yield page
        await browser.close()
        assert wrong == []


async def _be(page: Page, person: str) -> None:
    await page.get_by_label("You are").select_option(person)


async def _open_bot(page: Page) -> None:
    await page.get_by_role("link", name=re.compile("^Mentor")).first.click()


async def _type(page: Page, text: str) -> None:
    box = page.get_by_label("Message", exact=True)
    await box.fill(text)
    await page.get_by_role("button", name="Send", exact=True).click()


async def _choose(page: Page, label: str, typed: str) -> None:
    form = page.get_by_role("dialog")
    await form.get_by_label(label, exact=True).fill(typed)
    await form.get_by_role("option", name=re.compile(re.escape(typed))).first.click()


async def test_a_newcomer_lives_through_the_story(page: Page, town: Town) -> None:
    people = [one for one in (await town.state())["people"] if not one["owner"]]
    newcomer, owner = people[0], await town.owner()

    await _be(page, newcomer["id"])
    await _type(page, "/mentor join")
    form = page.get_by_role("dialog")
    await expect(form.get_by_label("Name", exact=True)).to_have_value(newcomer["name"])
    await _choose(page, "Level", "3")
    await form.get_by_label("Department", exact=True).fill("Data")
    await _choose(page, "I want to learn", "Negotiation")
    await _choose(page, "I can teach", "SQL")
    await form.get_by_role("button", name="Join", exact=True).click()
    await expect(page.get_by_text("it is good to have you").first).to_be_visible()
    await page.keyboard.press("Escape")

    await town.opt_everyone_in()
    await _be(page, owner)
    await _type(page, "/mentor match")
    await page.get_by_role("button", name="Review pairs").click()
    await page.get_by_role("button", name="Release").click()
    await expect(page.get_by_text("is out").first).to_be_visible()

    pair = await _two_who_can_answer(town)
    for person in pair:
        await _be(page, person)
        await _open_bot(page)
        await page.get_by_role("button", name="Accept", exact=True).first.click()
        await expect(
            page.get_by_text(re.compile("Thanks. I'll open|You both said yes")).first
        ).to_be_visible()

    await page.get_by_role("button", name="Skip a week").click()
    await expect(page.get_by_role("button", name="Skip a week")).to_be_enabled()
    await page.get_by_role("button", name="Skip a week").click()
    await expect(page.get_by_role("button", name="Skip a week")).to_be_enabled()
    await page.locator("#channels").get_by_role("link", name=re.compile("mentoring")).click()
    summary = page.get_by_text("Opted in:").last
    await expect(summary).to_be_visible()
    await expect(summary).to_contain_text(re.compile(r"Opted in: \d+"))


async def _two_who_can_answer(town: Town) -> tuple[str, str]:
    """Two people who were proposed to each other and have both read it."""
    state = await town.state()
    names = {one["name"]: one["id"] for one in state["people"]}
    direct = {one["id"]: one["members"] for one in state["channels"] if one["kind"] == "direct"}
    asked: dict[str, str] = {}
    for message in state["messages"]:
        if "Accept" in message["buttons"]:
            (reader,) = set(names.values()).intersection(direct[message["channel"]])
            asked[reader] = next(names[name] for name in names if f"@{name}," in message["text"])
    return next((one, other) for one, other in asked.items() if asked.get(other) == one)
