"""What an operator may set: a wrong value is named in one line and never shown."""

import pytest

from bot.settings import SERVING, Settings, SettingsError, read_settings

KEY = "bmV2ZXItdXNlZC1hbnl3aGVyZS1idXQtaW4tdGVzdHM="
GOOD = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "0123456789abcdef", "BOTHWAYS_SECRET_KEYS": KEY}

TEAMS = {
    "TEAMS_APP_ID": "0123ABCD-0000-4000-8000-00000000000A",
    "TEAMS_APP_SECRET": "not~a.real_secret",
    "TEAMS_TENANT_ID": "0123abcd-0000-4000-8000-00000000000b",
}


def given(**more: str) -> Settings:
    """Settings of a good environment with more set."""
    return read_settings(SERVING, {**GOOD, **more})


def refusal(values: dict[str, str], need: tuple[str, ...] = ()) -> str:
    """The line with which these values are refused."""
    with pytest.raises(SettingsError) as raised:
        read_settings(need, values)
    return str(raised.value)


def test_what_is_not_set_has_its_documented_value() -> None:
    settings = given()
    assert settings.slack_api == "https://slack.com/api/"
    assert settings.database_url == "sqlite:///bothways.db"
    assert settings.on_sqlite
    assert (settings.tick_seconds, settings.log_level, settings.support) == (20, "INFO", "")
    assert settings.owners == ()


@pytest.mark.parametrize("name", SERVING)
def test_what_serving_needs_is_named_when_it_is_missing(name: str) -> None:
    line = refusal({other: value for other, value in GOOD.items() if other != name}, SERVING)
    assert line.startswith(f"{name} is missing: ")
    assert "\n" not in line


def test_everything_that_is_missing_is_named_in_one_line() -> None:
    line = refusal({}, SERVING)
    assert all(name in line for name in SERVING)
    assert "\n" not in line


def test_socket_mode_needs_no_signing_secret() -> None:
    values = {name: value for name, value in GOOD.items() if name != "SLACK_SIGNING_SECRET"}
    settings = read_settings(SERVING, {**values, "SLACK_APP_TOKEN": "xapp-1"})
    assert settings.signing_secrets == ()


def test_teams_alone_needs_nothing_of_slack() -> None:
    settings = read_settings(SERVING, {**TEAMS, "BOTHWAYS_SECRET_KEYS": KEY})
    assert settings.on_teams
    assert not settings.on_slack
    assert settings.teams_app_id == TEAMS["TEAMS_APP_ID"].lower(), "ids are compared in small letters"


def test_one_process_may_serve_both_platforms() -> None:
    settings = given(**TEAMS)
    assert settings.on_slack
    assert settings.on_teams
    assert not given().on_teams


@pytest.mark.parametrize("name", TEAMS)
def test_what_teams_needs_is_named_when_it_is_missing(name: str) -> None:
    values = {other: value for other, value in TEAMS.items() if other != name}
    line = refusal({**values, "BOTHWAYS_SECRET_KEYS": KEY}, SERVING)
    assert line.startswith(f"{name} is missing: ")
    assert "SLACK" not in line
    assert "\n" not in line


def test_half_of_slack_beside_teams_is_named_too() -> None:
    values = {**TEAMS, "BOTHWAYS_SECRET_KEYS": KEY, "SLACK_BOT_TOKEN": "xoxb-1"}
    assert refusal(values, SERVING).startswith("SLACK_SIGNING_SECRET is missing: ")


def test_owners_may_be_people_of_either_platform() -> None:
    settings = given(BOTHWAYS_OWNERS="U123ABC, 0123ABCD-0000-4000-8000-00000000000F")
    assert settings.owners == ("U123ABC", "0123abcd-0000-4000-8000-00000000000f")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-someone-elses"),
        ("SLACK_APP_TOKEN", "hunter2hunter2"),
        ("SLACK_SIGNING_SECRET", "with space"),
        ("SLACK_API_BASE_URL", "http://slack.example/api/"),
        ("SLACK_API_BASE_URL", "ftp://127.0.0.1/"),
        ("DATABASE_URL", "mysql://root:hunter2@db/x"),
        ("DATABASE_URL", "hunter2"),
        ("DATABASE_URL", "sqlite:///:memory:"),
        ("TEAMS_APP_ID", "my-app"),
        ("TEAMS_APP_SECRET", "hunter2 hunter2"),
        ("TEAMS_TENANT_ID", "example.onmicrosoft.com"),
        ("TEAMS_API_BASE_URL", "https://connector.example"),
        ("TEAMS_API_BASE_URL", "http://10.0.0.1/"),
        ("TEAMS_CATALOG_APP_ID", "yes-please"),
        ("TEAMS_GROUP_CHATS", "perhaps"),
        ("TEAMS_MANAGERS", "perhaps"),
        ("BOTHWAYS_OWNERS", "U123ABC,alice"),
        ("BOTHWAYS_SECRET_KEYS", f"{KEY},hunter2hunter2"),
        ("BOTHWAYS_PUBLIC_URL", "http://bot.example"),
        ("BOTHWAYS_TICK_SECONDS", "0"),
        ("BOTHWAYS_TICK_SECONDS", "soon"),
        ("BOTHWAYS_LOG_LEVEL", "chatty"),
        ("BOTHWAYS_SUPPORT", "x" * 201),
        ("PORT", "70000"),
    ],
)
def test_a_malformed_value_is_named_in_one_line_and_not_shown(name: str, value: str) -> None:
    line = refusal({name: value})
    assert line.startswith(f"{name} ")
    assert "\n" not in line
    assert value not in line
    assert "hunter2" not in line


def test_a_database_in_memory_would_be_gone_with_each_process_and_is_refused() -> None:
    assert refusal({"DATABASE_URL": "sqlite://"}).startswith("DATABASE_URL must be sqlite:///FILE")


def test_two_secrets_and_keys_stand_newest_first_and_show_nowhere() -> None:
    other = "YW5vdGhlci1vbmUtdGhhdC1vbmx5LXRlc3RzLXVzZTE="
    settings = given(SLACK_SIGNING_SECRET="newnewnew, oldoldold", BOTHWAYS_SECRET_KEYS=f"{other},{KEY}")
    assert settings.signing_secrets == ("newnewnew", "oldoldold")
    assert settings.secret_keys == (other, KEY)
    shown = f"{settings!r} {settings}"
    assert not [secret for secret in ("newnewnew", "oldoldold", other, KEY, "xoxb-1") if secret in shown]


@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_postgresql_address_gets_the_driver_that_is_installed(scheme: str) -> None:
    settings = given(DATABASE_URL=f"{scheme}://bot:p%40ss@db:5433/mentoring")
    assert settings.database_url == "postgresql+psycopg://bot:p%40ss@db:5433/mentoring"
    assert not settings.on_sqlite
    assert "p%40ss" not in repr(settings)


def test_owners_are_ids_and_an_address_for_tests_may_be_http_on_loopback() -> None:
    settings = given(BOTHWAYS_OWNERS="U123ABC, W456DEF", SLACK_API_BASE_URL="http://127.0.0.1:8400/api")
    assert settings.owners == ("U123ABC", "W456DEF")
    assert settings.slack_api == "http://127.0.0.1:8400/api/"


def test_the_environment_is_read_and_an_empty_value_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {**GOOD, "PORT": "9000", "HOST": ""}.items():
        monkeypatch.setenv(name, value)
    settings = read_settings(SERVING)
    assert (settings.port, settings.host) == (9000, "127.0.0.1")


def test_what_is_handed_in_is_not_mixed_with_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://db/real")
    assert given().on_sqlite


def test_failpoints_are_armed_against_stand_ins_alone() -> None:
    armed = {"BOTHWAYS_FAILPOINTS": "send.after=kill", "BOTHWAYS_SECRET_KEYS": KEY}
    stand_in = {**TEAMS, **armed, "TEAMS_API_BASE_URL": "http://127.0.0.1:9"}
    assert read_settings(SERVING, stand_in).failpoints
    assert refusal({**TEAMS, **armed}, SERVING).startswith("BOTHWAYS_FAILPOINTS is for tests")
    assert refusal({**stand_in, "SLACK_BOT_TOKEN": "xoxb-1"}).startswith("BOTHWAYS_FAILPOINTS is for tests")
