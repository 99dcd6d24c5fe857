"""files.*: Slack's three steps of an upload, and which files a message may show."""

from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.spec import Problem
from sandbox.blockkit.walk import Json
from sandbox.files import FILE_ID, File
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import SlackError, refuse_for
from sandbox.workspace import Workspace

LARGEST = 1 << 30
ALT_TEXT = 1_000
SHARING = ("channel_id", "channels", "blocks", "initial_comment", "thread_ts")
"""What completing may do besides; the stand-in shows files in messages only."""


def upload_url(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """files.getUploadURLExternal: an address that takes one file of this length."""
    name, length = arguments.need("filename"), arguments.whole("length")
    alt_text = arguments.text("alt_txt") or ""
    problems = []
    if length is None:
        problems.append(Problem("missing required field: length", ""))
    elif not 1 <= length <= LARGEST:
        problems.append(Problem(f"must be 1 to {LARGEST}: length", ""))
    if len(alt_text) > ALT_TEXT:
        problems.append(Problem(f"must be less than {ALT_TEXT + 1} characters: alt_txt", ""))
    refuse_for("invalid_arguments", problems)
    file, address = workspace.files.announce(name, length or 0, alt_text)
    return {"upload_url": address, "file_id": file.id}


def complete(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """files.completeUploadExternal: files that have arrived can be used from now on."""
    given = arguments.json("files", "invalid_arguments")
    if not isinstance(given, list) or not given or not all(isinstance(one, dict) for one in given):
        refuse_for("invalid_arguments", [Problem("must be a list of files: files", "")])
    for name in SHARING:
        if arguments.given.get(name):
            refuse_for(
                "invalid_arguments", [Problem(f"the stand-in does not share on completion: {name}", "")]
            )
    files = [_arrived(workspace, str(one.get("id"))) for one in given]
    for file, one in zip(files, given, strict=True):
        file.complete = True
        file.title = str(one.get("title") or file.name)
    return {"files": [{"id": file.id, "title": file.title} for file in files]}


def _arrived(workspace: Workspace, key: str) -> File:
    file = workspace.files.get(key)
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    return file


def refuse_unknown_files(workspace: Workspace, blocks: list[Json] | None) -> None:
    """Refuse (sound) blocks whose pictures are no complete pictures of the app's, as Slack does."""
    refuse_for("invalid_blocks", _unknown(workspace, blocks or [], "/blocks"))


def _unknown(workspace: Workspace, value: Any, at: str) -> Iterator[Problem]:
    if isinstance(value, list):
        for place, part in enumerate(value):
            yield from _unknown(workspace, part, f"{at}/{place}")
    elif isinstance(value, dict):
        if "slack_file" in value:
            yield from _wrong(workspace, value["slack_file"], f"{at}/slack_file")
        for name, part in value.items():
            yield from _unknown(workspace, part, f"{at}/{name}")


def _wrong(workspace: Workspace, slack_file: Json, at: str) -> Iterator[Problem]:
    key = slack_file.get("id", "")
    if not FILE_ID.fullmatch(key):
        yield Problem(f"input must match regex pattern: ^{FILE_ID.pattern}$", f"{at}/id")
        return
    file = workspace.files.get(key)
    if file is None or file.picture is None:
        yield Problem("invalid slack file", at)
