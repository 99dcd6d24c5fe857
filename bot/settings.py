"""What an operator may set: the environment, checked before anything starts."""

import re
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit

from cryptography.fernet import Fernet
from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from bot.failpoints import parse

SLACK_API = "https://slack.com/api/"
ON_SLACK = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET")
ON_TEAMS = ("TEAMS_APP_ID", "TEAMS_APP_SECRET", "TEAMS_TENANT_ID")
SERVING = (*ON_SLACK, "BOTHWAYS_SECRET_KEYS")
"""What `serve` cannot do without; with Socket Mode there is no signature, so no signing secret.

A process that has Teams' values needs Slack's only where some of those are given too.
"""
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_SECRET = re.compile(r"[!-~]{8,255}")
_GUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")

_MISSING = {
    "SLACK_BOT_TOKEN": "set it to the app's bot token, xoxb-…, from OAuth & Permissions",
    "SLACK_SIGNING_SECRET": "set it to the app's signing secret, from Basic Information",
    "TEAMS_APP_ID": "set it to the Application (client) ID of the app's registration in Entra",
    "TEAMS_APP_SECRET": "set it to a client secret of the app's registration in Entra",
    "TEAMS_TENANT_ID": "set it to the Directory (tenant) ID of your company in Entra",
    "TEAMS_CATALOG_APP_ID": "TEAMS_GROUP_CHATS needs the app's ID in the Teams admin centre, Manage apps",
    "BOTHWAYS_SECRET_KEYS": "set it to a Fernet key (44 characters, URL-safe base64 of 32 random bytes)",
}


class SettingsError(Exception):
    """A value is missing or cannot be used; the message is one line that names it and never shows it."""


def _parts(given: object) -> object:
    return (
        tuple(part.strip() for part in given.split(",") if part.strip()) if isinstance(given, str) else given
    )


def _token(kind: str) -> AfterValidator:
    def check(given: SecretStr) -> SecretStr:
        if not re.fullmatch(rf"(xoxe\.)?{kind}-[!-~]+", given.get_secret_value()):
            raise ValueError(f"must begin with {kind}-, as Slack shows it")
        return given

    return AfterValidator(check)


def _signing(given: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    if not all(_SECRET.fullmatch(one.get_secret_value()) for one in given):
        raise ValueError("must be one signing secret, or two with a comma between them, the newest first")
    return given


def _guid(given: str) -> str:
    if not _GUID.fullmatch(given.lower()):
        raise ValueError("must be an id such as 12345678-90ab-cdef-1234-567890abcdef, as Entra shows it")
    return given.lower()


def _catalogue(given: str) -> str:
    if given and not _GUID.fullmatch(given.lower()):
        raise ValueError(
            "must be the app's ID such as 12345678-90ab-cdef-1234-567890abcdef, as the Teams"
            " admin centre shows it"
        )
    return given.lower()


def _client_secret(given: SecretStr) -> SecretStr:
    if not _SECRET.fullmatch(given.get_secret_value()):
        raise ValueError("must be the value of a client secret, as Entra shows it once")
    return given


def _stand_in(given: str) -> str:
    parts = urlsplit(given)
    if given and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ValueError("is for tests: it must be an http address on this machine")
    return given.rstrip("/")


def _fernet(given: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    for place, one in enumerate(given, start=1):
        try:
            Fernet(one.get_secret_value())
        except ValueError:
            raise ValueError(f"key {place} is not a Fernet key (URL-safe base64 of 32 bytes)") from None
    return given


def _users(given: tuple[str, ...]) -> tuple[str, ...]:
    if not all(_USER.fullmatch(one) or _GUID.fullmatch(one.lower()) for one in given):
        raise ValueError("must be member ids such as U012AB3CD, or Entra's object ids, with commas between")
    return tuple(one if _USER.fullmatch(one) else one.lower() for one in given)


def _database(given: SecretStr) -> SecretStr:
    try:
        url = make_url(given.get_secret_value())
        name = url.get_backend_name()
    except ArgumentError:
        name = ""
    if name not in _DRIVERS or (name == "sqlite" and url.database in (None, "", ":memory:")):
        raise ValueError("must be sqlite:///FILE or postgresql://USER:PASSWORD@HOST/DATABASE")
    return given


def _api(given: str) -> str:
    parts = urlsplit(given)
    loopback = parts.hostname is not None and is_loopback(parts.hostname)
    if parts.scheme != "https" and not (parts.scheme == "http" and loopback):
        raise ValueError("must be an https address (http on loopback only)")
    return given if given.endswith("/") else f"{given}/"


def _public(given: str) -> str:
    parts = urlsplit(given)
    safe = parts.scheme == "https" or (parts.scheme == "http" and is_loopback(parts.hostname or ""))
    if given and not (safe and parts.hostname):
        raise ValueError("must be the https address at which the bot is reached")
    return given.rstrip("/")


def _failpoints(given: str) -> str:
    parse(given)
    return given


def _level(given: str) -> str:
    if given.upper() not in LEVELS:
        raise ValueError(f"must be one of {', '.join(LEVELS)}")
    return given.upper()


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


_Secrets = Annotated[tuple[SecretStr, ...], NoDecode, BeforeValidator(_parts)]


class Settings(BaseSettings):
    """The environment, as CONTRIBUTING and the README name it; secrets show nowhere in its text."""

    model_config = SettingsConfigDict(
        env_ignore_empty=True, extra="ignore", frozen=True, hide_input_in_errors=True, case_sensitive=True
    )

    slack_bot_token: Annotated[SecretStr, _token("xoxb")] | None = Field(None, alias="SLACK_BOT_TOKEN")
    slack_app_token: Annotated[SecretStr, _token("xapp")] | None = Field(None, alias="SLACK_APP_TOKEN")
    slack_signing_secrets: Annotated[_Secrets, AfterValidator(_signing)] = Field(
        (), alias="SLACK_SIGNING_SECRET"
    )
    slack_api: Annotated[str, AfterValidator(_api)] = Field(SLACK_API, alias="SLACK_API_BASE_URL")
    teams_app_id: Annotated[str, AfterValidator(_guid)] | None = Field(None, alias="TEAMS_APP_ID")
    teams_app_secret: Annotated[SecretStr, AfterValidator(_client_secret)] | None = Field(
        None, alias="TEAMS_APP_SECRET"
    )
    teams_tenant_id: Annotated[str, AfterValidator(_guid)] | None = Field(None, alias="TEAMS_TENANT_ID")
    teams_api: Annotated[str, AfterValidator(_stand_in)] = Field("", alias="TEAMS_API_BASE_URL")
    teams_group_chats: bool = Field(default=False, alias="TEAMS_GROUP_CHATS")
    teams_catalogue_id: Annotated[str, AfterValidator(_catalogue)] = Field("", alias="TEAMS_CATALOG_APP_ID")
    teams_managers: bool = Field(default=False, alias="TEAMS_MANAGERS")
    database: Annotated[SecretStr, AfterValidator(_database)] = Field(
        SecretStr("sqlite:///bothways.db"), alias="DATABASE_URL"
    )
    owners: Annotated[tuple[str, ...], NoDecode, BeforeValidator(_parts), AfterValidator(_users)] = Field(
        (), alias="BOTHWAYS_OWNERS"
    )
    keys: Annotated[_Secrets, AfterValidator(_fernet)] = Field((), alias="BOTHWAYS_SECRET_KEYS")
    public_url: Annotated[str, AfterValidator(_public)] = Field("", alias="BOTHWAYS_PUBLIC_URL")
    host: str = Field("127.0.0.1", alias="HOST", min_length=1)
    port: int = Field(8000, alias="PORT", ge=0, le=65_535)
    tick_seconds: int = Field(20, alias="BOTHWAYS_TICK_SECONDS", ge=1, le=3_600)
    metrics_token: SecretStr = Field(SecretStr(""), alias="BOTHWAYS_METRICS_TOKEN")
    messages_per_second: float = Field(5.0, alias="BOTHWAYS_MESSAGES_PER_SECOND", gt=0, le=10_000)
    log_level: Annotated[str, AfterValidator(_level)] = Field("INFO", alias="BOTHWAYS_LOG_LEVEL")
    support: str = Field("", alias="BOTHWAYS_SUPPORT", max_length=200)
    failpoints: Annotated[str, AfterValidator(_failpoints)] = Field("", alias="BOTHWAYS_FAILPOINTS")

    @property
    def database_url(self) -> str:
        """The SQLAlchemy address, with the driver that we install."""
        url: URL = make_url(self.database.get_secret_value())
        return url.set(drivername=_DRIVERS[url.get_backend_name()]).render_as_string(hide_password=False)

    @property
    def on_sqlite(self) -> bool:
        """Whether the database is a file, which one process writes."""
        return self.database_url.startswith("sqlite")

    @property
    def slack_on_loopback(self) -> bool:
        """Whether Slack is a stand-in on this machine."""
        return is_loopback(urlsplit(self.slack_api).hostname or "")

    @property
    def on_slack(self) -> bool:
        """Whether this process serves Slack; it does too where no platform is set up at all."""
        begun = self.slack_bot_token or self.slack_signing_secrets or self.slack_app_token
        return bool(begun) or not self.on_teams

    @property
    def on_teams(self) -> bool:
        """Whether this process serves Teams."""
        return bool(self.teams_app_id or self.teams_app_secret or self.teams_tenant_id)

    @property
    def in_earnest(self) -> bool:
        """Whether any platform that is served is the real one, and no stand-in on this machine."""
        return (self.on_slack and not self.slack_on_loopback) or (self.on_teams and not self.teams_api)

    @property
    def secret_keys(self) -> tuple[str, ...]:
        """The Fernet keys in clear, newest first."""
        return tuple(key.get_secret_value() for key in self.keys)

    @property
    def signing_secrets(self) -> tuple[str, ...]:
        """Slack's signing secrets in clear, newest first."""
        return tuple(secret.get_secret_value() for secret in self.slack_signing_secrets)

    def lacks(self, need: tuple[str, ...]) -> tuple[str, ...]:
        """Which of the variables in `need`, or of those a platform needs besides, have no value."""
        on_slack = [name for name in need if name in ON_SLACK and self.on_slack]
        on_teams = ON_TEAMS if need and self.on_teams else ()
        in_rooms = ("TEAMS_CATALOG_APP_ID",) if on_teams and self.teams_group_chats else ()
        wanted = (*on_slack, *on_teams, *in_rooms, *(name for name in need if name not in ON_SLACK))
        given = {
            "TEAMS_APP_ID": self.teams_app_id,
            "TEAMS_APP_SECRET": self.teams_app_secret,
            "TEAMS_TENANT_ID": self.teams_tenant_id,
            "TEAMS_CATALOG_APP_ID": self.teams_catalogue_id,
            "SLACK_BOT_TOKEN": self.slack_bot_token,
            "SLACK_SIGNING_SECRET": self.slack_signing_secrets or self.slack_app_token,
            "BOTHWAYS_SECRET_KEYS": self.keys,
        }
        return tuple(name for name in wanted if not given[name])


class _Given(Settings):
    """Settings from what is handed in alone, whatever the environment holds."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 - the parent's signature
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - left out is the point
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - left out is the point
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - left out is the point
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return (init_settings,)


def read_settings(need: tuple[str, ...] = (), given: dict[str, str] | None = None) -> Settings:
    """The settings of the environment, or of `given` alone.

    Raises:
        SettingsError: a value is malformed, one of those in `need` is missing, or failpoints would be armed
            against the real Slack or Teams.
    """
    try:
        settings = Settings.model_validate({}) if given is None else _Given.model_validate(given)
    except ValidationError as error:
        raise SettingsError("; ".join(_line(problem) for problem in error.errors())) from None
    if settings.failpoints and settings.in_earnest:
        raise SettingsError(
            "BOTHWAYS_FAILPOINTS is for tests: it needs a stand-in for each platform, on loopback"
        )
    missing = settings.lacks(need)
    if missing:
        raise SettingsError("; ".join(f"{name} is missing: {_MISSING[name]}" for name in missing))
    return settings


def _line(problem: ErrorDetails) -> str:
    """One problem as `VARIABLE what to do`; pydantic's sentence holds no value here."""
    words = problem["msg"].removeprefix("Value error, ")
    words = re.sub("^(Input|String) should", "must", words)
    return f"{problem['loc'][0]} {words}"
