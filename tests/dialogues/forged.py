"""What a stranger to the page could send: made by hand, signed like Slack's own, straight to the bot."""

from typing import Any
from urllib.parse import urlencode

from sqlmodel import select

from sandbox.actions import Source
from sandbox.botlink import Reply
from sandbox.members import Member
from sandbox.messages import Message
from sandbox.payloads import block_actions, command_form, view_submission
from sandbox.views import View
from storage.agreement_tables import AgreementRow, GoalsRow
from storage.columns import Row
from storage.guard import across
from storage.tables import MeetingRow, PairRow, ParticipantRow, ProgrammeRow, RoundRow, StepRow, WaitingRow
from tests.dialogues.on_slack import SlackTown
from tests.dialogues.town import Json

KEPT: tuple[type[Row], ...] = (
    ProgrammeRow,
    ParticipantRow,
    RoundRow,
    WaitingRow,
    PairRow,
    MeetingRow,
    StepRow,
    AgreementRow,
    GoalsRow,
)
"""What a request that is refused must leave as it is."""


class Forger:
    """Sends a town's bot what its page never would, and looks at all that it keeps.

    Between two requests so much time passes that no limit is met.
    """

    def __init__(self, town: SlackTown) -> None:
        self._town = town
        self._slack = town.sandbox.slack

    def member(self, person: str) -> Member:
        """Somebody by roster id."""
        found = self._slack.workspace.person(person)
        assert found is not None, person
        return found

    async def command(self, person: str, text: str, **more: str) -> Reply:
        """A slash command with exactly this text."""
        self._town.bot.inside.limits.forget()
        member = self.member(person)
        return await self._slack.bot.send_form(self.command_fields(member, text) | more)

    def command_fields(self, member: Member, text: str) -> dict[str, str]:
        """The fields of a slash command typed in the person's direct messages."""
        workspace = self._slack.workspace
        channel = workspace.direct(member.id)
        return command_form(
            member,
            channel,
            "/mentor",
            text,
            trigger_id=workspace.triggers.issue(member.id),
            response_url=self._slack.response_url(member.id, channel.id, None),
        )

    def command_body(self, person: str, text: str) -> bytes:
        """The bytes of a slash command, to be signed and sent as often as one likes."""
        return urlencode(self.command_fields(self.member(person), text)).encode()

    async def button(self, person: str, action: str, value: str, where: Source, **more: Any) -> Reply:
        """A button that was never shown, pressed in a message or a window."""
        self._town.bot.inside.limits.forget()
        member, workspace = self.member(person), self._slack.workspace
        pressed: Json = {
            "type": "button",
            "action_id": f"{action}#0",
            "block_id": "b",
            "value": value,
            "action_ts": "1.1",
        }
        trigger = workspace.triggers.issue(member.id)
        payload = block_actions(workspace, member, where, pressed, trigger_id=trigger)
        if isinstance(where, Message):
            payload["response_url"] = self._slack.response_url(member.id, where.channel, where.ts)
        return await self._slack.bot.send_payload(payload | more)

    async def form(self, person: str, view: View, state: Json, **of_view: Any) -> Reply:
        """A window sent with values that its fields never offered."""
        self._town.bot.inside.limits.forget()
        payload = view_submission(
            self.member(person), view, self._slack.workspace.triggers.issue(view.person)
        )
        payload["view"] = payload["view"] | {"state": {"values": state}} | of_view
        return await self._slack.bot.send_payload(payload)

    async def kept(self) -> dict[str, list[str]]:
        """All rows that the bot keeps of programmes, people, pairs and what these wrote, by table."""
        return {table.__name__: await self._rows(table) for table in KEPT}

    async def _rows(self, table: type[Row]) -> list[str]:
        options = across("look into a test's tables")
        rows = await self._town.bot.inside.store.workshop.run(
            lambda session: list(session.exec(select(table), execution_options=options).all())
        )
        return sorted(repr(row.model_dump()) for row in rows)

    async def heard_by_all(self) -> list[tuple[str, str]]:
        """Every message that stands in a conversation, seen by more than the one who acted."""
        state = await self._town.state()
        return [(one["ts"], one["text"]) for one in state["messages"] if one["visible_to"] is None]
