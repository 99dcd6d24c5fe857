"""No state of the page that people meet breaks a serious rule of axe-core."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from playwright.async_api import expect

from handlers.slack.client import slack_client, slack_session
from handlers.slack.pictures import Pictures, draw
from handlers.slack.posting import Posting
from tests.browser.accessibility import LOOKS, Examiner
from tests.browser.window import DESKTOP, PHONE, Window
from tests.dialogues.cast import ANA, BEN, CLEO, DEV, EVE, FINN
from tests.dialogues.on_slack import TOKEN, SlackTown
from tests.prompts.golden import view_of
from tests.prompts.samples import samples

ON_A_PHONE = tuple(look for look in LOOKS if look.width == PHONE.width)


@pytest.fixture
def examiner(village_window: Window) -> Examiner:
    """Looks at the village's page."""
    return Examiner(village_window)


async def test_what_a_newcomer_meets_can_be_used_by_everybody(examiner: Examiner, village: SlackTown) -> None:
    window, page = examiner.window, examiner.window.page
    await examiner.examine("the first load")
    await window.be("UFINN")
    await window.open_home()
    await examiner.examine("the App Home of a newcomer")
    await window.open_bot()
    await examiner.examine("the welcome")
    await page.get_by_label("Message", exact=True).fill("/mentor ")
    await examiner.examine("the hints for commands")
    await window.say("/mentor join")
    await examiner.examine("the form to join")
    await window.field("I want to learn").fill("Nego")
    await expect(page.get_by_role("dialog").get_by_role("option").first).to_be_visible()
    await examiner.examine("what the form offers as one types")
    await page.keyboard.press("Escape")
    await window.field("Name").fill("")
    await window.press("Join")
    await expect(page.locator(".field-error:visible").first).to_be_visible()
    await examiner.examine("errors beside fields")
    await page.keyboard.press("Escape")
    await window.open_home()
    await examiner.examine("the App Home with a form left half-way")
    await village.join(FINN)
    await window.open_home()
    await examiner.examine("the App Home of a participant")
    for label in ("Learn something", "Find somebody", "Pause", "Leave the programme"):
        await window.press(label)
        await expect(page.get_by_role("dialog")).to_be_visible()
        await examiner.examine(f"the form behind {label}")
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_have_count(0)
    await window.open_bot()
    await window.say("/mentor help")
    await examiner.examine("help")
    assert examiner.found == []


async def test_what_a_pair_and_an_owner_meet_can_be_used_by_everybody(
    examiner: Examiner, village: SlackTown
) -> None:
    window, page = examiner.window, examiner.window.page
    await village.join(ANA, BEN, CLEO, DEV, EVE)
    owner = await village.owner()
    await window.be(owner)
    await window.say("/mentor match")
    await examiner.examine("a draft, the guide and the owner's view")
    await window.press("Review pairs")
    await examiner.examine("an owner's review")
    await window.press("Release")
    await window.open_home()
    await examiner.examine("the App Home of an owner")
    await window.press("Programme settings")
    await examiner.examine("the form to set up")
    await page.keyboard.press("Escape")
    for person in ("UANA", "UBEN"):
        await window.be(person)
        await window.open_bot()
        await examiner.examine(f"a proposal to {person}")
        await window.press("Accept")
    await window.open_place("Ana Silva")
    await examiner.examine("the pair's room")
    await window.skip("Skip a week")
    await expect(page.locator("#timeline-list a").first).to_be_visible()
    await examiner.examine("the timeline after a skip")
    await window.open_home()
    await examiner.examine("the App Home of somebody in a pair")
    await window.press("Propose a time")
    await examiner.examine("the form for a date")
    await page.keyboard.press("Escape")
    await window.look(PHONE)
    for button, part in (
        ("Conversations", "#sidebar"),
        ("Guide and owner's view", "#panel"),
        ("Move time", "#clock"),
    ):
        await page.get_by_role("button", name=button).click()
        await expect(page.locator(part)).to_be_visible()
        await examiner.examine(f"{button} on a phone", ON_A_PHONE)
        await window.look(PHONE)
        await page.locator(part).press("Escape") if button == "Move time" else await page.keyboard.press(
            "Escape"
        )
    assert examiner.found == []


async def test_figures_can_be_read_by_everybody(examiner: Examiner, village: SlackTown) -> None:
    window, page = examiner.window, examiner.window.page
    async with _posting(village) as posting:
        view = view_of(samples()["weekly_summary_later"])
        await posting.post("mentoring", view, "summary")
        await window.open_place("mentoring")
        await expect(page.locator(".drawing").first).to_be_visible()
        await examiner.examine("the summary with its table and charts")
        await page.get_by_text("Show the numbers").first.click()
        await examiner.examine("the numbers of a chart")
        await village.fail("chat.postMessage", error="invalid_blocks", times=1)
        await posting.post("mentoring", view, "summary")
    await expect(page.locator("img.picture").last).to_be_visible()
    await examiner.examine("the summary with pictures")
    assert examiner.found == []


@asynccontextmanager
async def _posting(town: SlackTown) -> AsyncIterator[Posting]:
    """The bot's own way of posting, without waiting for a Monday."""
    async with slack_session() as session:
        client = slack_client(session, TOKEN, town.sandbox.web_api)
        yield Posting(client, Pictures(client, session, draw))


async def test_what_is_broken_is_found(examiner: Examiner) -> None:
    page = examiner.window.page
    await page.evaluate("document.querySelector('#you-are').previousElementSibling.remove()")
    await page.evaluate("document.querySelector('#place-name').style.color = '#ddd'")
    await page.evaluate("document.querySelector('.top').style.minWidth = '700px'")
    await examiner.examine("a broken page", (DESKTOP,))
    found = sorted(
        finding.removeprefix("a broken page ").partition(": ")[2][:20] for finding in examiner.found
    )
    assert found == ["critical select-name", "serious color-contra", "the page is wider th"]
