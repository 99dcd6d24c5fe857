"""The whole story with the keyboard alone: every stop is seen, nothing traps, and focus comes back."""

import re
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.browser.window import Window
from tests.dialogues.cast import ANA, BEN, CLEO, DEV
from tests.dialogues.on_slack import SlackTown

MOST_STOPS = 120
"""Presses of Tab until something must have been reached."""
STOP = """() => {
  const node = document.activeElement;
  const box = node.getBoundingClientRect();
  const style = getComputedStyle(node);
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {
    name: node.id || node.getAttribute("aria-label") || node.textContent.trim().slice(0, 40),
    body: node === document.body,
    seen: inside && box.width > 4 && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


async def stop_at(page: Page) -> dict[str, Any]:
    """Where focus is: its name, whether it is nowhere, and whether it can be seen."""
    stop: dict[str, Any] = await page.evaluate(STOP)
    return stop


async def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press Tab until the target has focus; every stop on the way shows where it is."""
    passed = []
    for _ in range(MOST_STOPS):
        await page.keyboard.press(key)
        stop = await stop_at(page)
        passed.append(stop["name"])
        assert stop["body"] or stop["seen"], f"focus cannot be seen on {stop['name']!r}"
        if await target.evaluate("(node) => node === document.activeElement"):
            return
    raise AssertionError(f"{target} is not reached; passed {passed}")


async def be(page: Page, name: str) -> None:
    """Become somebody by typing their name into the control."""
    await tab_to(page, page.get_by_label("You are"))
    await page.keyboard.type(name)
    await expect(page.locator("#you-are option:checked")).to_contain_text(name)
    await expect(page.locator("#clock-local")).to_contain_text(name.partition(" ")[0])


async def say(page: Page, text: str) -> None:
    """Type into the message box."""
    await tab_to(page, page.get_by_label("Message", exact=True))
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")


async def press(page: Page, label: str) -> None:
    """Go back from the message box to the newest button of that label, and press it."""
    await tab_to(page, page.get_by_label("Message", exact=True))
    await tab_to(page, page.locator("#main").get_by_role("button", name=label, exact=True).last, "Shift+Tab")
    await page.keyboard.press("Enter")


async def test_a_newcomer_joins_without_a_mouse(village_window: Window, village: SlackTown) -> None:
    window, page = village_window, village_window.page
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.locator("#main")).to_be_focused()
    await be(page, "Finn Murphy")

    await say(page, "/mentor join")
    form = page.get_by_role("dialog")
    await expect(window.field("Name")).to_be_focused()
    await tab_to(page, window.field("Level"))
    await page.keyboard.type("1")
    await expect(form.get_by_role("option").first).to_be_visible()
    await page.keyboard.press("Enter")
    await expect(window.field("Level")).to_have_value(re.compile("^1"))
    await tab_to(page, window.field("I want to learn"))
    await page.keyboard.type("Nego")
    await expect(form.get_by_role("option", name="Negotiation").first).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(form.get_by_role("option")).to_have_count(0)
    await expect(form, "Escape closes the list first").to_be_visible()
    await page.keyboard.type("Negotiation")
    await page.keyboard.press(
        "Enter"
    )  # at once, with the list of before on the page: it waits for what was typed
    await expect(form.get_by_role("button", name=re.compile("Remove Negotiation"))).to_be_visible()
    await tab_to(page, form.get_by_role("button", name="Join", exact=True))
    await page.keyboard.press("Enter")
    await expect(window.field("Department"), "focus goes to what is missing").to_be_focused()
    await page.keyboard.type("Research")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("it is good to have you").first).to_be_visible()
    await page.keyboard.press("Escape")
    await page.keyboard.press("Escape")
    await expect(form).to_have_count(0)
    await expect(page.get_by_label("Message", exact=True)).to_be_focused()
    assert (await village.say("FINN", "/mentor profile")).startswith("What I know about you")


async def test_an_owner_and_a_pair_get_by_without_a_mouse(village_window: Window, village: SlackTown) -> None:
    window, page = village_window, village_window.page
    await village.join(ANA, BEN, CLEO, DEV)
    await be(page, "Olive")
    await say(page, "/mentor match")
    await expect(window.button("Review pairs")).to_be_visible()
    await press(page, "Review pairs")
    await expect(window.button("Release")).to_be_visible()
    await press(page, "Release")
    await expect(page.get_by_text("is out").first).to_be_visible()

    for name in ("Ana Silva", "Ben Okafor"):
        await be(page, name)
        await tab_to(page, page.locator("#sidebar").get_by_role("link", name=re.compile("^Mentor")))
        await page.keyboard.press("Enter")
        await press(page, "Accept")
        await expect(
            page.get_by_text(re.compile("Thanks. I'll open|You both said yes")).first
        ).to_be_visible()
    await tab_to(page, page.locator("#sidebar").get_by_role("link", name="Ana Silva"))
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("meet each other")).to_be_visible()

    skip = page.get_by_role("button", name="Skip a week")
    await tab_to(page, skip)
    await page.keyboard.press("Enter")
    await expect(skip).to_be_enabled()
    await expect(skip, "focus stays where time was moved").to_be_focused()
    summary = page.locator("#timeline-list a", has_text="the week")
    await tab_to(page, summary)
    await page.keyboard.press("Enter")
    article = page.locator("article:focus")
    await expect(article).to_contain_text("The programme is running.")
    await expect(article).to_be_in_viewport()


async def test_focus_stays_in_a_form_and_comes_back_to_what_opened_it(
    village_window: Window, village: SlackTown
) -> None:
    window, page = village_window, village_window.page
    await village.join(ANA)
    await be(page, "Ana Silva")
    await tab_to(page, page.locator("#sidebar").get_by_role("link", name="App Home"))
    await page.keyboard.press("Enter")
    for label in ("Learn something", "Pause", "Leave the programme"):
        opener = window.button(label)
        await expect(opener).to_be_visible()
        await tab_to(page, opener)
        await page.keyboard.press("Enter")
        form = page.get_by_role("dialog")
        await expect(form).to_be_visible()
        await expect(form.locator(":focus")).to_have_count(1)
        for key in ["Tab"] * 8 + ["Shift+Tab"] * 12:
            await page.keyboard.press(key)
            stop = await stop_at(page)
            assert stop["body"] or stop["seen"], stop
            assert stop["body"] or await form.evaluate("(node) => node.contains(document.activeElement)")
        await page.keyboard.press("Escape")
        await expect(form).to_have_count(0)
        await expect(window.button(label)).to_be_focused()


async def test_tab_goes_round_the_whole_page_and_is_never_caught(
    village_window: Window, village: SlackTown
) -> None:
    page = village_window.page
    await village.join(ANA, BEN)
    await village_window.be(await village.owner())
    stops: list[str] = []
    await page.keyboard.press("Tab")
    for _ in range(MOST_STOPS):
        await page.keyboard.press("Tab")
        stop = await stop_at(page)
        if stop["body"]:
            break
        assert stop["seen"], stop
        stops.append(stop["name"])
    else:
        raise AssertionError(f"Tab never leaves the page: {stops}")
    assert {"you-are", "message", "Skip a week"} <= set(stops)
