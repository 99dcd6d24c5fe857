"""Faults to order: the next calls of a method fail as told."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

EVERY_METHOD = "*"
LONGEST_DELAY = 600
"""Seconds; whoever calls would have given up long before."""


class BadFaultError(ValueError):
    """The order makes no sense; the message says why."""


@dataclass(slots=True)
class Fault:
    """How calls of `method` (or `*`) fail, and how many still will.

    `error` is a code of Slack's, `status` an HTTP status, `drop` cuts the connection. With `after` the
    call has its effect first. `retry_after` (seconds) is sent as a header; `delay` (seconds) passes
    before the answer.
    """

    method: str
    times: int
    error: str | None = None
    status: int | None = None
    drop: bool = False
    after: bool = False
    retry_after: int | None = None
    delay: float = 0.0


class Faults:
    """The faults still to come, oldest first."""

    def __init__(self) -> None:
        self._orders: list[Fault] = []

    def order(self, fault: Fault) -> None:
        """Let the next calls fail."""
        self._orders.append(fault)

    def clear(self) -> None:
        """Let all calls work again."""
        self._orders.clear()

    def take(self, method: str) -> Fault | None:
        """The fault for this call, used once; None when the call may work."""
        for fault in self._orders:
            if fault.method in (method, EVERY_METHOD):
                fault.times -= 1
                if fault.times <= 0:
                    self._orders.remove(fault)
                return fault
        return None


def fault_from(order: dict[str, Any], methods: Collection[str]) -> Fault:
    """Read an order given as JSON, for one of these methods or all of them.

    Raises:
        BadFaultError: the method, the kind of failure or a figure is missing or wrong.
    """
    _require(
        (
            order.get("method") in (EVERY_METHOD, *methods),
            f"`method` must be * or one of the Web API methods known here: {', '.join(sorted(methods))}",
        ),
        (_whole(order.get("times", 1), 1, 10**6), "`times` must be a whole number from 1"),
        (_absent_or(order, "error", _text), "`error` must be one of Slack's codes, such as fatal_error"),
        (_absent_or(order, "status", lambda status: _whole(status, 400, 599)), "`status` must be 400 to 599"),
        (
            _absent_or(order, "retry_after", lambda wait: _whole(wait, 0, 10**6)),
            "`retry_after` must be seconds",
        ),
        (_seconds(order.get("delay", 0)), f"`delay` must be seconds, {LONGEST_DELAY} at most"),
        (_absent_or(order, "drop", _truth), "`drop` must be true or false"),
        (_absent_or(order, "after", _truth), "`after` must be true or false"),
    )
    kinds = [kind for kind in ("error", "status", "drop") if order.get(kind)]
    _require((len(kinds) == 1 or (order.get("delay") and not kinds), _ONE_KIND))
    return Fault(
        method=order["method"],
        times=order.get("times", 1),
        error=order.get("error"),
        status=order.get("status"),
        drop=bool(order.get("drop")),
        after=bool(order.get("after")),
        retry_after=order.get("retry_after"),
        delay=float(order.get("delay", 0)),
    )


_ONE_KIND = "give one of `error`, `status`, `drop`, or a `delay` alone"


def _require(*demands: tuple[Any, str]) -> None:
    for met, otherwise in demands:
        if not met:
            raise BadFaultError(otherwise)


def _text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _whole(value: Any, least: int, most: int) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most


def _seconds(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= LONGEST_DELAY


def _truth(value: Any) -> bool:
    return isinstance(value, bool)


def _absent_or(order: dict[str, Any], name: str, good: Callable[[Any], bool]) -> bool:
    return order.get(name) is None or good(order[name])
