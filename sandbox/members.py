"""Members of the workspace: people of the roster, the owner and the contacts beside it, and bots."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sandbox.people import RosterPerson

TEAM_ID = "T0BOTHWAYS"
TEAM_DOMAIN = "bothways-demo"
TEAM_NAME = "Bothways demo"
APP_ID = "A0BOTHWAYS"
BOT_ID = "B0BOTHWAYS"
BOT_USER_ID = "U0BOTHWAYS"
SLACKBOT_ID = "USLACKBOT"
OWNER_ID = "U0OWNER01"
CONTACT_IDS = ("U0CONTACT1", "U0CONTACT2")
_PLAIN = re.compile(r"^[A-Z0-9]{1,20}$")


@dataclass(slots=True)
class Member:
    """A member as Slack knows one. `roster` is what the person declared, for people of the roster."""

    id: str
    name: str
    real_name: str
    tz: str
    email: str = ""
    title: str = ""
    is_admin: bool = False
    is_owner: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    deleted: bool = False
    runs_programme: bool = False
    roster: RosterPerson | None = None

    @property
    def is_person(self) -> bool:
        """True for everybody the page can play."""
        return not self.is_bot


def slack_id(roster_id: str) -> str:
    """A roster's id in Slack's shape: `P00013` is `UP00013`; an id of other letters gets a short hash."""
    if _PLAIN.match(roster_id):
        return f"U{roster_id}"
    digest = hashlib.sha256(roster_id.encode()).hexdigest()[:8].upper()
    return f"U{re.sub(r'[^A-Z0-9]', '', roster_id.upper())[:12]}{digest}"


def workspace_members(roster: Iterable[RosterPerson], bot_name: str) -> list[Member]:
    """The roster's people, a programme owner, two contacts for concerns, Slackbot and the bot itself."""
    people = [
        Member(
            id=slack_id(person.id),
            name=_handle(person),
            real_name=person.name,
            tz=person.timezone,
            email=person.email,
            title=person.department,
            roster=person,
        )
        for person in roster
    ]
    others = [
        Member(OWNER_ID, "olive", "Olive Marsh", "Europe/Berlin", title="Programme owner", is_admin=True),
        Member(CONTACT_IDS[0], "hana", "Hana Petrova", "Europe/Berlin", title="People team"),
        Member(CONTACT_IDS[1], "theo", "Theo Lindqvist", "America/New_York", title="People team"),
        Member(SLACKBOT_ID, "slackbot", "Slackbot", "America/Los_Angeles", is_bot=True),
        Member(BOT_USER_ID, bot_name, bot_name.capitalize(), "America/Los_Angeles", is_bot=True),
    ]
    others[0].runs_programme = True
    return people + others


def _handle(person: RosterPerson) -> str:
    # the id keeps two people of one name apart, as Slack's handles are
    words = re.sub(r"[^a-z0-9]+", ".", person.name.lower()).strip(".")
    return f"{words or 'member'}.{slack_id(person.id)[1:].lower()}"


def member_json(member: Member, scopes: Iterable[str], now: datetime) -> dict[str, Any]:
    """The user object of users.info and users.list; the address only with users:read.email."""
    zone = ZoneInfo(member.tz)
    offset = now.astimezone(zone).utcoffset()
    profile = {
        "real_name": member.real_name,
        "real_name_normalized": member.real_name,
        "display_name": member.real_name,
        "display_name_normalized": member.real_name,
        "title": member.title,
        "team": TEAM_ID,
    }
    if "users:read.email" in set(scopes) and member.email:
        profile["email"] = member.email
    return {
        "id": member.id,
        "team_id": TEAM_ID,
        "name": member.name,
        "real_name": member.real_name,
        "deleted": member.deleted,
        "tz": member.tz,
        "tz_label": now.astimezone(zone).tzname() or member.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_admin": member.is_admin,
        "is_owner": member.is_owner,
        "is_primary_owner": member.is_owner,
        "is_restricted": member.is_restricted,
        "is_ultra_restricted": False,
        "is_bot": member.is_bot and member.id != SLACKBOT_ID,
        "is_app_user": False,
        "updated": int(datetime(2026, 1, 1, tzinfo=UTC).timestamp()),
    }
