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
SERVING = ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "BOTHWAYS_SECRET_KEYS")
"""What `serve` cannot do without; with Socket Mode there is no signature, so no signing secret."""
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_DRIVERS = {"sqlite": "sqlite", "postgresql": "postgresql+psycopg", "postgres": "postgresql+psycopg"}
_USER = re.compile(r"[UW][A-Z0-9]{2,20}")
_SECRET = re.compile(r"[!-~]{8,255}")

_MISSING = {
    "SLACK_BOT_TOKEN": "set it to the app's bot token, xoxb-…, from OAuth & Permissions",
    "SLACK_SIGNING_SECRET": "set it to the app's signing secret, from Basic Information",
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


def _fernet(given: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
    for place, one in enumerate(given, start=1):
        try:
            Fernet(one.get_secret_value())
        except ValueError:
            raise ValueError(f"key {place} is not a Fernet key (URL-safe base64 of 32 bytes)") from None
    return given


def _users(given: tuple[str, ...]) -> tuple[str, ...]:
    if not all(_USER.fullmatch(one) for one in given):
        raise ValueError("must be member ids such as U012AB3CD, with commas between them")
    return given


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
        raise ValueError("must be the https address at which Slack reaches the bot")
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
    def secret_keys(self) -> tuple[str, ...]:
        """The Fernet keys in clear, newest first."""
        return tuple(key.get_secret_value() for key in self.keys)

    @property
    def signing_secrets(self) -> tuple[str, ...]:
        """Slack's signing secrets in clear, newest first."""
        return tuple(secret.get_secret_value() for secret in self.slack_signing_secrets)

    def lacks(self, need: tuple[str, ...]) -> tuple[str, ...]:
        """Which of the variables in `need` have no value; Socket Mode needs no signing secret."""
        given = {
            "SLACK_BOT_TOKEN": self.slack_bot_token,
            "SLACK_SIGNING_SECRET": self.slack_signing_secrets or self.slack_app_token,
            "BOTHWAYS_SECRET_KEYS": self.keys,
        }
        return tuple(name for name in need if not given[name])


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
            against the real Slack.
    """
    try:
        settings = Settings.model_validate({}) if given is None else _Given.model_validate(given)
    except ValidationError as error:
        raise SettingsError("; ".join(_line(problem) for problem in error.errors())) from None
    if settings.failpoints and not settings.slack_on_loopback:
        raise SettingsError("BOTHWAYS_FAILPOINTS is for tests: it needs a stand-in for Slack on loopback")
    missing = settings.lacks(need)
    if missing:
        raise SettingsError("; ".join(f"{name} is missing: {_MISSING[name]}" for name in missing))
    return settings


def _line(problem: ErrorDetails) -> str:
    """One problem as `VARIABLE what to do`; pydantic's sentence holds no value here."""
    words = problem["msg"].removeprefix("Value error, ")
    words = re.sub("^(Input|String) should", "must", words)
    return f"{problem['loc'][0]} {words}"
