"""The page as a newcomer uses it: opts in by typing, accepts by clicking, skips weeks, reads the summary."""

import asyncio
import re

from playwright.async_api import Route, expect

from tests.browser.window import Window
from tests.dialogues.on_slack import SlackTown


async def test_a_newcomer_lives_through_the_story(window: Window, town: SlackTown) -> None:
    page = window.page
    people = [one for one in (await town.state())["people"] if not one["owner"]]
    newcomer, owner = people[0], await town.owner()

    await window.be(newcomer["id"])
    await window.say("/mentor join")
    await expect(window.field("Name")).to_have_value(newcomer["name"])
    await window.choose("Level", "3")
    await window.field("Department").fill("Data")
    await window.choose("I want to learn", "Negotiation")
    await window.choose("I can teach", "SQL")
    await window.press("Join")
    await expect(page.get_by_text("it is good to have you").first).to_be_visible()
    await page.keyboard.press("Escape")

    await town.opt_everyone_in()
    await window.be(owner)
    await window.say("/mentor match")
    await window.press("Review pairs")
    await window.press("Release")
    await expect(page.get_by_text("is out").first).to_be_visible()

    for person in await two_who_can_answer(town):
        await window.be(person)
        await window.open_bot()
        await window.press("Accept")
        await expect(
            page.get_by_text(re.compile("Thanks. I'll open|You both said yes")).first
        ).to_be_visible()

    await window.skip("Skip a week")
    await window.skip("Skip a week")
    await window.open_place("mentoring")
    summary = page.get_by_text("Opted in:").last
    await expect(summary).to_be_visible()
    await expect(summary).to_contain_text(re.compile(r"Opted in: \d+"))


async def two_who_can_answer(town: SlackTown) -> tuple[str, str]:
    """Two people who were proposed to each other and have both read it."""
    state = await town.state()
    names = {one["name"]: one["id"] for one in state["people"]}
    direct = {one["id"]: one["members"] for one in state["channels"] if one["kind"] == "direct"}
    asked: dict[str, str] = {}
    for message in state["messages"]:
        if "Accept" in message["buttons"]:
            (reader,) = set(names.values()).intersection(direct[message["channel"]])
            asked[reader] = next(names[name] for name in names if f": {name}," in message["text"])
    return next((one, other) for one, other in asked.items() if asked.get(other) == one)


async def test_what_somebody_types_while_the_first_welcome_arrives_stays(
    window: Window, town: SlackTown
) -> None:
    page = window.page
    newcomer = next(one for one in (await town.state())["people"] if not one["owner"])
    typed = asyncio.Event()

    async def hold(route: Route) -> None:
        await typed.wait()
        await route.continue_()

    await page.route("**/sandbox/home", hold)
    await page.get_by_label("You are").select_option(newcomer["id"])
    await expect(page.get_by_label("You are")).not_to_have_attribute("aria-busy", "true")
    bot = page.locator("#sidebar").get_by_role("link", name=re.compile("^Mentor\\b"))
    await expect(bot).to_have_count(0)
    await page.get_by_label("Message", exact=True).fill("half a thought")
    typed.set()

    await expect(bot).to_be_visible()
    await expect(page.get_by_label("Message", exact=True)).to_have_value("half a thought")


async def test_a_link_that_is_pressed_while_news_arrives_is_followed(window: Window, town: SlackTown) -> None:
    """The address changes at once and its event comes later: what is shown in between must not undo it."""
    page = window.page
    await window.be(await town.owner())
    await window.open_bot()
    followed = await page.evaluate(
        """async () => {
          const link = document.querySelector('#apps a[href$="/home"]');
          const fetched = window.fetch;
          const news = new Promise((done) => {
            window.fetch = async (...asked) => {
              const answer = await fetched(...asked);
              if (String(asked[0]).includes('/sandbox/screen')) {
                const body = await answer.clone().json();
                answer.json = async () => { link.click(); setTimeout(done, 500); return body; };
              }
              return answer;
            };
          });
          const person = document.querySelector('#you-are').value;
          await fetched('/sandbox/say', {
            method: 'POST',
            headers: { 'Content-Type': 'application/json' },
            body: JSON.stringify({ person, text: '/mentor help' }),
          });
          await news;
          window.fetch = fetched;
          return location.hash.endsWith('/home');
        }"""
    )
    assert followed
    await expect(page.locator("#sidebar").get_by_role("link", name="App Home")).to_have_attribute(
        "aria-current", "page"
    )
