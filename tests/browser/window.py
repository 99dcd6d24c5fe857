"""The page in a browser: the one way in which tests, benchmarks and the README's pictures drive it."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from playwright.async_api import Browser, Locator, Page, async_playwright, expect

PATIENCE = 60_000.0
"""Milliseconds until what should happen counts as not happening."""
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@dataclass(frozen=True)
class Look:
    """How somebody sees the page: the window's size in pixels and the colours they like."""

    width: int
    height: int
    dark: bool = False

    def __str__(self) -> str:
        return f"{self.width} px, {'dark' if self.dark else 'light'}"


DESKTOP = Look(1280, 860)
PHONE = Look(360, 740)


class Window:
    """One open page. Verbs wait until what they do can be seen; `page` is Playwright's own."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address

    async def load(self) -> None:
        """Open the page, or open it anew."""
        await self.page.goto(self.address)
        await expect(self.page.get_by_label("You are")).not_to_have_value("")

    async def look(self, look: Look) -> None:
        """Change size and colours under the page."""
        await self.page.emulate_media(color_scheme="dark" if look.dark else "light", reduced_motion="reduce")
        await self.page.set_viewport_size({"width": look.width, "height": look.height})

    async def be(self, person: str) -> None:
        """Look through somebody's eyes."""
        await self.page.get_by_label("You are").select_option(person)
        await self.at_rest()

    async def open_place(self, name: str) -> None:
        """Open a conversation or the App Home by its name in the sidebar."""
        link = self.page.locator("#sidebar").get_by_role("link", name=re.compile(f"^{re.escape(name)}"))
        await link.first.click()
        await expect(link.first).to_have_attribute("aria-current", "page")
        await self.at_rest()

    async def open_bot(self) -> None:
        """Open the conversation with the bot."""
        await self.open_place("Mentor")

    async def open_home(self) -> None:
        """Open the App Home, and wait until it has been fetched."""
        await self.open_place("App Home")
        await expect(self.page.locator("#home-body .block").first).to_be_visible()
        await self.at_rest()

    async def say(self, text: str) -> None:
        """Type something and send it."""
        await self.page.get_by_label("Message", exact=True).fill(text)
        await self.page.get_by_role("button", name="Send", exact=True).click()
        await self.at_rest()

    async def press(self, label: str) -> None:
        """Press the newest button of that label, in the open form where there is one."""
        await self.button(label).click()
        await self.at_rest()

    def button(self, label: str) -> Locator:
        """The newest button of that label, in the open form where there is one."""
        here = self.page.locator("dialog[open], body:not(:has(dialog[open])) #main")
        return here.get_by_role("button", name=label, exact=True).last

    def field(self, label: str) -> Locator:
        """A field of the open form."""
        return self.page.get_by_role("dialog").get_by_label(label, exact=True)

    async def choose(self, label: str, typed: str) -> None:
        """Type into a field that finds as one types, and take the first it offers."""
        await self.field(label).fill(typed)
        offered = self.page.get_by_role("dialog").get_by_role("option", name=re.compile(re.escape(typed)))
        await offered.first.click()

    async def skip(self, what: str) -> None:
        """Move the clock by its button, "Skip a week", and wait until time stands again."""
        button = self.page.get_by_role("button", name=what)
        await button.click()
        await expect(button).to_be_enabled()
        await self.at_rest()

    async def show(self, part: Locator) -> None:
        """Scroll until this part stands as high as it can."""
        await part.evaluate("(node) => node.scrollIntoView({ block: 'start' })")

    async def at_rest(self) -> None:
        """Wait until nothing on the page waits for an answer."""
        await expect(self.page.locator("[aria-busy=true]")).to_have_count(0)


@asynccontextmanager
async def a_browser(chromium: str) -> AsyncIterator[Browser]:
    """Chromium without a screen."""
    expect.set_options(timeout=PATIENCE)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        try:
            yield browser
        finally:
            await browser.close()


@asynccontextmanager
async def a_window(
    browser: Browser, address: str, look: Look = DESKTOP, *, sharp: float = 1, before: str = ""
) -> AsyncIterator[Window]:
    """The page, loaded; AssertionError at the end for anything that its console called an error.

    `sharp` is how many pixels of the screen one of the page's takes each way; `before` is a script that runs
    ahead of the page's own.
    """
    context = await browser.new_context(
        locale="en-GB", timezone_id="UTC", reduced_motion="reduce", device_scale_factor=sharp
    )
    page = await context.new_page()
    page.set_default_timeout(PATIENCE)
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda line: wrong.append(line.text) if line.type == "error" else None)
    if before:
        await page.add_init_script(before)
    window = Window(page, address)
    await window.look(look)
    await window.load()
    yield window
    await context.close()
    assert wrong == [], wrong
