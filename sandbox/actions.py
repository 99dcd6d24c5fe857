"""What people do with buttons, menus and pickers, in messages, forms and the App Home."""

from typing import Any

from sandbox.blockkit.check import check_options
from sandbox.blockkit.walk import Json
from sandbox.members import Member
from sandbox.messages import Message
from sandbox.payloads import block_actions, block_suggestion
from sandbox.slack import Slack, WrongUseError
from sandbox.values import ValueRefusedError, held, holds_value, key_of, options_of, value_from_raw
from sandbox.views import View

Source = Message | View
QUERY_LENGTH = 3


async def act(slack: Slack, person: Member, source: Source, part: tuple[Json, Json], raw: Any) -> None:
    """Use one element: `part` is its block and itself, `raw` what was chosen (None for a button)."""
    block, element = part
    action = _action(slack, source, block, element, raw)
    view_id = source.id if isinstance(source, View) and source.is_modal else None
    trigger = slack.workspace.triggers.issue(person.id, view_id)
    payload = block_actions(slack.workspace, person, source, action, trigger_id=trigger)
    if isinstance(source, Message):
        payload["response_url"] = slack.response_url(person.id, source.channel, source.ts)
    reply = await slack.bot.send_payload(payload)
    if not reply.ok:
        _warn(slack, person, source, f"That did not work ({reply.failure}). Try again?")


def _action(slack: Slack, source: Source, block: Json, element: Json, raw: Any) -> Json:
    ts, _ = slack.workspace.messages.stamp(slack.workspace.clock.now())
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": ts,
    }
    if element["type"] == "button":
        action |= {name: element[name] for name in ("text", "value", "style") if name in element}
    elif element["type"] == "overflow":
        action["selected_option"] = _overflow_option(element, raw)
    elif holds_value(element):
        value = chosen_value(source, element, raw)
        action[key_of(element)] = value
        source.state.setdefault(block["block_id"], {})[element["action_id"]] = held(element, value)
        slack.workspace.changes.announce()
    else:
        raise WrongUseError(f"a {element['type']} cannot be used", 404)
    return action


def chosen_value(source: Source, element: Json, raw: Any) -> Any:
    """What the element then holds. Raises WrongUseError for what it does not offer."""
    try:
        return value_from_raw(element, raw, source.served)
    except ValueRefusedError as error:
        raise WrongUseError(str(error)) from None


def _overflow_option(element: Json, raw: Any) -> Json:
    for option in options_of(element):
        if option["value"] == raw:
            return option
    raise WrongUseError(f"{raw!r} is not in that menu", 404)


def _warn(slack: Slack, person: Member, source: Source, line: str) -> None:
    if isinstance(source, View) and source.is_modal:
        source.errors[""] = line
        slack.workspace.changes.announce()
        return
    channel = source.channel if isinstance(source, Message) else slack.workspace.direct(person.id).id
    slack.workspace.tell(person.id, channel, line)


async def suggestions(
    slack: Slack, person: Member, source: Source, part: tuple[Json, Json], query: str
) -> list[Json]:
    """The options the app offers while a person types `query`; none below the menu's shortest query."""
    block, element = part
    if len(query) < element.get("min_query_length", QUERY_LENGTH):
        return []
    ids = (block["block_id"], element["action_id"])
    reply = await slack.bot.send_payload(
        block_suggestion(slack.workspace, person, source, ids=ids, query=query)
    )
    answer = reply.json() if reply.ok else None
    if answer is None:
        return []
    problems = check_options(answer)
    if problems:
        slack.workspace.record("block_suggestion", {"error": str(problems[0])}, None)
        return []
    options = options_of(answer)
    source.served.update({option["value"]: option for option in options})
    return options
