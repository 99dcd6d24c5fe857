"""Opening the App Home."""

from typing import Any

from sandbox.members import Member
from sandbox.slack import Slack
from sandbox.views import View, view_json


async def open_home(slack: Slack, person: Member) -> View | None:
    """A person opens the app's Home tab: the app is told, and may publish. What then stands there."""
    workspace = slack.workspace
    shown = workspace.views.home(person.id)
    event: dict[str, Any] = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": workspace.direct(person.id).id,
        "tab": "home",
        "event_ts": f"{workspace.clock.now().timestamp():.6f}",
    }
    if shown is not None:
        event["view"] = view_json(shown)
    await slack.events.emit(event)
    await slack.timeline.settle()
    return workspace.views.home(person.id)
