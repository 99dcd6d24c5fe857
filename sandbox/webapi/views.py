"""views.*: modals and App Homes."""

from typing import Any

from sandbox.blockkit.check import check_view, view_too_large
from sandbox.blockkit.spec import Problem
from sandbox.blockkit.walk import Json
from sandbox.tickets import Trigger, TriggerError
from sandbox.views import STACK, View, view_json
from sandbox.webapi.arguments import Arguments
from sandbox.webapi.errors import SlackError, refuse_for
from sandbox.webapi.places import existing_member
from sandbox.workspace import Workspace


def checked_view(view: Any, kind: str) -> Json:
    """A sound view of that kind, or Slack's refusal of it."""
    if view is None:
        refuse_for("invalid_arguments", [Problem("missing required field: view", "")])
    refuse_for("invalid_arguments", check_view(view, kind))
    if view_too_large(view):
        raise SlackError("view_too_large")
    return dict(view)


def _view(arguments: Arguments, kind: str) -> Json:
    return checked_view(arguments.json("view", "invalid_arguments"), kind)


def _trigger(workspace: Workspace, arguments: Arguments) -> Trigger:
    trigger_id = arguments.text("trigger_id") or arguments.text("interactivity_pointer")
    if trigger_id is None:
        refuse_for("invalid_arguments", [Problem("missing required field: trigger_id", "")])
    try:
        return workspace.triggers.check(str(trigger_id))
    except TriggerError as error:
        raise SlackError(error.code) from None


def _free_external_id(workspace: Workspace, content: Json, view: View | None = None) -> None:
    external_id = content.get("external_id")
    if external_id and workspace.views.external(external_id) not in (None, view):
        raise SlackError("duplicate_external_id")


def open_(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """views.open: one trigger id, one modal."""
    content = _view(arguments, "modal")
    trigger = _trigger(workspace, arguments)
    _free_external_id(workspace, content)
    trigger.used = True
    view = workspace.views.open(trigger.person, content)
    workspace.changes.announce()
    return {"view": view_json(view)}


def push(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """views.push: at most three modals on one another, from inside a modal."""
    content = _view(arguments, "modal")
    trigger = _trigger(workspace, arguments)
    stack = workspace.views.stack(trigger.person)
    if trigger.view_id is None or not stack:
        raise SlackError("not_found")
    if len(stack) >= STACK:
        raise SlackError("push_limit_reached")
    _free_external_id(workspace, content)
    trigger.used = True
    view = workspace.views.push(trigger.person, content)
    workspace.changes.announce()
    return {"view": view_json(view)}


def update(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """views.update: an open modal by id or external id, guarded by its hash when one is given."""
    content = _view(arguments, "modal")
    view_id, external_id = arguments.text("view_id"), arguments.text("external_id")
    if view_id is None and external_id is None:
        refuse_for("invalid_arguments", [Problem("missing required field: view_id", "")])
    view = workspace.views.get(view_id) if view_id else workspace.views.external(str(external_id))
    if view is None or not view.is_modal:
        raise SlackError("not_found")
    _same_hash(view, arguments)
    _free_external_id(workspace, content, view)
    workspace.views.update(view, content)
    workspace.changes.announce()
    return {"view": view_json(view)}


def _same_hash(view: View | None, arguments: Arguments) -> None:
    expected = arguments.text("hash")
    if expected and view is not None and view.hash != expected:
        raise SlackError("hash_conflict")


def publish(workspace: Workspace, arguments: Arguments) -> dict[str, Any]:
    """views.publish: a person's App Home."""
    person = existing_member(workspace, arguments.need("user_id", "invalid_arguments"))
    if person.is_bot:
        raise SlackError("user_not_found")
    if not workspace.manifest.home_tab:
        raise SlackError("not_enabled")
    content = _view(arguments, "home")
    home = workspace.views.home(person.id)
    _same_hash(home, arguments)
    _free_external_id(workspace, content, home)
    view = workspace.views.publish(person.id, content)
    workspace.changes.announce()
    return {"view": view_json(view)}
