"""The stand-in fails as told: codes, statuses, cut connections, before or after the effect."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError

from tests.sandbox.tiny_bot import Served


async def post(served: Served) -> None:
    await served.client.chat_postMessage(channel="mentoring", text="hello")


async def texts(served: Served) -> list[str]:
    return [message["text"] for message in (await served.state())["messages"]]


async def test_a_code_is_answered_as_many_times_as_told(served: Served) -> None:
    await served.post("fault", method="chat.postMessage", error="fatal_error", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            await post(served)
    await post(served)
    assert await texts(served) == ["hello"]


async def test_an_http_status_and_a_wait_are_answered(served: Served) -> None:
    await served.post("fault", method="*", status=503, times=1, retry_after=30)
    with pytest.raises(SlackApiError) as refused:
        await post(served)
    assert refused.value.response.status_code == 503
    assert refused.value.response.headers["Retry-After"] == "30"


async def test_an_ordered_rate_limit_looks_like_a_real_one(served: Served) -> None:
    await served.post("fault", method="chat.postMessage", error="ratelimited", retry_after=7)
    with pytest.raises(SlackApiError) as refused:
        await post(served)
    assert refused.value.response.status_code == 429
    assert refused.value.response.headers["Retry-After"] == "7"


async def test_a_dropped_connection_posts_nothing(served: Served) -> None:
    await served.post("fault", method="chat.postMessage", drop=True)
    with pytest.raises(aiohttp.ClientError):
        await post(served)
    assert await texts(served) == []


async def test_a_connection_dropped_after_the_effect_has_posted(served: Served) -> None:
    await served.post("fault", method="chat.postMessage", drop=True, after=True)
    with pytest.raises(aiohttp.ClientError):
        await post(served)
    assert await texts(served) == ["hello"]


async def test_a_delay_alone_lets_the_call_work(served: Served) -> None:
    await served.post("fault", method="chat.postMessage", delay=0.05)
    await post(served)
    assert await texts(served) == ["hello"]


async def test_faults_can_be_called_off(served: Served) -> None:
    await served.post("fault", method="*", error="fatal_error", times=100)
    await served.post("fault", clear=True)
    await post(served)
    assert await texts(served) == ["hello"]


@pytest.mark.parametrize(
    "order",
    [
        {},
        {"method": "chat.postMessage"},
        {"method": "chat.postMessage", "error": "x", "status": 500},
        {"method": "chat.postMessage", "status": 200},
        {"method": "chat.postMessage", "error": "x", "times": 0},
        {"method": "chat.postMessage", "error": "x", "times": True},
        {"method": "chat.postMessage", "error": "x", "delay": "long"},
        {"method": "chat.postMessage", "error": "x", "retry_after": "soon"},
        {"method": 7, "error": "x"},
    ],
)
async def test_an_order_that_makes_no_sense_is_refused(served: Served, order: dict[str, object]) -> None:
    answer = await served.script.post("/sandbox/fault", json=order)
    assert answer.status_code == 400
    assert answer.json()["error"]
