"""Opening the opt-in form with what stood in it when it was left half-way."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from bot.mentoring.errors import BadInput
from bot.mentoring.ids import Address
from bot.mentoring.left_form import LeftForm
from bot.mentoring.people import MAX_INTERESTS, MAX_PLACES
from bot.mentoring.programme import LADDER
from bot.mentoring.prompts import JoinForm
from bot.use_cases.reading import number, one_time, read_direction, zone

T = TypeVar("T")


def resumed(fresh: JoinForm, left: LeftForm) -> JoinForm:
    """The form with what was left in it; what cannot be taken is as in a fresh one.

    Nothing is refused here: all of it is looked at when the form is sent.
    """
    manager = left.one("manager")
    return replace(
        fresh,
        resumed=True,
        name=left.one("name") or fresh.name,
        level=_or(fresh.level, lambda: number("level", left.one("level"), 1, LADDER)),
        department=left.one("department"),
        learn=left.many("learn")[:MAX_INTERESTS],
        teach=left.many("teach")[:MAX_INTERESTS],
        places=_or(fresh.places, lambda: number("places", left.one("places"), 0, MAX_PLACES)),
        starts=_or(fresh.starts, lambda: one_time("starts", left.one("starts"))),
        ends=_or(fresh.ends, lambda: one_time("ends", left.one("ends"))),
        zone=_or(fresh.zone, lambda: zone("zone", left.one("zone"))),
        holidays=left.one("holidays") if "holidays" in left.answers else fresh.holidays,
        languages=left.many("languages"),
        manager=Address(manager) if manager else None,
        since=left.one("since"),
        findable=bool(left.many("found")),
        handover=bool(left.many("handover")),
        direction=_or(fresh.direction, lambda: read_direction(left.one("direction"))),
    )


def _or(otherwise: T, read: Callable[[], T]) -> T:
    try:
        return read()
    except BadInput:
        return otherwise
