"""What is seen from outside, as Prometheus reads it: counts and ages, and nothing of anybody."""

import hmac
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from math import inf

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.delivery.counters import Counters
from bot.mail import MailState
from bot.settings import is_loopback

PREFIX = "bothways"
FORWARDED = ("x-forwarded-for", "forwarded")
"""Headers of a proxy: what comes through one is not from this machine, whatever the address says."""
COUNTED = {
    "sent": "Messages that the platform took",
    "refused": "Attempts refused for now without a time to wait",
    "limited": "Attempts refused with a time to wait (429)",
    "held": "Messages held back by our own budget before the call",
    "failed": "Messages that the platform will never take",
    "doubts": "Sends without a certain outcome",
    "again": "Messages in doubt that were sent once more",
    "unknown": "Messages in doubt that were left",
    "doubled": "Messages known to have arrived after they were claimed again",
    "handled": "Events that were handled",
    "given_up": "Events that could not be handled",
}

Look = Callable[[], Awaitable[MailState]]
"""Gives how mail stands in the database at this moment."""


class Snapshot:
    """One moment's figures: this process's own counts, and how the mail of all processes stands."""

    def __init__(self, counters: Counters, mail: MailState | None, tick_age: timedelta | None) -> None:
        self._counters = counters
        self._mail = mail
        self._tick_age = tick_age

    def collect(self) -> Iterator[Metric]:
        """Give all metrics."""
        for name, words in COUNTED.items():
            yield CounterMetricFamily(f"{PREFIX}_{name}", words, value=getattr(self._counters, name))
        edges = self._counters.late_by_edge()
        buckets = [("+Inf" if edge == inf else str(edge), count) for edge, count in edges]
        yield HistogramMetricFamily(
            f"{PREFIX}_lateness_seconds",
            "From the moment a message was planned for to the one at which it was taken",
            buckets=buckets,
            sum_value=self._counters.late_seconds,
        )
        up = GaugeMetricFamily(f"{PREFIX}_database_up", "Whether the database answers")
        up.add_metric([], float(self._mail is not None))
        yield up
        if self._tick_age is not None:
            yield _gauge("schedules_age_seconds", "Since planning last ran through", self._tick_age)
        if self._mail is not None:
            yield from _of_mail(self._mail)


def _of_mail(mail: MailState) -> Iterator[Metric]:
    yield _gauge("outbox_age_seconds", "How long the oldest message that is due has waited", mail.outbox_age)
    yield _gauge("inbox_age_seconds", "How long the oldest event has waited", mail.inbox_age)
    yield _gauge("in_flight_age_seconds", "How long the oldest send has had no outcome", mail.in_flight_age)
    states = GaugeMetricFamily(
        f"{PREFIX}_outbox_messages", "Messages by state; those that ended, for a day", labels=["state"]
    )
    for state, count in sorted(mail.outbox.items()):
        states.add_metric([state], count)
    yield states
    yield GaugeMetricFamily(f"{PREFIX}_resting", "Ways out of a workspace that rest", value=mail.resting)


def _gauge(name: str, words: str, age: timedelta) -> Metric:
    return GaugeMetricFamily(f"{PREFIX}_{name}", words, value=age.total_seconds())


def metrics_route(take: Callable[[], Awaitable[Snapshot]], token: str) -> Route:
    """`GET /metrics`: with the token where one is set, else from this machine alone."""

    async def metrics(request: Request) -> Response:
        if not _may_look(request, token):
            return PlainTextResponse("not for you\n", status_code=403)
        registry = CollectorRegistry(auto_describe=False)
        registry.register(await take())
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    return Route("/metrics", metrics)


def _may_look(request: Request, token: str) -> bool:
    if token:
        given = request.headers.get("authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())
    here = request.client is not None and is_loopback(request.client.host)
    return here and not any(name in request.headers for name in FORWARDED)
