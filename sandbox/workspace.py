"""The workspace: everything the stand-in knows, in memory."""

from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sandbox.blockkit.normal import normal_blocks
from sandbox.blockkit.walk import Json
from sandbox.changes import Changes
from sandbox.channels import Channel, Channels
from sandbox.clock import ProgrammeClock
from sandbox.draw import Draw
from sandbox.faults import Faults
from sandbox.files import Files
from sandbox.manifest import Manifest
from sandbox.members import BOT_USER_ID, SLACKBOT_ID, TEAM_NAME, Member, workspace_members
from sandbox.messages import Message, Messages
from sandbox.people import RosterPerson
from sandbox.rates import Rates
from sandbox.scheduled import Schedule
from sandbox.tickets import ResponseAddresses, Triggers
from sandbox.values import initial_state, options_in
from sandbox.views import Views
from sandbox.wall import wall_seconds

CALLS_KEPT = 50_000


@dataclass(frozen=True, slots=True)
class Call:
    """One call the app made: when by the programme clock, and Slack's error or None."""

    at: datetime
    method: str
    error: str | None
    channel: str | None


class Workspace:
    """Members, conversations, messages, views and the limits on them; new, it has three empty channels."""

    def __init__(
        self,
        roster: Iterable[RosterPerson] = (),
        *,
        manifest: Manifest | None = None,
        start: datetime | None = None,
        seed: int = 0,
        wall: Callable[[], float] = wall_seconds,
    ) -> None:
        draw = Draw(f"workspace {seed} {wall()}")
        self.draw = draw
        self.wall = wall
        self.manifest = manifest or Manifest()
        self.clock = ProgrammeClock(wall, start)
        self.members = {member.id: member for member in workspace_members(roster, self.manifest.bot_name)}
        self._by_roster_id = {
            member.roster.id: member for member in self.members.values() if member.roster is not None
        }
        self.channels = Channels(draw)
        self.messages = Messages()
        self.schedule = Schedule()
        self.views = Views(draw)
        self.triggers = Triggers(draw, wall)
        self.addresses = ResponseAddresses(draw)
        self.rates = Rates()
        self.faults = Faults()
        self.files = Files(draw)
        self.changes = Changes()
        self.calls: deque[Call] = deque(maxlen=CALLS_KEPT)
        self.installed = True
        self.trouble: str | None = None
        self._found_channels()

    @property
    def name(self) -> str:
        """The workspace's name."""
        return TEAM_NAME

    @property
    def bot_id(self) -> str:
        """The app's own user."""
        return BOT_USER_ID

    def _found_channels(self) -> None:
        everybody = [member.id for member in self.members.values() if member.is_person]
        created = int(self.clock.now().timestamp())
        self.channels.create("general", everybody, created)
        self.channels.create("mentoring", [*everybody, BOT_USER_ID], created)
        self.channels.create("random", everybody, created)

    def person(self, name: str) -> Member | None:
        """A person by Slack id, by the roster's id, or by full name."""
        member = self.members.get(name) or self._by_roster_id.get(name)
        if member is None:
            folded = name.strip().removeprefix("@").casefold()
            member = next(
                (
                    other
                    for other in self.members.values()
                    if folded in (other.real_name.casefold(), other.name.casefold())
                ),
                None,
            )
        return member if member is not None and member.is_person else None

    def direct(self, person: str) -> Channel:
        """The direct conversation of the bot and one person."""
        return self.conversation([person, BOT_USER_ID])

    def conversation(self, people: Iterable[str]) -> Channel:
        """The conversation of exactly these members, opened when it is new."""
        ids = list(people)
        names = [self.members[one].name for one in ids]
        channel = self.channels.open(ids, names, int(self.clock.now().timestamp()))
        self.changes.announce()
        return channel

    def post(
        self,
        channel: str,
        author: str,
        text: str,
        blocks: list[Json] | None = None,
        *,
        visible_to: str | None = None,
    ) -> Message:
        """A new message, its blocks (already checked) with ids filled in."""
        ts, at = self.messages.stamp(self.clock.now())
        normal = normal_blocks(blocks or [], self.draw)
        state = initial_state(normal)
        message = Message(
            ts, channel, at, author, text, normal, visible_to, state=state, served=options_in(state)
        )
        self.messages.add(message)
        self.changes.announce()
        return message

    def post_scheduled(self) -> None:
        """Post what was scheduled and whose moment has come."""
        for one in self.schedule.due(self.clock.now()):
            self.post(one.channel, BOT_USER_ID, one.text, one.blocks)

    def rewrite(self, message: Message, text: str, blocks: list[Json] | None, *, edited: bool) -> None:
        """New text and, unless None, new blocks in a message."""
        message.text = text
        message.edited = message.edited or edited
        if blocks is not None:
            message.blocks = normal_blocks(blocks, self.draw)
            message.state = initial_state(message.blocks, before=message.state)
            message.served |= options_in(message.state)
        self.changes.announce()

    def delete(self, message: Message) -> None:
        """Take a message away."""
        self.messages.remove(message)
        self.changes.announce()

    def tell(self, person: str, channel: str, text: str) -> Message:
        """A line of Slack's own, seen by one person."""
        return self.post(channel, SLACKBOT_ID, text, visible_to=person)

    def record(self, method: str, answer: dict[str, Any], channel: str | None) -> None:
        """Remember a call the app made."""
        error = None if answer.get("ok") else str(answer.get("error"))
        self.calls.append(Call(self.clock.now(), method, error, channel))
