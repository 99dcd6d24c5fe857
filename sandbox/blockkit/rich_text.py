"""The rich_text block and its elements."""

from sandbox.blockkit.objects import ID
from sandbox.blockkit.spec import ByType, Flag, ListOf, Number, Obj, Spec, Str, typed

_LOOKS = ("bold", "italic", "strike", "code", "underline")
_MENTION_LOOKS = (*_LOOKS, "highlight", "client_highlight", "unlink")
_STYLE: dict[str, Spec] = {"style": Obj({}, dict.fromkeys(_LOOKS, Flag()))}
_MENTION_STYLE: dict[str, Spec] = {"style": Obj({}, dict.fromkeys(_MENTION_LOOKS, Flag()))}
_LINK = typed("link", {"url": Str(least=1)}, {**_STYLE, "text": Str(), "unsafe": Flag()})
_TEXT = typed("text", {"text": Str(least=1)}, _STYLE)

INLINE: dict[str, Spec] = {
    "text": _TEXT,
    "link": _LINK,
    "user": typed("user", {"user_id": Str(least=1)}, _MENTION_STYLE),
    "usergroup": typed("usergroup", {"usergroup_id": Str(least=1)}, _MENTION_STYLE),
    "channel": typed("channel", {"channel_id": Str(least=1)}, _MENTION_STYLE),
    "team": typed("team", {"team_id": Str(least=1)}, _MENTION_STYLE),
    "emoji": typed("emoji", {"name": Str(least=1)}, {**_STYLE, "unicode": Str(), "url": Str()}),
    "broadcast": typed("broadcast", {"range": Str(one_of=("here", "channel", "everyone"))}, _STYLE),
    "color": typed("color", {"value": Str(pattern=r"#[0-9A-Fa-f]{6}")}, _STYLE),
    "date": typed(
        "date",
        {"timestamp": Number(), "format": Str(least=1)},
        {**_STYLE, "url": Str(), "fallback": Str()},
    ),
}

_BORDER: dict[str, Spec] = {"border": Number(least=0, most=1)}
_SECTION = typed("rich_text_section", {"elements": ListOf(ByType(INLINE))}, {})

PARTS: dict[str, Spec] = {
    "rich_text_section": _SECTION,
    "rich_text_list": typed(
        "rich_text_list",
        {
            "elements": ListOf(ByType({"rich_text_section": _SECTION})),
            "style": Str(one_of=("bullet", "ordered")),
        },
        {**_BORDER, "indent": Number(least=0, most=8), "offset": Number(least=0)},
    ),
    "rich_text_quote": typed("rich_text_quote", {"elements": ListOf(ByType(INLINE))}, _BORDER),
    "rich_text_preformatted": typed(
        "rich_text_preformatted",
        {"elements": ListOf(ByType({"text": _TEXT, "link": _LINK}))},
        {**_BORDER, "language": Str()},
    ),
}

RICH_TEXT = typed("rich_text", {"elements": ListOf(ByType(PARTS))}, {"block_id": ID})
