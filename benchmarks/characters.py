"""The people of the scripted population: what each character presses, and how long they take for it."""

from dataclasses import dataclass

KIND = (
    "I'll keep to this",
    "Good so far",
    "We know each other a bit",
    "Every two weeks",
    "Surprise us",
    "About even",
    "I asked them",
    "It helped",
    "Keep it as it is",
    "Still fine",
    "Go on",
    "Let's close together",
    "Start again",
)
"""What somebody who takes part presses, each in its place."""


@dataclass(frozen=True)
class Character:
    """How one side of a pair behaves.

    `presses` are the buttons they press where a message has them, `days` how long each answer takes. `meets`:
    they say that they met when asked, and offer or pick the next date. `weeks` and `says`: the commands they
    type at the beginning of a week, `cancels` how many of their dates come to nothing. `closes`: they propose
    to close together when their journey ends, and look back.
    """

    presses: tuple[str, ...] = KIND
    days: int = 0
    meets: bool = True
    says_not_yet: bool = False
    says: tuple[tuple[int, str, str], ...] = ()
    cancels: int = 0
    closes: bool = False


KEEN = Character(closes=True)
SILENT = Character(presses=(), meets=False)
CAST: dict[str, tuple[Character, Character]] = {
    "keen": (KEEN, KEEN),
    "slow": (Character(days=4), Character(days=6)),
    "one-sided": (KEEN, SILENT),
    "silent": (SILENT, SILENT),
    "pausing": (Character(says=((8, "pause 3w", ""),)), Character()),
    "leaving": (Character(), Character(says=((10, "leave", "Yes, leave"),))),
    "cancelling": (Character(cancels=2), Character()),
    "not yet": (Character(meets=False, says_not_yet=True), Character(meets=False, says_not_yet=True)),
}
"""Each character's two sides, the lower first; pairs take them in turn."""
ACCEPT = "Accept"
"""Everybody says yes to their pair."""
