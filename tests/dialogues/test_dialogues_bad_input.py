"""Whatever is typed or forged gets a clear answer and changes nothing that it may not change."""

import html
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from bot.mentoring.rights import Action
from bot.mentoring.text import NAME_LIMIT, clean, shortened
from handlers.commands import COMMANDS, LATER
from sandbox.botlink import Reply
from sandbox.messages import Message
from sandbox.submissions import close_all
from sandbox.views import View
from tests.dialogues.cast import ANA, BEN, CLEO, DEV, EVE, the_village
from tests.dialogues.differences import REQUESTS, needs
from tests.dialogues.forged import Forger
from tests.dialogues.on_slack import SlackTown, slack_town
from tests.dialogues.town import Json
from tests.hostile import hostile

OPENS_A_FORM = {"join", "pause", "discover", "concern"}
WORDS = {
    "none": "",
    "many": "one two three four five six seven",
    "long": "x" * 10_000,
    "emoji": "👩‍👩‍👧‍👦" * 40,
    "right to left": "\u202e\u05e9\u05dc\u05d5\u05dd\u202c \u0645\u0631\u062d\u0628\u0627",
    "controls": "a\x00b\x07\x1b[31m\r\nc\u2028d",
    "mark-up": "<!channel> *x* _y_ &lt;@U0OTHER1&gt; {{ 7*7 }} %s",
    "somebody else": "<@UCLEO|cleo> <@U0STRNG1>",
}
TAKES_ANY_TOPIC = {("learn", "many"), ("teach", "many")}
TAKES_ANY_TOPIC |= {
    (side, kind)
    for side in ("learn", "teach")
    for kind in ("right to left", "controls", "mark-up", "somebody else", "emoji")
}


pytestmark = [pytest.mark.asyncio(loop_scope="module"), needs(REQUESTS)]
"""All of these share a town, since nothing they do may change it.

It stands on PostgreSQL alone, which refuses what SQLite would store: NUL, half characters, what is too long.
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def village(shared_database_url: str) -> AsyncIterator[SlackTown]:
    """Ana and Ben have been proposed to each other, Cleo and Dev talk in their room."""
    async with slack_town(shared_database_url, the_village()) as town:
        await town.join(ANA, BEN, CLEO, DEV)
        await town.release_a_round()
        await town.press(CLEO, "Accept")
        await town.press(DEV, "Accept")
        yield town


@pytest.fixture
def forger(village: SlackTown) -> Forger:
    """Somebody who sends what no page would."""
    return Forger(village)


async def a_window(town: SlackTown, person: str) -> View:
    """The person's form to join, and no other window."""
    member = town.sandbox.workspace.person(person)
    assert member is not None
    await close_all(town.sandbox.slack, member)
    town.bot.inside.limits.forget()  # a minute passes
    await town.say(person, "/mentor join")
    window = town.sandbox.workspace.views.top(member.id)
    assert window is not None
    return window


def wrong_with(reply: Reply) -> str:
    """What is wrong with an answer to a command: empty where it is one that a person can read."""
    answer = reply.json()
    if not reply.ok or not isinstance(answer, dict):
        return f"{reply.status} {reply.failure} {reply.body[:80]!r}"
    text = str(answer.get("text"))
    if answer.get("response_type") != "ephemeral" or not text.strip():
        return f"not an answer for one: {answer!r:.200}"
    if "Sorry, something broke" in text or "Traceback" in text:
        return text
    live = [
        mark for mark in ("<!", "<@", "<http") if any(mark in shown for shown in [text, *marked_up(answer)])
    ]
    return f"live {live}: {text}" if live else ""


def marked_up(answer: Json) -> list[str]:
    """The texts of an answer's blocks in which Slack would read marks."""
    texts = [block.get("text") or {} for block in answer.get("blocks", ())]
    return [str(text.get("text")) for text in texts if text.get("type") == "mrkdwn"]


async def test_every_command_answers_every_kind_of_words(village: SlackTown, forger: Forger) -> None:
    owner = await village.owner()
    before, heard = await forger.kept(), await forger.heard_by_all()
    asked = [(ANA, command.word, kind) for command in COMMANDS for kind in WORDS]
    asked += [(ANA, word, kind) for word in LATER for kind in ("none", "long")]
    asked += [(owner, word, kind) for word in ("help", "find", "pairs", "summary") for kind in WORDS]
    wrong: dict[tuple[str, str, str], str] = {}
    for person, word, kind in asked:
        if (word in OPENS_A_FORM and kind == "none") or (word, kind) in TAKES_ANY_TOPIC:
            continue  # these do what they say, which the next tests read
        problem = wrong_with(await forger.command(person, f"{word} {WORDS[kind]}".strip()))
        if problem:
            wrong[person, word, kind] = problem
    await village.sandbox.slack.timeline.settle()
    assert wrong == {}
    assert await forger.kept() == before
    assert await forger.heard_by_all() == heard


async def test_words_behind_one_that_stands_alone_are_never_dropped(village: SlackTown) -> None:
    for command in COMMANDS:
        if command.takes == 0 and command.shown_to in (Action.READ, Action.TAKE_PART):
            told = await village.say(ANA, f"/mentor {command.word} tomorrow @Cleo")
            assert told.startswith(f"I cannot tell what the words after /mentor {command.word} ask for")
    told = await village.say(ANA, "/mentor join us")
    assert told.startswith("I cannot tell what the words after /mentor join ask for")
    assert (await village.state())["forms"] == []
    await village.press(ANA, "Open the form")
    assert (await village.window(ANA)).startswith("Change my profile")
    await village.cancel(ANA)
    refused = await village.say(ANA, "/mentor pause forever")
    assert refused.startswith("I could not read that day. Try: /mentor pause 2w")


async def test_topics_are_kept_as_they_were_typed_and_shown_inert(village: SlackTown, forger: Forger) -> None:
    shown = {
        "AT&amp;T": "AT&T",
        "a &lt;b&gt; c": "a <b> c",
        "{{ config }} ${7*7} #{7*7} &lt;%= 7*7 %&gt;": "{{ config }} ${7*7} #{7*7} <%= 7*7 %>",
        "%s %n %(token)s {0.__class__} {token}": "%s %n %(token)s {0.__class__} {token}",
        "$(id) `id` | id": "$(id) `id` | id",
        "'unbalanced": "'unbalanced",
        '"open \\': '"open \\',
        "a\r\nSet-Cookie: x=1": "a Set-Cookie: x=1",
        "x\u2028y\u2029z": "x y z",
        "n\x00ul": "nul",
        "*bold* _it_ ~s~ `c`": "*bold* _it_ ~s~ `c`",
    }
    for sent, read in shown.items():
        reply = await forger.command(ANA, f"learn {sent}")
        assert wrong_with(reply) == "", sent
        assert f"You want to learn {read} now." in html.unescape(reply.json()["text"])
    profile = await village.say(ANA, "/mentor profile")
    assert all(read in profile for read in shown.values())


# --- the library of hostile inputs

HELP = {"SL-001", "SL-003", "SL-004", "SL-005", "SL-007", "SL-008", "SL-009", "SL-056"}
NEAREST = {"SL-006": "Did you mean /mentor help"}


async def test_hostile_words_have_their_verdicts(village: SlackTown, forger: Forger) -> None:
    rows = hostile("SL")
    before, heard = await forger.kept(), await forger.heard_by_all()
    wrong: dict[str, str] = {}
    for key, value in rows:
        reply = await forger.command(ANA, re.sub(r"^topic ", "find ", value))
        problem = wrong_with(reply)
        text = str((reply.json() or {}).get("text"))
        if not problem and key in HELP and "More to read:" not in text:
            problem = f"no help: {text}"
        if not problem and NEAREST.get(key, "") not in text:
            problem = f"not the nearest: {text}"
        if problem:
            wrong[key] = problem
    await village.sandbox.slack.timeline.settle()
    assert wrong == {}
    assert len(rows) > 30
    assert await forger.kept() == before
    assert await forger.heard_by_all() == heard


HANDLE = "eve.larsen.eve"
FALLS_BACK = {"NM-005", "NM-007", "NM-008"}


async def test_hostile_names_have_their_verdicts(village: SlackTown, forger: Forger) -> None:
    wrong: dict[str, Any] = {}
    for key, value in hostile("NM"):
        window = await a_window(village, ANA)
        window.state["name"] = {name: {**held, "value": value} for name, held in window.state["name"].items()}
        before = await forger.kept()
        state = {**window.state}
        reply = await forger.form(ANA, window, state)
        answer = reply.json()
        refused = isinstance(answer, dict) and answer.get("response_action") == "errors"
        if not reply.ok or (refused and await forger.kept() != before):
            wrong[key] = (reply.status, reply.body[:100])
        elif refused != (key in FALLS_BACK or key == "NM-018"):
            wrong[key] = answer
        elif not refused:
            profile = await village.say(ANA, "/mentor profile")
            if "Ana Silva, level 2" not in profile:
                wrong[key] = profile
            proposal = (await forger.command(BEN, "pairs")).body.decode()
            if "<!" in proposal or "\\u202e" in proposal:
                wrong[key] = proposal
    assert wrong == {}


async def test_hostile_names_of_the_directory_are_offered_clean(village: SlackTown, forger: Forger) -> None:
    member, wrong = forger.member(EVE), dict[str, str]()
    for key, value in hostile("NM"):
        member.real_name = value
        await a_window(village, EVE)
        offered = (await village.form(EVE))["Name"]["value"] or ""
        expected = HANDLE if key in FALLS_BACK else shortened(clean(value), NAME_LIMIT)
        if offered != expected:
            wrong[key] = offered
    assert wrong == {}


async def test_hostile_topics_have_their_verdicts(village: SlackTown, forger: Forger) -> None:
    same = {"TP-002", "TP-003", "TP-004"}
    before = await forger.kept()
    for key, value in hostile("TP"):
        text = str((await forger.command(ANA, f"teach {value}")).json()["text"])
        if key in same:
            assert "On your list already: Python." in text, key
            assert await forger.kept() == before, key
        else:
            assert text.startswith("You can teach "), (key, text)
            assert "Your partners see what you teach" in text, key
    assert "<script>alert(1)</script>" in await village.say(ANA, "/mentor profile")


# --- forged buttons and windows

IDS_OF_BUTTONS = {"ID-004", "ID-005", "ID-007", "ID-008", "ID-009", "ID-012"}
PRESSED = (
    "accept",
    "decline",
    "met",
    "not_yet",
    "propose_time",
    "pick",
    "cancel_meeting",
    "review",
    "release",
    "ask_pair",
    "leave_yes2",
)


async def a_place(village: SlackTown, person: str) -> Message:
    """A message in the person's direct messages in which a button could stand."""
    await village.say(person, "/mentor help")
    seen = await village.message_with(person, "More to read:")
    message = village.sandbox.workspace.messages.find(seen["ts"])
    assert message is not None
    return message


def ids_in(kept: dict[str, list[str]], table: str) -> list[str]:
    """The ids of a table's rows."""
    return [found[1] for row in kept[table] if (found := re.search(r"'id': '([^']+)'", row))]


async def test_other_peoples_ids_in_buttons_are_not_found(village: SlackTown, forger: Forger) -> None:
    place, before = await a_place(village, BEN), await forger.kept()
    heard = await forger.heard_by_all()
    rounds, pairs = ids_in(before, "RoundRow"), ids_in(before, "PairRow")
    theirs = next(
        key for key, row in zip(pairs, before["PairRow"], strict=True) if "'active'" in row or "ACTIVE" in row
    )
    values = [theirs, *rounds, ids_in(before, "ParticipantRow")[0], "slack:T0BOTHWAYS:UCLEO|Kubernetes"]
    values += [str(value) for key, value in hostile("ID") if key in IDS_OF_BUTTONS]
    wrong = {}
    for action in PRESSED:
        for value in values:
            reply = await forger.button(BEN, action, value, place)
            if reply.status != 200 or reply.body:
                wrong[action, value[:40]] = (reply.status, reply.body[:100])
    await village.sandbox.slack.timeline.settle()
    assert wrong == {}
    assert await forger.kept() == before
    assert await forger.heard_by_all() == heard
    assert "Sorry" not in await village.reads(BEN, place.ts)


async def test_each_refusal_of_a_forged_button_reads_as_not_found_or_moved_on(
    village: SlackTown, forger: Forger
) -> None:
    kept = await forger.kept()
    theirs, place = ids_in(kept, "PairRow"), await a_place(village, EVE)
    told = set()
    for action in ("accept", "met"):
        for value in (*theirs, "0" * 32):
            await forger.button(EVE, action, value, place)
            await village.sandbox.slack.timeline.settle()
            told.add(await village.reads(EVE, place.ts))
    assert await forger.kept() == kept
    assert len(told) <= 2
    assert all("Ana" not in text and "Cleo" not in text for text in told)


async def test_forged_windows_change_nothing(village: SlackTown, forger: Forger) -> None:
    window = await a_window(village, ANA)
    before = await forger.kept()
    theirs = ids_in(before, "PairRow")
    forged: list[tuple[Json, Json]] = [
        ({}, {}),
        ({}, {"callback_id": "setup"}),
        ({}, {"callback_id": "owner_settings_submit"}),
        ({}, {"callback_id": "date", "private_metadata": ""}),
        *(({}, {"callback_id": "date", "private_metadata": key}) for key in theirs),
        *(
            ({}, {"callback_id": "date", "private_metadata": str(value)})
            for key, value in hostile("ID")
            if key in ("ID-015", "ID-016", "ID-018", "ID-019")
        ),
        ({"level": {"level": {"type": "static_select", "selected_option": {"value": "99"}}}}, {}),
        ({"manager": {"manager": {"type": "users_select", "selected_user": "U0STRNG1"}}}, {}),
        ({"b": {"a": {"type": "nonsense", "value": None}}}, {}),
    ]
    wrong = {}
    for number, (state, more) in enumerate(forged):
        reply = await forger.form(ANA, window, state, **more)
        if not reply.ok or (more.get("callback_id", "join") == "join" and b"errors" not in reply.body):
            wrong[number] = (reply.status, reply.body[:200])
    await village.sandbox.slack.timeline.settle()
    assert wrong == {}
    assert await forger.kept() == before


async def test_levels_places_and_people_that_were_never_offered_are_refused_beside_their_field(
    village: SlackTown, forger: Forger
) -> None:
    window = await a_window(village, ANA)
    before = await forger.kept()
    forged: dict[str, Json] = {
        "level": {"type": "static_select", "selected_option": {"value": "99"}},
        "places": {"type": "static_select", "selected_option": {"value": "-1"}},
        "starts": {"type": "timepicker", "selected_time": "25:99"},
        "zone": {"type": "external_select", "selected_option": {"value": "../../etc/passwd"}},
        "since": {"type": "plain_text_input", "value": "٢٠٢١-٠٤"},
        "department": {"type": "plain_text_input", "value": "x" * 10_000},
    }
    for field, value in forged.items():
        answer = (await forger.form(ANA, window, with_field(window, field, value))).json()
        assert answer["response_action"] == "errors", (field, answer)
        assert list(answer["errors"]) == [field]
    assert await forger.kept() == before


def with_field(window: View, field: str, value: Json) -> Json:
    """A window's values with one of them forged."""
    (action,) = window.state[field]
    return {**window.state, field: {action: value}}


async def test_requests_without_a_person_or_from_elsewhere_do_nothing(
    village: SlackTown, forger: Forger
) -> None:
    before = await forger.kept()
    place = await a_place(village, BEN)
    for more in ({"user_id": ""}, {"team_id": ""}, {"team_id": "T2OTHER00"}, {"user_id": "U0STRNG1"}):
        reply = await forger.command(ANA, "learn Sabotage", **more)
        assert reply.status == 200, more
    for user in ({"id": "", "team_id": "T0BOTHWAYS"}, {"id": "U0STRNG1", "team_id": "T2OTHER00"}):
        reply = await forger.button(BEN, "leave_yes", "", place, user=user)
        assert reply.status == 200, user
    await village.sandbox.slack.timeline.settle()
    assert await forger.kept() == before
