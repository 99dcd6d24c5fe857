"""Every prompt comes back from storage as it went in."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.mentoring.prompts import FormPrompt, NoPairYet, Prompt, Sorry
from bot.mentoring.prompts.steps import StepPrompt
from storage.codec import PROMPTS, UnreadableError, decode, encode

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
MOMENTS = st.datetimes(timezones=st.just(UTC))
st.register_type_strategy(datetime, MOMENTS)
st.register_type_strategy(str, TEXT)


def kinds(parent: type[Prompt] = Prompt) -> set[type[Prompt]]:
    """Every class of prompt there is."""
    below = parent.__subclasses__()
    return set(below).union(*(kinds(child) for child in below))


def test_every_prompt_can_be_stored() -> None:
    assert set(PROMPTS.values()) == kinds() - {FormPrompt, StepPrompt}


@pytest.mark.parametrize("kind", PROMPTS.values(), ids=PROMPTS)
@settings(max_examples=15, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_a_prompt_comes_back_as_it_was(kind: type[Prompt], data: st.DataObject) -> None:
    prompt = data.draw(st.from_type(kind))
    assert decode(encode(prompt)) == prompt
    assert type(decode(encode(prompt))) is kind


@pytest.mark.parametrize(
    "stored",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"\xff",
        b'["Sorry"]',
        b'["Gone", {}]',
        b'["Sorry", {"incident": 1}]',
        b"[1, 2]",
    ],
)
def test_what_this_version_does_not_know_is_unreadable_and_is_not_quoted(stored: bytes) -> None:
    with pytest.raises(UnreadableError, match="no prompt of this version"):
        decode(stored)


def test_an_error_does_not_tell_what_was_stored() -> None:
    with pytest.raises(UnreadableError) as caught:
        decode(b'["Sorry", {"incident": "canary-17", "support": 7}]')
    assert "canary" not in repr(caught.value.__cause__) + repr(caught.value)
    assert encode(Sorry("i", "s")) == b'["Sorry", {"incident": "i", "support": "s"}]'


def test_an_answer_about_no_pair_that_an_earlier_version_stored_is_read() -> None:
    """It waits in the outbox over an upgrade, and knows of no next round."""
    assert decode(b'["NoPairYet", {"what": "goals"}]') == NoPairYet("goals")
