"""Everybody but the visitor says yes, by pressing what stands in their own messages."""

from tests.dialogues.cast import ANA, BEN, CLEO, DEV
from tests.dialogues.differences import DEMONSTRATION, needs
from tests.dialogues.on_slack import SlackTown
from tests.dialogues.town import Town


@needs(DEMONSTRATION)
async def test_everybody_else_accepts_and_says_that_they_met(village: Town) -> None:
    await village.join(ANA, BEN, CLEO, DEV)
    await village.release_a_round()
    assert await _colleagues(village, ANA) == 3
    assert "meet each other" in "\n".join(await village.heard(CLEO))
    assert _waiting(await village.state(ANA)) == 1
    assert _waiting(await village.state(BEN)) == 0
    assert await _colleagues(village, ANA) == 0
    await village.skip(28)
    assert await _colleagues(village, ANA) >= 2
    assert any("noted, you met" in text for text in await village.heard(DEV))


@needs(DEMONSTRATION)
async def test_nothing_is_answered_before_anybody_is_asked(village: Town) -> None:
    await village.join(ANA, BEN)
    assert await _colleagues(village, ANA) == 0


async def _colleagues(town: Town, visitor: str) -> int:
    assert isinstance(town, SlackTown)
    answer = await town.http.post("/sandbox/colleagues", json={"person": visitor})
    assert answer.is_success, answer.text
    return int(answer.json()["answered"])


def _waiting(state: dict[str, list[dict[str, list[str]]]]) -> int:
    return sum("Accept" in message["buttons"] for message in state["messages"])
