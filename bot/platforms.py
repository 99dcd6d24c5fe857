"""The platforms that a process serves, as one: messages find theirs, and all of them end together."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass

from bot.mail import Messenger, Outgoing, Pace, Refused, Sent
from bot.mentoring.ids import Address, WorkspaceId
from bot.mentoring.prompts import FormPrompt
from bot.ports import Destination, NewId
from bot.settings import Settings
from handlers.caller import House
from handlers.limits import Limits
from handlers.slack.build import Access, SlackEdge, build_edge
from handlers.slack.client import PLATFORM as SLACK
from handlers.slack.client import slack_session
from handlers.slack.limits import pace as slack_pace
from handlers.slack.refs import Seals
from handlers.teams.build import TeamsAccess, TeamsEdge, build_teams, teams_client
from handlers.teams.ids import PLATFORM as TEAMS
from handlers.teams.limits import pace as teams_pace
from handlers.teams.places import places
from handlers.teams.showing import Sealer
from storage.codec import UnreadableError, decode, encode
from storage.encryption import Keyring, SealBrokenError, Sealed
from storage.store import Store


@dataclass(frozen=True)
class Platforms:
    """Slack, Teams, or both; at least one."""

    slack: SlackEdge | None = None
    teams: TeamsEdge | None = None

    @property
    def messenger(self) -> Messenger:
        """Sends each message on the platform it is for."""
        edges = {SLACK: self.slack, TEAMS: self.teams}
        return ByPlatform({name: edge.messenger for name, edge in edges.items() if edge is not None})

    @property
    def busy(self) -> bool:
        """Whether calls are under way that leave no message."""
        return any(edge.background.busy for edge in (self.slack, self.teams) if edge is not None)

    async def drain(self, seconds: float | None = None) -> None:
        """Wait for those calls, at most so long on each platform."""
        for edge in (self.slack, self.teams):
            if edge is not None:
                await edge.background.drain(seconds)


@dataclass(frozen=True)
class ByPlatform:
    """A messenger over those of the platforms."""

    messengers: dict[str, Messenger]

    async def send(self, workspace: WorkspaceId, row: Outgoing) -> Sent:
        """Send on the message's own platform; Refused for now where this process does not serve it."""
        messenger = self.messengers.get(platform_of(row.to))
        if messenger is None:
            raise Refused("platform_not_served")
        return await messenger.send(workspace, row)


def platform_of(to: Destination) -> str:
    """The platform that a destination lies on: the one of its readers, or of its own address."""
    where = next(iter(to.readers), Address(to.ref))
    return where.partition(":")[0]


def pace_of(per_second: float, *, on_slack: bool) -> Pace:
    """What may leave a workspace: Slack's limits where it is served, which Teams takes as well."""
    return slack_pace(per_second) if on_slack else teams_pace(per_second)


@dataclass(frozen=True)
class Shared:
    """What every platform's edge is built over."""

    store: Store
    house: House
    keyring: Keyring
    new_id: NewId
    limits: Limits
    wall: Callable[[], float]
    """Seconds since the epoch, for signatures."""
    steady: Callable[[], float]
    """Seconds that only go forward."""


async def open_platforms(stack: AsyncExitStack, settings: Settings, shared: Shared) -> Platforms:
    """The platforms that the settings name, at work until the stack ends."""
    return Platforms(
        slack=await _slack(stack, settings, shared) if settings.on_slack else None,
        teams=await _teams(stack, settings, shared) if settings.on_teams else None,
    )


async def _slack(stack: AsyncExitStack, settings: Settings, shared: Shared) -> SlackEdge:
    return build_edge(
        _access(settings),
        store=shared.store,
        house=shared.house,
        session=await stack.enter_async_context(slack_session()),
        seals=_seals(shared.keyring),
        new_id=shared.new_id,
        wall=shared.wall,
        limits=shared.limits,
    )


async def _teams(stack: AsyncExitStack, settings: Settings, shared: Shared) -> TeamsEdge:
    access = teams_access(settings)
    return build_teams(
        access,
        store=shared.store,
        references=shared.store.references,
        openings=shared.store.openings,
        house=shared.house,
        http=await stack.enter_async_context(teams_client(access.places)),
        sealer=sealer_of(shared.keyring),
        new_id=shared.new_id,
        monotonic=shared.steady,
        limits=shared.limits,
    )


def teams_access(settings: Settings) -> TeamsAccess:
    """How Teams is reached, by settings that hold all of it."""
    tenant = settings.teams_tenant_id or ""
    secret = settings.teams_app_secret.get_secret_value() if settings.teams_app_secret else ""
    there = places(tenant, settings.teams_api)
    return TeamsAccess(
        settings.teams_app_id or "",
        secret,
        tenant,
        there,
        frozenset(settings.owners),
        catalogue_id=settings.teams_catalogue_id if settings.teams_group_chats else "",
        managers=settings.teams_managers,
    )


def sealer_of(keyring: Keyring) -> Sealer:
    """Keeps forms in their own cards under the keys of all that is secret."""

    def open_(workspace: WorkspaceId, sealed: str) -> FormPrompt | None:
        try:
            form = decode(keyring.open(workspace, Sealed(sealed)))
        except (SealBrokenError, UnreadableError):
            return None
        return form if isinstance(form, FormPrompt) else None

    return Sealer(lambda workspace, form: keyring.seal(workspace, encode(form)).stored, open_)


def _access(settings: Settings) -> Access:
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    return Access(token, settings.slack_api, settings.signing_secrets, frozenset(settings.owners))


def _seals(keyring: Keyring) -> Seals:
    def close(workspace: WorkspaceId, text: str) -> str:
        return keyring.seal(workspace, text.encode()).stored

    def open_(workspace: WorkspaceId, sealed: str) -> str:
        return keyring.open(workspace, Sealed(sealed)).decode()

    return Seals(close, open_)
