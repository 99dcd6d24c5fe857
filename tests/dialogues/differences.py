"""Where Slack and Teams differ, each difference with its reason: the one place that says so.

A script that needs what one platform alone has is marked with the difference (`@needs(ROOM)`), and so runs on
that platform alone. A town that does or shows something in its own way names the difference at the method
(`@differs(COMMAND)`). What no script can show names the tests that hold it. A test sees to it that every
difference is named by somebody, and docs/platforms.md is made of them.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

PLATFORMS = ("slack", "teams")
Method = TypeVar("Method", bound=Callable[..., Any])


@dataclass(frozen=True)
class Difference:
    """One difference: what it is about, how each platform has it, and why.

    `only` is the platform on which a script that needs it runs; `held_by` are tests, as path::name, of what
    no script shows.
    """

    what: str
    slack: str
    teams: str
    why: str
    only: str = "slack"
    held_by: tuple[str, ...] = ()


def needs(difference: Difference) -> pytest.MarkDecorator:
    """Mark a script that runs only where the difference's platform is."""
    return pytest.mark.needs(difference)


def platforms_of(marks: Iterable[pytest.Mark]) -> tuple[str, ...]:
    """The platforms on which a script with these `needs` runs."""
    only = {mark.args[0].only for mark in marks}
    return tuple(one for one in PLATFORMS if not only or only == {one})


def differs(*differences: Difference) -> Callable[[Method], Method]:
    """Mark a town's way of doing something as its platform's own."""

    def marked(method: Method) -> Method:
        NAMED_BY_TOWNS.update(differences)
        return method

    return marked


NAMED_BY_TOWNS: set[Difference] = set()

COMMAND = Difference(
    "a command",
    "`/mentor pause`",
    "`pause`, written to the bot in its own chat; `@Bothways pause` elsewhere",
    "slash commands in Teams are a preview",
)
NAMING = Difference(
    "naming a colleague after a command",
    "`/mentor block @Ben`",
    "`block` alone, then a form with the company's list of people",
    "in a chat with a bot Teams offers nobody else to name",
)
ANSWER = Difference(
    "the answer to a command",
    "seen by the person alone, where it was typed",
    "a message in the person's own chat with the bot, wherever it was typed",
    "Teams has no answer that one person alone sees",
)
FORM = Difference(
    "a form",
    "a window",
    "a card with its fields, in the person's own chat",
    "windows do not work in every client of Teams",
)
PROBLEMS = Difference(
    "problems of a form",
    "beside their fields",
    "above their fields; everything that was typed stays",
    "a card has one way to say that something is wrong, and it is for empty fields",
)
LEFT = Difference(
    "a form left half-way",
    "is offered again, once",
    "is left where it stands, and can be sent later",
    "Teams tells of a form when it is sent, not before",
)
TOPICS = Difference(
    "topics in a form",
    "a list that opens while one types",
    "typed, with commas between",
    "nobody can add to a list of Teams",
)
PLACE = Difference(
    "a button's answer",
    "takes the message's place",
    "the same, at once for who pressed and then for whoever looks later",
    "Teams shows a press's answer to who pressed; the message itself changes by a call of its own",
)
PAGE = Difference(
    "one's own page",
    "App Home",
    "the word `home`, and when the bot is taken in",
    "Teams' tabs are web pages",
)
CONTACT = Difference(
    "first contact",
    "anybody in the workspace",
    "who has taken the bot in, which it answers with one greeting",
    "Teams lets nobody else be written to",
)
ROOM = Difference(
    "a pair's room",
    "a group conversation, in which they write to each other too",
    "two messages, each in one's own chat and naming the other, with their picture, which leads to a chat of "
    "the two; they write there, as ever. A group chat where [Graph is granted](install-teams.md)",
    "a bot alone cannot open a chat for two",
)
NAMES = Difference(
    "a colleague's name",
    "a mention, which reads as the directory has it",
    "what they call themselves in the programme, else what the roster says",
    "a mention in a card would call them each time",
)
CONCERN = Difference(
    "a concern",
    "raised, looked up and read in windows; from a pair's message it opens about the partner",
    "looked up and read as the answer to a press, on that person's screen alone; it opens about nobody",
    "neither its words nor whom it is about stand in a message",
)
REOPENED = Difference(
    "one's conversation with the bot",
    "opened by the bot, and again if Slack has lost it",
    "begun by the person; where it is gone the person is not reached until they write",
    "a bot of Teams opens no conversation with somebody",
)
TAKEN_OUT = Difference(
    "somebody takes the bot out, or turns its messages off",
    "nobody can for themselves",
    "they get no new pair until they write again, and after some working days their partners hear that "
    "messages do not reach them; owners read a count of messages",
    "a bot of Slack is there for the whole workspace",
    only="teams",
)
LEAVER = Difference(
    "somebody leaves the company",
    "heard of at once",
    "not heard of; what is sent then fails, as where the bot was taken out",
    "needs a permission that we do not ask for",
)
DEMONSTRATION = Difference(
    "the demonstration",
    "`make demo`, with its page and its buttons",
    "Microsoft's Playground, in the tests",
    "the page stands in for Slack; for Teams Microsoft has one of its own",
)
REQUESTS = Difference(
    "what a stranger could send",
    "requests signed with the app's secret",
    "activities under a token of Microsoft's keys",
    "what is forged is the platform's own, so each has its own tests",
    held_by=(
        "tests/teams/test_teams_gate.py::test_a_bad_token_is_refused",
        "tests/teams/test_teams_hostile.py::test_whatever_is_sent_is_answered",
        "tests/teams/test_teams_hostile.py::test_whatever_is_filled_in_is_answered_and_shown_inert",
    ),
)
CHARTS = Difference(
    "charts",
    "Slack's own, else pictures, else words",
    "Teams' own, with the same figures in words beside them",
    "a client of Teams that draws no chart shows what stands beside it; Slack refuses what it cannot draw",
    held_by=(
        "tests/slack/test_slack_posting.py::test_a_slack_without_charts_gets_a_picture_in_the_same_message",
        "tests/teams/test_teams_cards.py::test_every_chart_has_its_figures_beside_it",
    ),
)
OWNERS = Difference(
    "who may set up",
    "`BOTHWAYS_OWNERS`, else the workspace's admins",
    "`BOTHWAYS_OWNERS`",
    "Teams names no admins to a bot",
    held_by=(
        "tests/slack/test_slack_listeners.py::test_only_admins_open_the_set_up_unless_the_operator_names_others",
        "tests/teams/test_teams_listeners.py::test_the_operators_owners_may_set_up_and_nobody_else",
    ),
)
PROFILES = Difference(
    "names and zones",
    "the directory",
    "the roster; the zone that the person's Teams tells; one's manager, offered in the form to join, where "
    "[Graph is granted](install-teams.md)",
    "the directory of Teams is Microsoft Graph, which needs permissions",
    held_by=(
        "tests/teams/test_teams_listeners.py::test_whoever_takes_the_bot_in_is_welcomed_and_sees_their_page",
    ),
)
SPEED = Difference(
    "how fast",
    "5 messages a second, one a second to one place",
    "the same, with bursts of six to one place",
    "Teams takes 7 in a second, 8 in two, 60 in thirty",
    held_by=("tests/app/test_app_platforms.py::test_a_workspace_keeps_the_pace_that_its_platforms_take",),
)
