"""The Teams app package: a manifest and two icons in a zip file, the same bytes each time."""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from urllib.parse import urlsplit

from handlers.shared.types import Json
from handlers.teams.icons import ACCENT, colour_icon, outline_icon
from handlers.teams.ids import PERSON
from prompts.wording import FALLBACK, table

SCHEMA = "1.25"
"""Of the manifest; newer ones add what not every tenant has (TEAMS.md §4)."""
COMMANDS, TITLE, DESCRIPTION = 10, 32, 128
"""Commands of a list and characters of each, as the schema has it."""
MOMENT = (2026, 1, 1, 0, 0, 0)
"""When the files of the package say they were made: the same bytes for the same settings."""
SHORT, FULL_NAME, SUMMARY, FULL, MAKER, URL = 30, 100, 80, 4_000, 32, 2_048
_NUMBER = "(0|[1-9][0-9]{0,4})"
_VERSION = re.compile(rf"{_NUMBER}\.{_NUMBER}\.{_NUMBER}")


class PackageError(Exception):
    """Something of the manifest cannot be; the message is one line that names the field."""


@dataclass(frozen=True)
class About:
    """What only the operator can say: the app's id, its version, where people read about it.

    `group_chats`: pairs get chats of their own, which the app enters by itself.
    """

    app_id: str
    version: str
    website: str
    privacy: str
    terms: str
    group_chats: bool = False


def package(about: About) -> bytes:
    """The zip file to upload; PackageError where a field cannot be as it is."""
    told = manifest(about)
    _check(told)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in (
            ("manifest.json", json.dumps(told, indent=2, ensure_ascii=False).encode() + b"\n"),
            (told["icons"]["color"], colour_icon()),
            (told["icons"]["outline"], outline_icon()),
        ):
            archive.writestr(zipfile.ZipInfo(name, MOMENT), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def manifest(about: About, locale: str = FALLBACK) -> Json:
    """The manifest: a bot in people's own chats, in group chats and in teams, and no permission besides.

    For group chats it names the registration: Graph lets an app into a chat by itself only where it does.
    """
    words = table(locale, "teams_app")
    listed = [_command(word, locale) for word in words["commands"]]
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA,
        "version": about.version,
        "id": about.app_id,
        "developer": {
            "name": words["developer"],
            "websiteUrl": about.website,
            "privacyUrl": about.privacy,
            "termsOfUseUrl": about.terms,
        },
        "name": {"short": words["name"], "full": words["full_name"]},
        "description": {"short": words["short"], "full": " ".join(words["full"].split())},
        "icons": {"color": "color.png", "outline": "outline.png"},
        "accentColor": "#{:02X}{:02X}{:02X}".format(*ACCENT),
        "bots": [
            {
                "botId": about.app_id,
                "scopes": ["personal", "team", "groupChat"],
                "isNotificationOnly": False,
                "supportsFiles": False,
                "commandLists": [
                    {"scopes": ["personal"], "commands": listed[:COMMANDS]},
                    {"scopes": ["team", "groupChat"], "commands": listed[:2]},
                ],
            }
        ],
        "validDomains": [],
        **({"webApplicationInfo": _registration(about)} if about.group_chats else {}),
    }


def _registration(about: About) -> Json:
    return {"id": about.app_id, "resource": f"api://{about.app_id}"}


def _command(word: str, locale: str) -> Json:
    does = table(locale, "commands")["commands"][word]["help"]
    return {"title": word, "description": does[:1].upper() + does[1:]}


LENGTHS = {
    "developer.name": MAKER,
    "name.short": SHORT,
    "name.full": FULL_NAME,
    "description.short": SUMMARY,
    "description.full": FULL,
}
"""Most characters of each text, as the schema has it."""
ADDRESSES = ("developer.websiteUrl", "developer.privacyUrl", "developer.termsOfUseUrl")


def _check(told: Json) -> None:
    """Hold the manifest to what the schema asks; PackageError that names the first field it refuses."""
    if not PERSON.fullmatch(told["id"]):
        raise PackageError("the manifest's id must be one such as 12345678-90ab-cdef-1234-567890abcdef")
    if not _VERSION.fullmatch(told["version"]):
        raise PackageError("the manifest's version must be three numbers such as 1.0.0")
    for name in ADDRESSES:
        if not _is_web(_at(told, name)):
            raise PackageError(f"the manifest's {name} must be an https address of at most {URL} characters")
    for name, most in LENGTHS.items():
        if not 0 < len(_at(told, name)) <= most:
            raise PackageError(f"the manifest's {name} must have 1 to {most} characters")
    for one in told["bots"][0]["commandLists"]:
        for command in one["commands"]:
            if len(command["title"]) > TITLE or len(command["description"]) > DESCRIPTION:
                raise PackageError(f"the manifest's command {command['title']} is too long")


def _at(told: Json, name: str) -> str:
    outer, _, inner = name.partition(".")
    return str(told[outer][inner])


def _is_web(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    plain = value.isascii() and value.isprintable() and " " not in value
    return parts.scheme == "https" and bool(parts.hostname) and len(value) <= URL and plain
