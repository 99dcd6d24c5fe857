"""The README's pictures, made anew from a running demonstration: `make pictures`."""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from PIL import Image
from playwright.async_api import expect

from tests.browser.demo import Demo, a_demo, chromium
from tests.browser.window import Look, Window, a_browser, a_window
from tests.tree import ROOT

FOLDER = ROOT / "docs" / "pictures"
LOOK = Look(1000, 860)
"""Narrow enough that the page folds its side panel away."""
SHARP = 1.25
"""Device pixels for each pixel of the page."""
COLOURS = 96
"""A palette is enough for a page of few colours, and makes a picture a third as large."""
NEWCOMER, LEARNER, PARTNER = "Thandi López", "Niamh Iyer", "Anneke Kaya"
WEEKS = ("12-01", "12-08", "12-15", "12-22")
"""The days on which the weeks of the summary end."""


@dataclass(frozen=True)
class Scene:
    """The page and the demonstration behind it, as the story has left them."""

    window: Window
    demo: Demo

    async def at(self, moment: str) -> None:
        """Let the clock stand at a full minute, so that the same picture shows the same time."""
        await self.demo.post("clock", to=f"2026-{moment}+00:00")


Play = Callable[[Scene], Awaitable[None]]


async def _joins(scene: Scene) -> None:
    window = scene.window
    await scene.at("11-24T09:05")
    await window.be(await scene.demo.person(NEWCOMER))
    await window.open_home()
    await window.press("Join")
    await window.choose("Level", "3")
    await window.field("Department").fill("Support")
    await window.choose("I want to learn", "Public speaking")
    await window.field("I can teach").fill("unwritten")
    await expect(window.page.get_by_role("dialog").get_by_role("option").first).to_be_visible()


async def _reviews(scene: Scene) -> None:
    window = scene.window
    await scene.at("11-24T09:07")
    await window.page.keyboard.press("Escape")
    await window.page.keyboard.press("Escape")
    await expect(window.page.get_by_role("dialog")).to_have_count(0)
    await window.be(await scene.demo.owner())
    await window.open_bot()
    await window.press("Review pairs")
    await window.show(window.page.locator("article .header").last)


async def _is_proposed(scene: Scene) -> None:
    window = scene.window
    await scene.at("11-24T09:10")
    await window.press("Release")
    await window.be(await scene.demo.person(LEARNER))
    await window.open_bot()
    await expect(window.button("Accept")).to_be_visible()


async def _meets(scene: Scene) -> None:
    window = scene.window
    await window.press("Accept")
    await scene.demo.post("colleagues", person=await scene.demo.person(LEARNER))
    await scene.at("11-27T09:30")
    await window.open_place(PARTNER)
    await expect(window.page.get_by_text("know each other first")).to_be_visible()
    await window.show(window.page.locator("article").first)


async def _sees_the_home(scene: Scene) -> None:
    await scene.window.open_home()


async def _reads_the_summary(scene: Scene) -> None:
    window = scene.window
    owner = await scene.demo.owner()
    for day in WEEKS:
        await scene.at(f"{day}T09:30")
        await scene.demo.post("colleagues", person=owner)
    await window.be(owner)
    await window.open_place("mentoring")
    await expect(window.page.locator(".drawing").last).to_be_visible()
    await window.show(window.page.locator("article").last)


PICTURES: dict[str, Play] = {
    "join": _joins,
    "review": _reviews,
    "proposal": _is_proposed,
    "room": _meets,
    "home": _sees_the_home,
    "summary": _reads_the_summary,
}
"""Each picture's name and how the story goes on to it from the one before."""


def small(picture: bytes) -> bytes:
    """The same picture with a palette."""
    with Image.open(io.BytesIO(picture)) as whole:
        few = whole.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    told = io.BytesIO()
    few.save(told, "PNG", optimize=True)
    return told.getvalue()


async def paint() -> None:
    """Write every picture anew and take away those that are none of ours."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for path in FOLDER.iterdir():
        if path.stem not in PICTURES:
            path.unlink()
    async with (
        a_demo() as demo,
        a_browser(chromium()) as browser,
        a_window(browser, demo.address, LOOK, sharp=SHARP) as window,
    ):
        scene = Scene(window, demo)
        for name, play in PICTURES.items():
            await play(scene)
            await window.at_rest()
            picture = small(await window.page.screenshot(caret="hide", animations="disabled"))
            (FOLDER / f"{name}.png").write_bytes(picture)
            sys.stdout.write(f"{name}.png  {len(picture) // 1000} kB\n")


if __name__ == "__main__":
    asyncio.run(paint())
