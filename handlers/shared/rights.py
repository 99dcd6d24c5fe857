"""Whom the edges let set up a programme: those the operator names, else the platform's own admins."""

from dataclasses import dataclass, replace

from bot.mentoring.ids import local_id
from bot.mentoring.people import Profile
from handlers.caller import Caller


@dataclass(frozen=True, slots=True)
class Rights:
    """`owners` are the ids the operator names; where there are none it is the admins."""

    owners: frozenset[str]

    def may_set_up(self, user: str, *, admin: bool) -> bool:
        """Whether somebody with this platform id, an admin there or not, may set up a programme."""
        return user in self.owners if self.owners else admin

    def vouched(self, caller: Caller, profiles: tuple[Profile, ...]) -> Caller:
        """The caller with what the directory just said of them, where it did."""
        own = next((profile for profile in profiles if profile.address == caller.address), None)
        if own is None:
            return caller
        return replace(caller, may_set_up=self.may_set_up(local_id(caller.address), admin=own.admin))
