"""Teams' own ids as addresses: people by their Entra object id, channels by their thread."""

import re

from bot.mentoring.ids import Address, address, local_id

PLATFORM = "teams"
PERSON = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""An Entra object id, in small letters."""
_CHANNEL = re.compile(r"19:([A-Za-z0-9_.@=-]{1,200})")
"""The thread of a channel or a team; what stands behind `19:` holds no colon, as an address needs it."""


def person(tenant: str, object_id: object) -> Address | None:
    """The address of a person; None for what is no object id."""
    given = object_id.lower() if isinstance(object_id, str) else ""
    return address(PLATFORM, tenant, given) if PERSON.fullmatch(given) else None


def channel(tenant: str, thread: object) -> Address | None:
    """The address of a channel by its thread, with or without a message of it; None for what is none."""
    found = _CHANNEL.fullmatch(thread.partition(";")[0]) if isinstance(thread, str) else None
    return address(PLATFORM, tenant, found.group(1)) if found else None


def thread_of(where: Address) -> str:
    """The thread of a channel's address."""
    return f"19:{local_id(where)}"


def tenant_of(where: Address) -> str:
    """The tenant that an address lies in."""
    return where.split(":")[1]
