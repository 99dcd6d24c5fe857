"""Views as they stand: each person's stack of modals, and their App Home."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from sandbox.blockkit.normal import normal_blocks
from sandbox.blockkit.walk import Json
from sandbox.draw import Draw
from sandbox.members import APP_ID, BOT_ID, TEAM_ID
from sandbox.values import State, initial_state, options_in

STACK = 3


@dataclass(slots=True)
class View:
    """A modal or a home: `content` as the app gave it, `served` the options that typing brought, by value."""

    id: str
    person: str
    content: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    state: State = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    served: dict[str, Json] = field(default_factory=dict)

    @property
    def is_modal(self) -> bool:
        """A modal, and not a home."""
        return bool(self.content["type"] == "modal")

    @property
    def blocks(self) -> list[Json]:
        """Its blocks, ids filled in."""
        return list(self.content["blocks"])


class Views:
    """All open views, by person, by id and by external id."""

    def __init__(self, draw: Draw) -> None:
        self._draw = draw
        self._stacks: dict[str, list[View]] = {}
        self._homes: dict[str, View] = {}
        self._by_id: dict[str, View] = {}

    def top(self, person: str) -> View | None:
        """The modal `person` looks at."""
        stack = self._stacks.get(person)
        return stack[-1] if stack else None

    def stack(self, person: str) -> list[View]:
        """Their modals, the lowest first."""
        return list(self._stacks.get(person, []))

    def open_modals(self) -> Iterable[View]:
        """The modal on top of everybody's stack."""
        return [stack[-1] for stack in self._stacks.values() if stack]

    def home(self, person: str) -> View | None:
        """What was published to them."""
        return self._homes.get(person)

    def homes(self) -> Iterable[View]:
        """Every home published."""
        return self._homes.values()

    def get(self, view_id: str) -> View | None:
        """A view that is open, or a home."""
        return self._by_id.get(view_id)

    def external(self, external_id: str) -> View | None:
        """The open view the app gave this id."""
        return next(
            (view for view in self._by_id.values() if view.content.get("external_id") == external_id), None
        )

    def _new(self, person: str, content: Json) -> View:
        view_id = f"V{self._draw.token(10)}"
        view = View(view_id, person, {}, "", root_id=view_id)
        self._fill(view, content)
        self._by_id[view_id] = view
        return view

    def _fill(self, view: View, content: Json) -> None:
        blocks = normal_blocks(content["blocks"], self._draw)
        view.content = {**content, "blocks": blocks}
        view.state = initial_state(blocks, before=view.state)
        view.served |= options_in(view.state)
        view.errors = {}
        view.hash = f"{self._draw.below(10**10)}.{self._draw.token(8)}"

    def open(self, person: str, content: Json) -> View:
        """A fresh stack of one modal; what was open is gone."""
        self.clear(person)
        view = self._new(person, content)
        self._stacks[person] = [view]
        return view

    def push(self, person: str, content: Json) -> View:
        """One more modal on top (the caller has looked at STACK)."""
        stack = self._stacks.setdefault(person, [])
        view = self._new(person, content)
        if stack:
            view.root_id, view.previous_id = stack[0].id, stack[-1].id
        stack.append(view)
        return view

    def update(self, view: View, content: Json) -> View:
        """New content in the same view; what people typed stays where ids and types are the same."""
        self._fill(view, content)
        return view

    def publish(self, person: str, content: Json) -> View:
        """A person's home, new or renewed."""
        home = self._homes.get(person)
        if home is None:
            home = self._homes[person] = self._new(person, content)
            return home
        return self.update(home, content)

    def close(self, view: View) -> None:
        """Take one modal away; the one below shows again."""
        stack = self._stacks.get(view.person, [])
        if view in stack:
            stack.remove(view)
        self._by_id.pop(view.id, None)

    def clear(self, person: str) -> None:
        """Take all their modals away."""
        for view in self.stack(person):
            self.close(view)


_TEXT_KEYS = ("private_metadata", "callback_id", "external_id")
_NULL_KEYS = ("title", "submit", "close")


def view_json(view: View) -> dict[str, Any]:
    """The view object in answers and payloads."""
    content = view.content
    return {
        "id": view.id,
        "team_id": TEAM_ID,
        "type": content["type"],
        "blocks": content["blocks"],
        **{key: content.get(key, "") for key in _TEXT_KEYS},
        **{key: content.get(key) for key in _NULL_KEYS},
        "state": {"values": view.state},
        "hash": view.hash,
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": APP_ID,
        "app_installed_team_id": TEAM_ID,
        "bot_id": BOT_ID,
    }
