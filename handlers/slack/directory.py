"""Slack's directory of people: users.info -> Profile, and whether the bot may write in a channel."""

import asyncio
from collections.abc import Iterable
from zoneinfo import available_timezones

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.mentoring.errors import BadForm, BadInput, Problem
from bot.mentoring.ids import Address, address, local_id
from bot.mentoring.people import Profile, Standing
from bot.mentoring.text import NAME_LIMIT, clean, shortened
from handlers.shared.types import Json
from handlers.slack.calls import code_of, patiently
from handlers.slack.client import PLATFORM
from handlers.slack.inputs import named_in

ZONES = frozenset(available_timezones())
SLACKBOT = "USLACKBOT"
QUICKLY = 1.5
"""Seconds that look-ups may take while a sent form waits for its answer."""


class Directory:
    """Looks people and channels up in one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def profile(self, who: Address) -> Profile:
        """What Slack tells of a person; waits where it asks us to. SlackApiError for nobody we can see."""
        said = await patiently(lambda: self._client.users_info(user=local_id(who)))
        return profile_of(said["user"], _team(who))

    async def vouched(self, sender: Address, view: Json) -> tuple[Profile, ...]:
        """What the directory says of those a sent form names, and of its sender; nothing for other forms.

        Raises BadForm where the bot cannot write in a channel that was chosen.
        """
        people, channels = named_in(view, _team(sender))
        if not people and not channels:
            return ()
        asked = asyncio.gather(*(self.writable(channel) for channel in channels.values()))
        profiles = await self.profiles((sender, *people))
        closed = [key for key, writable in zip(channels, await asked, strict=True) if not writable]
        if closed:
            raise BadForm(tuple(BadInput(key, Problem.CHANNEL_CLOSED) for key in closed))
        return profiles

    async def profiles(self, people: Iterable[Address]) -> tuple[Profile, ...]:
        """What can be heard of these people within QUICKLY seconds; the others are left out."""
        looking = [asyncio.create_task(self._quietly(who)) for who in dict.fromkeys(people)]
        if not looking:
            return ()
        done, late = await asyncio.wait(looking, timeout=QUICKLY)
        for task in late:
            task.cancel()
        return tuple(profile for task in looking if task in done and (profile := task.result()))

    async def _quietly(self, who: Address) -> Profile | None:
        try:
            said = await self._client.users_info(user=local_id(who))
        except (SlackApiError, OSError, TimeoutError):
            return None
        return profile_of(said["user"], _team(who))

    async def writable(self, channel: Address) -> bool:
        """Whether the bot is in a channel; True too where Slack does not say in time."""
        try:
            async with asyncio.timeout(QUICKLY):
                said = await self._client.conversations_info(channel=local_id(channel))
        except SlackApiError as error:
            return code_of(error) not in ("channel_not_found", "is_archived")
        except (OSError, TimeoutError):
            return True
        found = said["channel"]
        return bool(found.get("is_member")) and not found.get("is_archived")


def _team(who: Address) -> str:
    return who.split(":")[1]


def profile_of(user: Json, team: str) -> Profile:
    """Slack's user object as a profile in `team`; an unknown zone is UTC."""
    shown = user.get("profile", {})
    names = (shown.get("display_name"), user.get("real_name"), shown.get("real_name"), user.get("name"))
    zone = user.get("tz")
    return Profile(
        address=address(PLATFORM, team, user["id"]),
        name=shortened(next((name for given in names if (name := clean(given or ""))), ""), NAME_LIMIT),
        zone=zone if zone in ZONES else "UTC",
        admin=bool(user.get("is_admin") or user.get("is_owner")),
        standing=_standing(user, team),
    )


def _standing(user: Json, team: str) -> Standing:
    if user.get("deleted"):
        return Standing.CLOSED
    if user.get("is_bot") or user.get("is_workflow_bot") or user["id"] == SLACKBOT:
        return Standing.BOT
    if user.get("is_stranger") or user.get("team_id", team) != team:
        return Standing.EXTERNAL
    guest = user.get("is_restricted") or user.get("is_ultra_restricted")
    return Standing.GUEST if guest else Standing.MEMBER
