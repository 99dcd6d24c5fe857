"""A history: how it begins, what may happen in it, and how it ends in silence."""

from collections import Counter
from dataclasses import dataclass, field
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant

from bot.mentoring.pair import PairState
from bot.use_cases import proposing
from tests.use_cases.stateful.acting import DAY, WEEK
from tests.use_cases.stateful.invariants import Watch
from tests.use_cases.stateful.rules_of_pairs import PairRules
from tests.use_cases.stateful.rules_of_people import PeopleRules
from tests.use_cases.stateful.rules_of_time import TimeRules
from tests.use_cases.stateful.stores import InDicts, OnSqlite, Shelf
from tests.use_cases.stateful.town import Town
from tests.worlds import JOURNEY, TUESDAY

SILENCE = 45 * WEEK
"""Long enough for every word about a silence, for the question of half a year, and for its answer."""


@dataclass
class Figures:
    """What has been run through."""

    histories: int = 0
    steps: int = 0
    days: int = 0
    messages: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    def told(self) -> str:
        """The figures, and how often each use case was done and refused."""
        whole = (
            f"{self.histories:,} histories, {self.steps:,} steps, {self.done.total():,} things done and "
            f"{self.refused.total():,} refused, {self.messages:,} messages in {self.days:,} days"
        )
        names = sorted(self.done | self.refused)
        each = [f"  {name}: {self.done[name]:,} done, {self.refused[name]:,} refused" for name in names]
        return "\n".join([whole, *each])


class History(PairRules, PeopleRules, TimeRules):
    """One history, kept in dicts."""

    shelf: ClassVar[type[Shelf]] = InDicts
    figures: ClassVar[Figures] = Figures()

    @initialize(ends=st.sampled_from([None, 5, 14, 30]), round_in=st.integers(2, 8), yes=st.integers(0, 9))
    def begins(self, ends: int | None, round_in: int, yes: int) -> None:
        """A programme with or without an end; its pairs are proposed, and mostly all of them opened."""
        self.town = Town(self.shelf())
        self.watch = Watch(self.town)
        self.town.on_leaving, self.town.on_settled = self.watch.leaving, self.watch.settled
        self.town.found(ends, round_in)
        if yes:
            for pair in self.town.read(lambda records: records.pairs([PairState.PROPOSED])):
                for side in pair.sides:
                    self.town.do(side, proposing.accept, pair.id, JOURNEY)
            self.town.skip(2 * DAY)

    @invariant()
    def is_counted(self) -> None:
        """What must hold is looked at while it happens; here the steps are counted."""
        self.figures.steps += 1

    def teardown(self) -> None:
        """Nobody does anything any more, and every pair comes to rest."""
        if not hasattr(self, "town"):
            return
        try:
            if self.town.sound:
                self.town.skip(SILENCE)
                self.watch.came_to_rest()
        finally:
            self._count()
            self.town.shelf.close()

    def _count(self) -> None:
        figures = self.figures
        figures.histories += 1
        figures.days += (self.town.now - TUESDAY).days
        figures.messages += len(self.town.left)
        for deed in self.town.deeds:
            (figures.done if deed.refused is None else figures.refused)[deed.what] += 1


class HistoryOnSqlite(History):
    """One history, kept by the product's own store and sent by its own dispatcher."""

    shelf: ClassVar[type[Shelf]] = OnSqlite
    figures: ClassVar[Figures] = Figures()
