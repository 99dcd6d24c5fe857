"""The little Markdown that templates are written in, read into the blocks of a view."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from prompts.grids import Grid, grid
from prompts.view import (
    Block,
    Bullets,
    Button,
    Buttons,
    Divider,
    Heading,
    Line,
    Note,
    Paragraph,
    Span,
    Tone,
)

_WEB = "https://"
_ACTION = re.compile(r"(?P<action>[a-z_]+):(?!//)(?P<value>.*)")
_RULES = ["heading", "list", "hr", "blockquote", "emphasis", "link", "escape", "newline", "fence"]


class _Parser(MarkdownIt):
    """The parser without its care for links, which hold our actions and places for values here."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the library's name
        """The address as it is written: a place must not be percent-encoded."""
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802 - the library's name
        """Every address: `_web` and `_button` are strict instead."""
        return bool(url)


_PARSER = _Parser("zero").enable(_RULES)


@lru_cache(maxsize=512)
def parse(source: str) -> tuple[Block | Grid, ...]:
    """The blocks of a text whose values are still places; ValueError for anything else than our Markdown.

    Two texts that differ in values only are the same text here, so most are read once.
    """
    return tuple(_block(node) for node in SyntaxTreeNode(_PARSER.parse(source)).children)


def _block(node: SyntaxTreeNode) -> Block | Grid:
    try:
        reader = _BLOCKS[node.type]
    except KeyError:
        raise ValueError(f"a template may not hold a {node.type}") from None
    return reader(node)


def _heading(node: SyntaxTreeNode) -> Heading:
    return Heading("".join(span.text for span in _line(node)))


def _paragraph(node: SyntaxTreeNode) -> Block:
    nodes = node.children[0].children
    if any(_is_action(child) for child in nodes):
        return _buttons(nodes)
    return Paragraph(_line(node))


def _bullets(node: SyntaxTreeNode) -> Bullets:
    return Bullets(tuple(_item(item) for item in node.children))


def _item(node: SyntaxTreeNode) -> Line:
    if [child.type for child in node.children] != ["paragraph"]:
        raise ValueError("an item of a list is one paragraph")
    return _line(node.children[0])


def _note(node: SyntaxTreeNode) -> Note:
    line: list[Span] = []
    for child in node.children:
        if child.type != "paragraph":
            raise ValueError(f"a note may not hold a {child.type}")
        line += [Span("\n")] if line else []
        line += _line(child)
    return Note(tuple(line))


def _divider(_node: SyntaxTreeNode) -> Divider:
    return Divider()


def _grid(node: SyntaxTreeNode) -> Grid:
    return grid(node.info.strip(), node.content)


_BLOCKS: dict[str, Callable[[SyntaxTreeNode], Block | Grid]] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "bullet_list": _bullets,
    "blockquote": _note,
    "hr": _divider,
    "fence": _grid,
}


def _line(node: SyntaxTreeNode) -> Line:
    return tuple(_spans(node.children[0].children, Span("")))


def _spans(nodes: Sequence[SyntaxTreeNode], style: Span) -> Iterator[Span]:
    for node in nodes:
        match node.type:
            case "text":
                if node.content:
                    yield replace(style, text=node.content)
            case "softbreak":
                yield replace(style, text=" ")
            case "hardbreak":
                yield replace(style, text="\n")
            case "strong":
                yield from _spans(node.children, replace(style, bold=True))
            case "em":
                yield from _spans(node.children, replace(style, italic=True))
            case "link":
                yield from _spans(node.children, replace(style, link=_web(node)))
            case _:
                raise ValueError(f"a template may not hold a {node.type}")


def _web(node: SyntaxTreeNode) -> str:
    address = str(node.attrs["href"])
    if not (address.startswith(_WEB) and address.isascii()):
        raise ValueError("a link in running text is an https address of ours, without values")
    return address


def _is_action(node: SyntaxTreeNode) -> bool:
    return node.type == "link" and not str(node.attrs["href"]).startswith(_WEB)


def _buttons(nodes: Sequence[SyntaxTreeNode]) -> Buttons:
    links = [node for node in nodes if node.type == "link"]
    others = [node for node in nodes if node.type not in ("link", "softbreak") and node.content.strip()]
    if others or not all(_is_action(link) for link in links):
        raise ValueError("buttons stand in a paragraph of their own")
    return Buttons(tuple(_button(link) for link in links))


def _button(node: SyntaxTreeNode) -> Button:
    found = _ACTION.fullmatch(str(node.attrs["href"]))
    if found is None:
        raise ValueError("a button's address is action:value")
    label = "".join(span.text for span in _spans(node.children, Span("")))
    return Button(label, found["action"], found["value"], Tone(str(node.attrs.get("title", Tone.PLAIN))))
