"""How fast the sandbox's page shows its first picture, and how soon a press changes what it shows.

A real demonstration in a process of its own, Chromium with an empty cache for every load, and the browser's
own clock. A press is counted from the click to the frame that shows its effect; the request behind it, in
which the bot and the stand-in for Slack do their part, is counted by itself.
"""

import argparse
import asyncio
import sys
from collections.abc import Sequence
from statistics import median, quantiles
from typing import Any

from playwright.async_api import Browser

from tests.browser.demo import Demo, a_demo, chromium
from tests.browser.window import Window, a_browser, a_window

TIMES = 30
FEWEST = 20
"""Samples that a p95 needs."""
FIRST_PICTURE, PRESS = 1000.0, 300.0
"""Milliseconds at most."""
WATCH_LOAD = """
addEventListener("DOMContentLoaded", () => {
  new MutationObserver((_, watcher) => {
    if (!document.querySelector("#message-list article, #home-body .block")) return;
    watcher.disconnect();
    requestAnimationFrame(() => { window.shownAfter = performance.now(); });
  }).observe(document.body, { childList: true, subtree: true });
});
"""
LOADED = """() => [performance.getEntriesByName("first-contentful-paint")[0].startTime, window.shownAfter]"""
WATCH_PRESSES = """() => {
  let pressed = null;
  window.changedAfter = [];
  performance.clearResourceTimings();
  addEventListener("click", () => { pressed = performance.now(); }, true);
  new MutationObserver(() => {
    if (pressed === null) return;
    const since = pressed;
    pressed = null;
    requestAnimationFrame(() => window.changedAfter.push(performance.now() - since));
  }).observe(document.querySelector("#message-list"), { childList: true, subtree: true });
}"""
PRESSED = """() => [
  window.changedAfter,
  performance.getEntriesByType("resource").filter(({ name }) => name.endsWith("/sandbox/action"))
    .map(({ duration }) => duration),
]"""


async def loads(browser: Browser, demo: Demo, times: int) -> list[list[float]]:
    """(first contentful paint, the open conversation shown) of each load, in milliseconds."""
    found = []
    for _ in range(times):
        async with a_window(browser, demo.address, before=WATCH_LOAD) as window:
            await window.at_rest()
            found.append([float(one) for one in await window.page.evaluate(LOADED)])
    return found


async def presses(window: Window, demo: Demo, times: int) -> tuple[list[float], list[float]]:
    """Each press until its effect is shown, and the request behind it, in milliseconds."""
    await window.be(await demo.owner())
    await window.open_bot()
    await window.press("Review pairs")
    await window.page.evaluate(WATCH_PRESSES)
    for number in range(times):
        await window.press("Page before" if number % 2 else "Next page")
    answer: Any = await window.page.evaluate(PRESSED)
    changed, asked = answer
    if (len(changed), len(asked)) != (times, times):
        raise RuntimeError(f"{times} presses, {len(changed)} changes, {len(asked)} requests")
    return changed, asked


def row(what: str, took: Sequence[float], most: float | None = None) -> str:
    """A line of the table."""
    p95 = quantiles(took, n=20)[-1]
    held = "" if most is None else f"≤ {most:.0f} ms: {'holds' if p95 <= most else 'is missed'}"
    return f"| {what} | {len(took)} | {median(took):.0f} ms | {p95:.0f} ms | {held} |"


async def measure(times: int) -> None:
    """Print the table."""
    async with a_demo() as demo, a_browser(chromium()) as browser:
        loaded = await loads(browser, demo, times)
        async with a_window(browser, demo.address) as window:
            changed, asked = await presses(window, demo, times)
    page = [whole - part for whole, part in zip(changed, asked, strict=True)]
    lines = [
        "| what | times | median | p95 | figure |",
        "|---|---|---|---|---|",
        row("load to first contentful paint", [one[0] for one in loaded], FIRST_PICTURE),
        row("load to the open conversation", [one[1] for one in loaded]),
        row("press to change, all in all", changed),
        row("of that, the bot and the stand-in", asked),
        row("of that, the page", page, PRESS),
    ]
    sys.stdout.write("\n".join([*lines, ""]))


def main() -> None:
    """Measure as often as asked for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    parser.add_argument("--times", type=int, default=TIMES, help=f"loads and presses, {FEWEST} or more")
    times = parser.parse_args().times
    if times < FEWEST:
        parser.error(f"a p95 needs {FEWEST} samples")
    asyncio.run(measure(times))


if __name__ == "__main__":
    main()
