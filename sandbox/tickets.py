"""What Slack hands an app to act with: trigger ids (once, three seconds) and response addresses."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.draw import Draw

TRIGGER_SECONDS = 3.0
RESPONSE_USES = 5
RESPONSE_LIFE = timedelta(minutes=30)


class TriggerError(Exception):
    """A trigger id that opens nothing; `code` is Slack's error."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(slots=True)
class Trigger:
    """Permission to open one modal for `person`; `view_id` names the modal it was given in, if any."""

    person: str
    issued: float
    view_id: str | None
    used: bool = False


class Triggers:
    """Trigger ids, measured on the wall clock."""

    def __init__(self, draw: Draw, wall: Callable[[], float]) -> None:
        self._draw = draw
        self._wall = wall
        self._known: dict[str, Trigger] = {}

    def issue(self, person: str, view_id: str | None = None) -> str:
        """A new trigger id for something `person` just did."""
        trigger_id = f"{int(self._wall() * 1000)}.{self._draw.below(10**12)}.{self._draw.token(32).lower()}"
        self._known[trigger_id] = Trigger(person, self._wall(), view_id)
        return trigger_id

    def check(self, trigger_id: str) -> Trigger:
        """The trigger, still unused. Raises TriggerError with Slack's code otherwise."""
        trigger = self._known.get(trigger_id)
        if trigger is None:
            raise TriggerError("invalid_trigger_id")
        if trigger.used:
            raise TriggerError("exchanged_trigger_id")
        if self._wall() - trigger.issued > TRIGGER_SECONDS:
            raise TriggerError("expired_trigger_id")
        return trigger


@dataclass(slots=True)
class ResponseAddress:
    """Where an app may answer an interaction: `message` is the one it came from, if any."""

    person: str
    channel: str
    message: str | None
    issued: datetime
    uses: int = 0


class ResponseAddresses:
    """Response addresses: five uses within thirty minutes, by the programme clock."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._known: dict[str, ResponseAddress] = {}

    def issue(self, person: str, channel: str, message: str | None, now: datetime) -> str:
        """A new secret."""
        secret = self._draw.token(24)
        self._known[secret] = ResponseAddress(person, channel, message, now)
        return secret

    def use(self, secret: str, now: datetime) -> ResponseAddress | str:
        """The address with one use taken, or Slack's error code."""
        address = self._known.get(secret)
        if address is None:
            return "no_such_url"
        if now - address.issued > RESPONSE_LIFE:
            return "expired_url"
        if address.uses >= RESPONSE_USES:
            return "used_url"
        address.uses += 1
        return address
