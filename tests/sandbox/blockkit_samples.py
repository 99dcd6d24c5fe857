"""Sound pieces of Block Kit, one of each kind, to be spoilt by tests."""

from typing import Any

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(value: str = "v", text: str = "x") -> Json:
    """An option."""
    return {"text": plain(text), "value": value}


CONFIRM = {"title": plain(), "text": mrkdwn(), "confirm": plain(), "deny": plain(), "style": "danger"}
RICH_PARTS: list[Json] = [
    {
        "type": "rich_text_section",
        "elements": [
            {"type": "text", "text": "x", "style": {"bold": True, "code": False}},
            {"type": "user", "user_id": "U1"},
            {"type": "channel", "channel_id": "C1"},
            {"type": "link", "url": "https://x.example", "text": "x"},
            {"type": "emoji", "name": "wave"},
            {"type": "broadcast", "range": "here"},
            {"type": "usergroup", "usergroup_id": "S1"},
            {"type": "date", "timestamp": 1720710212, "format": "{date_short}", "fallback": "x"},
        ],
    },
    {
        "type": "rich_text_list",
        "style": "bullet",
        "indent": 1,
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
    },
    {"type": "rich_text_quote", "elements": [{"type": "text", "text": "x"}], "border": 1},
    {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "x"}]},
]
RICH: Json = {"type": "rich_text", "elements": RICH_PARTS}

ELEMENTS: dict[str, Json] = {
    "button": {
        "type": "button",
        "action_id": "a",
        "text": plain(),
        "value": "v",
        "url": "https://x.example",
        "style": "primary",
        "confirm": CONFIRM,
        "accessibility_label": "x",
    },
    "overflow": {
        "type": "overflow",
        "action_id": "a",
        "options": [option(), {**option("w"), "url": "https://x.example"}],
    },
    "checkboxes": {
        "type": "checkboxes",
        "action_id": "a",
        "options": [{**option(), "text": mrkdwn(), "description": plain()}],
        "initial_options": [{**option(), "text": mrkdwn()}],
    },
    "radio_buttons": {
        "type": "radio_buttons",
        "action_id": "a",
        "options": [option()],
        "initial_option": option(),
    },
    "static_select": {
        "type": "static_select",
        "action_id": "a",
        "placeholder": plain(),
        "option_groups": [{"label": plain(), "options": [option()]}],
        "initial_option": option(),
    },
    "multi_static_select": {
        "type": "multi_static_select",
        "action_id": "a",
        "options": [option(), option("w")],
        "initial_options": [option("w")],
        "max_selected_items": 2,
    },
    "external_select": {
        "type": "external_select",
        "action_id": "a",
        "min_query_length": 0,
        "initial_option": option(),
    },
    "multi_external_select": {
        "type": "multi_external_select",
        "action_id": "a",
        "initial_options": [option()],
    },
    "users_select": {"type": "users_select", "action_id": "a", "initial_user": "U1"},
    "multi_users_select": {"type": "multi_users_select", "action_id": "a", "initial_users": ["U1"]},
    "conversations_select": {
        "type": "conversations_select",
        "action_id": "a",
        "default_to_current_conversation": True,
        "filter": {"include": ["public"], "exclude_bot_users": True},
    },
    "multi_conversations_select": {"type": "multi_conversations_select", "action_id": "a"},
    "channels_select": {"type": "channels_select", "action_id": "a", "initial_channel": "C1"},
    "multi_channels_select": {"type": "multi_channels_select", "action_id": "a"},
    "datepicker": {"type": "datepicker", "action_id": "a", "initial_date": "2026-11-02"},
    "timepicker": {
        "type": "timepicker",
        "action_id": "a",
        "initial_time": "09:00",
        "timezone": "Europe/Berlin",
    },
    "datetimepicker": {"type": "datetimepicker", "action_id": "a", "initial_date_time": 1628633820},
    "plain_text_input": {
        "type": "plain_text_input",
        "action_id": "a",
        "multiline": True,
        "min_length": 1,
        "max_length": 3000,
        "initial_value": "x",
        "focus_on_load": True,
        "dispatch_action_config": {"trigger_actions_on": ["on_enter_pressed"]},
    },
    "number_input": {
        "type": "number_input",
        "action_id": "a",
        "is_decimal_allowed": False,
        "min_value": "0",
        "max_value": "6",
    },
    "email_text_input": {"type": "email_text_input", "action_id": "a"},
    "url_text_input": {"type": "url_text_input", "action_id": "a"},
    "rich_text_input": {"type": "rich_text_input", "action_id": "a", "initial_value": RICH},
    "image": {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "x"},
}

CELL: Json = {"type": "raw_text", "text": "x"}
NUMBER: Json = {"type": "raw_number", "value": 3, "text": "3"}
AXIS_CHART: Json = {
    "type": "line",
    "series": [{"name": "Pairs", "data": [{"label": "W1", "value": 3}, {"label": "W2", "value": 4}]}],
    "axis_config": {"categories": ["W1", "W2"], "x_label": "Week"},
}
BLOCKS: dict[str, Json] = {
    "section": {
        "type": "section",
        "block_id": "b",
        "text": mrkdwn(),
        "fields": [plain()],
        "accessory": ELEMENTS["button"],
    },
    "header": {"type": "header", "text": plain()},
    "divider": {"type": "divider"},
    "context": {"type": "context", "elements": [ELEMENTS["image"], mrkdwn(), plain()]},
    "actions": {"type": "actions", "elements": [ELEMENTS["button"]]},
    "input": {
        "type": "input",
        "label": plain(),
        "element": ELEMENTS["plain_text_input"],
        "hint": plain(),
        "optional": True,
    },
    "image": {"type": "image", "image_url": "https://x.example/a.png", "alt_text": "x", "title": plain()},
    "rich_text": RICH,
    "markdown": {"type": "markdown", "text": "**x**"},
    "table": {
        "type": "table",
        "rows": [[CELL, RICH]],
        "column_settings": [{"align": "right", "is_wrapped": True}],
    },
    "data_table": {
        "type": "data_table",
        "caption": "x",
        "rows": [[CELL, CELL], [CELL, NUMBER]],
        "page_size": 10,
    },
    "data_visualization": {"type": "data_visualization", "title": "x", "chart": AXIS_CHART},
}


def modal(*blocks: Json, **more: Any) -> Json:
    """A sound modal around these blocks."""
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": list(blocks), **more}
