"""Rules refuse with data; here, and nowhere else, each refusal becomes a prompt."""

from collections.abc import Callable
from typing import Any

from bot.mentoring import errors
from bot.mentoring.errors import MentoringError
from bot.mentoring.prompts import (
    JoinFirst,
    MovedOn,
    NoProgrammeYet,
    NotForThem,
    Nothing,
    OwnersOnly,
    Prompt,
    Unclear,
)
from bot.ports import Records

_PROMPTS: dict[type[MentoringError], Callable[[Any], Prompt]] = {
    errors.NotFound: lambda _: Nothing(),
    errors.NotAllowed: lambda _: OwnersOnly(),
    errors.NotJoined: lambda _: JoinFirst(),
    errors.NoProgramme: lambda _: NoProgrammeYet(),
    errors.NotPossibleNow: lambda error: MovedOn(error.event, error.state),
    errors.BadInput: Unclear,
    errors.BadForm: lambda error: Unclear(error.problems[0]),
    errors.CannotTakePart: lambda error: NotForThem(error.why),
}


def refusal(error: MentoringError) -> Prompt:
    """The prompt for a refusal."""
    return _PROMPTS[type(error)](error)


def attempt(use: Callable[[], Prompt], records: Records) -> Prompt:
    """What a use case answers; where it refuses, its words, and nothing it wrote stays."""
    try:
        with records.attempt():
            return use()
    except MentoringError as error:
        return refusal(error)
