"""The app package: what Microsoft's own schema takes, and a refusal that names the field."""

import io
import json
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator
from PIL import Image

from bot.__main__ import main
from handlers.commands import COMMANDS
from handlers.teams.package import SCHEMA, About, PackageError, manifest, package
from tests.teams.stand_in import APP
from tests.tree import ROOT

SITE = "https://bothways.example.com"
ABOUT = About(APP, "1.0.0", SITE, f"{SITE}/privacy", f"{SITE}/terms")
SCHEMAS = ROOT / ".venv/teams/node_modules/@microsoft/app-manifest/build/json-schemas/teams"


def problems(told: Any) -> list[str]:
    """What Microsoft's schema finds wrong with a manifest, as it is published for that version."""
    schema = json.loads((SCHEMAS / f"v{SCHEMA}" / "MicrosoftTeams.schema.json").read_text(encoding="utf-8"))
    return [
        f"{error.json_path}: {error.message[:100]}" for error in Draft4Validator(schema).iter_errors(told)
    ]


def opened(made: bytes) -> dict[str, bytes]:
    """The files of a package."""
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_package_holds_a_manifest_that_microsofts_schema_takes() -> None:
    files = opened(package(ABOUT))
    told = json.loads(files["manifest.json"])
    assert problems(told) == []
    assert set(files) == {"manifest.json", *told["icons"].values()}
    assert (told["id"], told["bots"][0]["botId"]) == (APP, APP)


def test_the_icons_are_of_the_sizes_and_colours_that_teams_asks_for() -> None:
    files = opened(package(ABOUT))
    with Image.open(io.BytesIO(files["color.png"])) as colour:
        assert (colour.size, colour.format) == ((192, 192), "PNG")
        assert colour.convert("RGBA").getchannel("A").getextrema() == (255, 255)
    with Image.open(io.BytesIO(files["outline.png"])) as outline:
        assert outline.size == (32, 32)
        assert outline.convert("RGB").getextrema() == ((255, 255),) * 3
        assert outline.convert("RGBA").getchannel("A").getextrema() == (0, 255)


def test_the_same_settings_make_the_same_bytes() -> None:
    assert package(ABOUT) == package(ABOUT)


def test_it_asks_for_no_permission() -> None:
    told = manifest(ABOUT)
    assert not {"webApplicationInfo", "authorization", "permissions"} & set(told)
    assert told["validDomains"] == []


def test_for_group_chats_it_names_the_registration_and_asks_for_no_permission_either() -> None:
    told = json.loads(opened(package(replace(ABOUT, group_chats=True)))["manifest.json"])
    assert problems(told) == []
    assert told["webApplicationInfo"]["id"] == APP
    assert not {"authorization", "permissions"} & set(told)


def test_every_command_it_lists_is_one_of_the_bots() -> None:
    listed = {one["title"] for each in manifest(ABOUT)["bots"][0]["commandLists"] for one in each["commands"]}
    assert listed <= {command.word for command in COMMANDS}


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"app_id": "my-app"}, "id"),
        ({"version": "1.0"}, "version"),
        ({"version": "v1.0.0"}, "version"),
        ({"version": "01.0.0"}, "version"),
        ({"version": "1.0.0."}, "version"),
        ({"version": "1.0.0.0"}, "version"),
        ({"website": ""}, "developer.websiteUrl"),
        ({"website": "http://example.com"}, "developer.websiteUrl"),
        ({"website": "https://[::1"}, "developer.websiteUrl"),
        ({"privacy": "https://"}, "developer.privacyUrl"),
        ({"terms": "https://example.com/" + "x" * 2_048}, "developer.termsOfUseUrl"),
        ({"terms": "https://example.com/a b"}, "developer.termsOfUseUrl"),
    ],
)
def test_a_manifest_that_cannot_be_is_refused_with_the_field_named(wrong: dict[str, Any], field: str) -> None:
    with pytest.raises(PackageError) as refused:
        package(replace(ABOUT, **wrong))
    assert f"manifest's {field} must" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_microsofts_schema_refuses_a_manifest_that_lacks_something() -> None:
    told = manifest(ABOUT)
    del told["icons"]
    assert problems(told)


def test_the_command_writes_the_package_and_says_what_to_do_with_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "app.zip"
    monkeypatch.setattr("sys.argv", ["bothways", "teams", "package", "--out", str(out)])
    monkeypatch.delenv("BOTHWAYS_PUBLIC_URL", raising=False)
    monkeypatch.delenv("TEAMS_APP_ID", raising=False)
    for missing, name, value in (
        ("TEAMS_APP_ID is missing", "TEAMS_APP_ID", APP),
        ("BOTHWAYS_PUBLIC_URL is missing", "BOTHWAYS_PUBLIC_URL", SITE),
    ):
        with pytest.raises(SystemExit) as ended:
            main()
        assert ended.value.code == 1
        assert missing in capsys.readouterr().err
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 0
    assert problems(json.loads(opened(out.read_bytes())["manifest.json"])) == []
    assert "upload it" in capsys.readouterr().out
    assert b"webApplicationInfo" not in opened(out.read_bytes())["manifest.json"]
    monkeypatch.setenv("TEAMS_GROUP_CHATS", "yes")
    with pytest.raises(SystemExit):
        main()
    assert b"webApplicationInfo" in opened(out.read_bytes())["manifest.json"]
