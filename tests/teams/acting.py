"""What Ana does in Teams, and the workspaces she does it in."""

from datetime import datetime
from typing import Any

from bot.mentoring.ids import Address, address
from bot.mentoring.people import Profile, Standing
from bot.mentoring.prompts import (
    Prompt,
)
from bot.ports import NewId, Records
from storage.mail_tables import InboxRow, OutboxRow
from storage.reference_tables import ReferenceRow
from tests.teams.edge import Edge
from tests.teams.stand_in import TENANT, Person
from tests.worlds import a_participant, a_programme

ANA = Person(1, "Ana")
WHO = address("teams", TENANT, ANA.id)
CHANNEL = {"id": "19:general@thread.tacv2;messageid=1", "conversationType": "channel", "tenantId": TENANT}
INVOKE = {"type": "invoke", "name": "adaptiveCard/action"}
INBOX, OUTBOX, REFERENCE = InboxRow.__table__, OutboxRow.__table__, ReferenceRow.__table__


def wrote(edge: Edge, text: str, **more: Any) -> dict[str, Any]:
    """Ana wrote to the bot."""
    return ANA.activity(edge.microsoft.address, **{"id": "1", "text": text, **more})


def pressed(edge: Edge, data: Any, **more: Any) -> dict[str, Any]:
    """Ana pressed a button of the message 77."""
    action = {"type": "Action.Execute", "verb": "x", "data": data}
    value = {"action": action, "trigger": "manual"}
    usual = {"type": "invoke", "name": "adaptiveCard/action", "id": "f:1", "value": value, "replyToId": "77"}
    return ANA.activity(edge.microsoft.address, **(usual | more))


def programme(*, records: Records, now: datetime, new_id: NewId) -> None:
    """A programme to join."""
    del now, new_id
    records.save_programme(a_programme(channel=Address(f"teams:{TENANT}:x")))


def participant(*, records: Records, now: datetime, new_id: NewId) -> None:
    """Ana takes part."""
    programme(records=records, now=now, new_id=new_id)
    records.save_participant(a_participant(address=WHO, name="Ana"))
    records.save_profile(Profile(WHO, "Ana", "Europe/Berlin", admin=False, standing=Standing.MEMBER))


async def prompts(edge: Edge) -> list[Prompt]:
    """What waits in the outbox."""
    return [prompt for _, _, prompt in await edge.waiting()]
