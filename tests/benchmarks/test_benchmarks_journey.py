"""The scripted population in short: one pair of each character, its first weeks, over real HTTP."""

import asyncio

import pytest

from benchmarks.characters import CAST
from benchmarks.journey import Lived, limits, play

WEEKS = 5


@pytest.fixture(scope="module")
def lived() -> Lived:
    """What came of them; the bot and the stand-in are processes of their own."""
    return asyncio.run(play(len(CAST), WEEKS))


def test_one_pair_of_each_character_lives_through_its_first_weeks_within_every_limit(lived: Lived) -> None:
    assert lived.population.paired == len(CAST)
    assert limits(lived) == dict.fromkeys(limits(lived), 0)
