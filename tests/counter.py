"""A counter at which people ask by name: commands, buttons and forms over a world that can be compared."""

from copy import deepcopy
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from bot.mentoring.ids import PairId, RoundId
from bot.mentoring.prompts import FormPrompt, Prompt
from handlers import buttons, commands, forms
from handlers.caller import Caller, House
from handlers.fields import Values
from prompts.render import render, render_form
from prompts.view import Reader, View
from tests.worlds import DISCOVERY, JOURNEY, MATCHER, World, a_participant, a_senior, a_world, at

HOUSE = House(JOURNEY, MATCHER, DISCOVERY, "#help-mentoring")


@dataclass
class Counter:
    """Answers people over a world."""

    world: World = field(default_factory=a_world)

    def caller(self, name: str, **changes: Any) -> Caller:
        """The person called `name`."""
        return Caller(at(name), HOUSE, **changes)

    def say(self, name: str, text: str, **changes: Any) -> Prompt:
        """Somebody types `/mentor text`."""
        world = self.world
        return commands.answer(
            self.caller(name, **changes), text, records=world.records, now=world.now, new_id=world.ids
        )

    def press(self, name: str, action: str, value: str = "", **changes: Any) -> Prompt:
        """Somebody presses a button."""
        world, caller = self.world, self.caller(name, **changes)
        return buttons.press(caller, action, value, records=world.records, now=world.now, new_id=world.ids)

    def send(self, name: str, form: str, values: Values, value: str = "") -> Prompt:
        """Somebody sends a form."""
        world, caller = self.world, self.caller(name)
        return forms.submit(
            caller, form, value, values, records=world.records, now=world.now, new_id=world.ids
        )

    def rows(self) -> dict[str, Any]:
        """Everything that is stored, to be compared later."""
        return deepcopy(vars(self.world.records))


def in_words(prompt: Prompt) -> View:
    """The prompt as people read it."""
    reader = Reader("Europe/Berlin")
    if isinstance(prompt, FormPrompt):
        return render_form(prompt, forms.fields(prompt), reader)
    return render(prompt, reader)


def a_busy_counter() -> tuple[Counter, PairId, PairId, RoundId]:
    """An active pair with Ana, a proposed one, Eli without one, and a new draft that nobody looked over."""
    return deepcopy(_busy())


ANSWERS = {
    "learn": ("To negotiate calmly",),
    "share": ("SQL and patience",),
    "hope": ("An honest look from outside",),
    "often": ("fortnightly",),
    "reply": ("two_days",),
    "look_back": ("8",),
    "channel": ("A call, and the room in between",),
    "cancel": ("A line the day before",),
}
"""What somebody fills into the form for expectations."""
GOAL = {"what": ("Lead one negotiation",), "evidence": ("Both sides smile",), "step": ("Read one contract",)}


def a_counter_for(form: str) -> tuple[Counter, PairId]:
    """A busy counter at which Ana can open this form, of one of her pairs."""
    counter, active, *_ = a_busy_counter()
    if form == "change":
        for name in ("ana", "ben"):
            counter.send(name, "expect", ANSWERS, active)
    if form == "reached":
        counter.send("ana", "goal", GOAL, active)
    if form == "back":
        pair = counter.world.records.pair(active)
        one_way = tuple(each for each in pair.exchanges if each.learner != "ana")
        counter.world.records.save_pair(replace(pair, exchanges=one_way))
    return counter, active


@cache
def _busy() -> tuple[Counter, PairId, PairId, RoundId]:
    people = (a_participant(), a_senior(), a_participant("cem"), a_senior("dua"))
    world = a_world(*people, a_participant("eli", learn=("Go",), teach=("Rust",)))
    pairs = world.propose_all()
    (active,) = [pair for pair in pairs if "ana" in world.records.pair(pair).sides]
    (proposed,) = [pair for pair in pairs if pair != active]
    for side in world.records.pair(active).sides:
        world.accept(side, active)
    world.skip(hours=1)
    world.records.save_participant(a_senior("fay", learn=("Rust",), teach=("Go",)))
    counter = Counter(world)
    counter.press("owner", "match")
    return counter, active, proposed, world.records.rounds()[-1].id
