"""Every command with everything people type: a clear answer, and nothing changed where it was refused."""

import re
from dataclasses import replace

import pytest

from bot.mentoring.ids import PairId, ParticipantId
from bot.mentoring.prompts import (
    ComesLater,
    Help,
    InterestsChanged,
    JoinFirst,
    JoinForm,
    LeftOver,
    MovedOn,
    NoProgrammeYet,
    NotForThem,
    Nothing,
    OwnersOnly,
    Prompt,
    Unclear,
    Unknown,
    WhichPair,
    WhyShown,
)
from handlers.asked import Command
from handlers.commands import COMMANDS, LATER, only_reads, shown_commands
from tests.counter import Counter, a_busy_counter, in_words
from tests.hostile import hostile
from tests.worlds import World

CONTRACT = (
    *("help", "join", "learn", "teach", "forget", "discover", "find", "profile", "pairs", "why", "pause"),
    *("resume", "leave", "meet", "met", "agenda", "notes", "goals", "agreement", "expect", "share", "end"),
    *("rematch", "block", "concern", "privacy", "export", "delete"),
    *("setup", "programme", "people", "match", "summary", "gather", "trial"),
)
"""The words of the contract's table of commands; `delete` is followed by `me`."""
REFUSALS = (
    ComesLater,
    JoinFirst,
    LeftOver,
    MovedOn,
    NoProgrammeYet,
    NotForThem,
    Nothing,
    OwnersOnly,
    Unclear,
    Unknown,
)
WORDS = {
    "nothing": "",
    "too many": " ".join(["negotiation", "please"] * 200),
    "10,000 characters": "x" * 10_000,
    "10,000 words": "a " * 10_000,
    "emoji": "\U0001f469\u200d\U0001f680 \U0001f3f3\ufe0f\u200d\U0001f308 " * 5,
    "right to left": "\u0645\u062d\u0645\u062f \u202e\u05d3\u05d5\u05d3",
    "control characters": "a\x00b\x1b[31mc\r\nSet-Cookie: x=1\u2028d\x7f",
    "marks": "Z\u0335\u0336\u0337\u0338\u0334" * 30,
    "somebody else": "slack:T1:DUA",
    "a mention": "<@U0OTHER1|ana> <!channel>",
    "another workspace": "slack:T2:BEN",
    "a date": "2020-01-01",
    "a number": "99999999999999999999",
    "other digits": "\u00b2w \u0663w",
    "templates": "{{ config }} ${7*7} %s %n {0.__class__}",
    "sql": "5 stars'); DROP TABLE pairs;--",
    "shell": "$(id) `id` | id ; id",
    "quotes": '"unbalanced \\',
}
NAMES = ("ana", "eli", "owner", "zoe")
HELP_ROWS = {"SL-001", "SL-003", "SL-004", "SL-005", "SL-007", "SL-008", "SL-009", "SL-056"}


def test_the_words_are_those_of_the_contract() -> None:
    assert sorted([*(command.word for command in COMMANDS), *LATER]) == sorted(CONTRACT)
    assert not {command.word for command in COMMANDS} & set(LATER)


@pytest.mark.parametrize("typed", WORDS)
@pytest.mark.parametrize("word", [command.word for command in COMMANDS])
def test_every_command_answers_whatever_follows_and_a_refusal_changes_nothing(word: str, typed: str) -> None:
    for name in NAMES:
        counter, *_ = a_busy_counter()
        before = counter.rows()
        text = f"{word} {WORDS[typed]}"
        answer = counter.say(name, text)
        assert isinstance(answer, Prompt)
        assert in_words(answer).text
        if isinstance(answer, REFUSALS) or only_reads(text):
            assert counter.rows() == before, f"{name}: {answer}"


@pytest.mark.parametrize(
    ("text", "reads"),
    [
        ("", True),
        ("help", True),
        ("  PAIRS  ", True),
        ("/mentor profile", True),
        ("--why @ben", True),
        ("goals tomorrow", True),
        ("helo", True),
        ("learn sql", False),
        ("mentor Learn sql", False),
        ("pause", False),
        ("match", False),
    ],
)
def test_a_command_reads_or_may_change_something_however_it_is_typed(text: str, reads: bool) -> None:  # noqa: FBT001 # a table
    assert only_reads(text) is reads


@pytest.mark.parametrize("word", CONTRACT)
def test_before_a_programme_runs_every_command_has_an_answer(word: str) -> None:
    counter = Counter(World())
    for name in NAMES:
        answer = counter.say(name, word)
        assert in_words(answer).text
    assert counter.world.records.programmes == []


@pytest.mark.parametrize("word", CONTRACT)
def test_people_of_other_companies_are_told_kindly_and_change_nothing(word: str) -> None:
    counter, *_ = a_busy_counter()
    before = counter.rows()
    assert counter.say("ana", f"{word} sql", external=True) == NotForThem("external")
    assert counter.rows() == before


@pytest.mark.parametrize("word", LATER)
def test_what_comes_later_says_so(word: str) -> None:
    counter, *_ = a_busy_counter()
    before = counter.rows()
    assert counter.say("ana", f"{word} me now please") == ComesLater(word)
    assert counter.say("ana", f"help {word}") == ComesLater(word)
    assert counter.rows() == before


@pytest.mark.parametrize(("row", "typed"), hostile("SL"))
def test_what_strangers_might_type_gets_an_answer_by_its_verdict(row: str, typed: str) -> None:
    for name in NAMES:
        counter, *_ = a_busy_counter()
        before = counter.rows()
        answer = counter.say(name, typed)
        assert in_words(answer).text
        assert counter.rows() == before, "none of these changes anything"
        if row in HELP_ROWS:
            assert isinstance(answer, Help)
        else:
            takes_none = isinstance(answer, LeftOver) and answer.command == "end"
            assert takes_none or isinstance(answer, ComesLater | Unknown | JoinFirst)


def test_what_slack_escaped_is_not_this_layers_to_unescape() -> None:
    answer = Counter().say("ana", "learn AT&T, a <b> c")
    assert isinstance(answer, InterestsChanged)
    assert answer.added == ("AT&T", "a <b> c")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("hlep", "help"),
        ("lern", "learn"),
        ("teahc sql", "teach"),
        ("PROFIEL", "profile"),
        ("jion", "join"),
        ("pair", "pairs"),
        ("setings", ""),
        ("owner add me", ""),
        ("checkin", ""),
        ("start", ""),
        ("x", ""),
        ("\u0645\u062d\u0645\u062f", ""),
    ],
)
def test_an_unknown_word_gets_the_nearest_command_or_none(typed: str, nearest: str) -> None:
    answer = Counter().say("ana", typed)
    assert answer == Unknown(typed=typed.split(maxsplit=1)[0], nearest=nearest)


@pytest.mark.parametrize("command", [command.word for command in COMMANDS])
def test_a_slip_in_any_command_names_it(command: str) -> None:
    slip = command[:-2] + command[-1] + command[-2]
    answer = Counter().say("ana", slip)
    if command != "met":  # three letters: every slip is half another word
        assert answer == Unknown(typed=slip, nearest=command)


@pytest.mark.parametrize("word", LATER)
def test_a_slip_in_what_comes_later_suggests_no_command_that_is_not_there(word: str) -> None:
    slips = {word[1:], word[:-1], word + word[-1], word[:-2] + word[-1] + word[-2]} - {word}
    for slip in slips:
        assert Counter().say("ana", slip) == Unknown(typed=slip, nearest="")


def test_a_long_unknown_word_is_shown_shortened() -> None:
    answer = Counter().say("ana", "x" * 10_000)
    assert isinstance(answer, Unknown)
    assert len(answer.typed) == 40


@pytest.mark.parametrize(
    "typed", ["help", "--help", "/help", "\u2014help", "HELP", " help ", "/mentor help", "mentor help"]
)
def test_help_is_found_however_it_is_asked_for(typed: str) -> None:
    answer = Counter().say("ana", typed)
    assert isinstance(answer, Help)
    assert answer.topic == ""


def test_a_topic_keeps_its_last_sign() -> None:
    answer = Counter().say("ana", "learn vitamin B-")
    assert isinstance(answer, InterestsChanged)
    assert answer.added == ("vitamin B-",)


def test_help_shows_what_a_person_can_do_now() -> None:
    counter, *_ = a_busy_counter()
    stranger, participant, owner = (
        set(shown_commands(counter.world.actor(name))) for name in ("zoe", "ana", "owner")
    )
    assert stranger == {"help", "join", "privacy", "concern"}
    owners = {"setup", "programme", "match", "summary"}
    assert participant == {command.word for command in COMMANDS} - owners
    assert owner == {"help", "privacy", "concern"} | owners


def test_why_tells_nothing_about_somebody_who_is_no_partner() -> None:
    counter, *_ = a_busy_counter()
    cases = ("slack:T1:CEM", "slack:T1:NOBODY", "slack:T1:OWNER", "slack:T2:BEN", "@ben")
    assert {counter.say("eli", f"why {case}") for case in cases} == {Nothing()}


def test_why_asks_which_of_several_pairs_and_tells_of_each() -> None:
    counter, active, *_ = a_busy_counter()
    pair = counter.world.records.pair(active)
    other = next(one for one in pair.sides if one != "ana")
    eli, key = ParticipantId("eli"), PairId("second")
    second = replace(pair, id=key, a=eli) if pair.a == other else replace(pair, id=key, b=eli)
    counter.world.records.save_pair(second)
    which = counter.say("ana", "why")
    assert isinstance(which, WhichPair)
    assert [one.pair for one in which.pairs] == [active, second.id]
    told = [counter.press("ana", "why_of", one.pair) for one in which.pairs]
    assert all(isinstance(one, WhyShown) for one in told)
    named = [f"why {one.partner}" for one in told if isinstance(one, WhyShown)]
    assert [counter.say("ana", words) for words in named] == told
    assert counter.press("eli", "why_of", active) == Nothing()
    assert counter.say("eli", "why") == counter.say("eli", "why slack:T1:ANA"), "the only one"


@pytest.mark.parametrize(
    "command", [one for one in COMMANDS if one.takes is not None], ids=lambda one: one.word
)
def test_words_that_a_command_does_not_take_are_never_dropped(command: Command) -> None:
    """Whoever may use it is told what it does; whom it refuses is told that, as without the words."""
    for name in NAMES:
        counter, *_ = a_busy_counter()
        before = counter.rows()
        words = " ".join(["tomorrow", "please", "now"][: (command.takes or 0) + 1])
        answer = counter.say(name, f"{command.word} {words}")
        assert counter.rows() == before
        if command.word in shown_commands(counter.world.actor(name)):
            assert answer == LeftOver(command.word)
        else:
            assert answer == counter.say(name, command.word)
            assert isinstance(answer, REFUSALS)


def test_every_other_command_reads_all_that_follows() -> None:
    reads = {one.word for one in COMMANDS if one.takes is None}
    assert reads == {"help", "learn", "teach", "forget", "find", "pause"}


def test_the_profile_of_somebody_else_is_not_shown_and_it_is_said_where_it_is() -> None:
    counter, *_ = a_busy_counter()
    answer = counter.say("ana", "profile slack:T1:BEN")
    assert "only in a proposal to you and in a pair of yours" in in_words(answer).text
    assert "Ben" not in in_words(answer).text


def test_joining_opens_the_form_and_does_not_join() -> None:
    counter = Counter()
    assert isinstance(counter.say("zoe", "join"), JoinForm)
    assert counter.world.records.participant_at(counter.caller("zoe").address) is None


def test_nobody_reads_a_stack_or_a_class_in_an_answer() -> None:
    counter, *_ = a_busy_counter()
    for word in CONTRACT:
        text = in_words(counter.say("ana", f"{word} \x00")).text
        assert not re.search(r"Traceback|Error\b|<class|object at 0x|\{\{|None\b", text), text
