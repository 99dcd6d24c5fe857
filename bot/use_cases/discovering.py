"""For who does not know what they need: five questions, and ideas of what to learn."""

from collections import Counter
from collections.abc import Mapping

from bot.matching.topics import Topics
from bot.mentoring.discovery import MOST_IDEAS, Discovery
from bot.mentoring.errors import BadInput, Problem
from bot.mentoring.people import Participant
from bot.mentoring.prompts import Discovered, DiscoverForm, Idea
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import Records
from bot.use_cases.finding import can_be_asked
from bot.use_cases.interests import Interests
from bot.use_cases.joining import add_topics
from bot.use_cases.reading import Reading


def open_discover(actor: Actor) -> DiscoverForm:
    """Ask the five questions."""
    authorise(actor, Action.TAKE_PART)
    return DiscoverForm()


def discover(
    actor: Actor, answers: Mapping[str, str], discovery: Discovery, topics: Topics, *, records: Records
) -> Discovered:
    """Ideas for these answers; BadForm where one is missing or not offered. The answers are not kept."""
    authorise(actor, Action.TAKE_PART)
    reading = Reading()
    for question, offered in discovery.questions.items():
        reading.take(lambda question=question, offered=offered: _offered(question, answers, offered), None)  # type: ignore[misc] # mypy cannot type a default in a lambda
    reading.finish()
    one = records.participant(actor.id)
    taught = _taught(one, records)
    known = {Interests(topics, records).named(topic) for topic in (*one.learn, *one.teach)}
    ideas = discovery.ideas(answers, taught.keys(), known)
    return _shown(one, ideas, taught, job=discovery.is_of_the_job(answers))


def add_idea(
    actor: Actor, topic: str, ideas: tuple[str, ...], topics: Topics, *, records: Records
) -> Discovered:
    """Add one of the ideas to what the actor wants to learn; the ideas as they stand then."""
    authorise(actor, Action.TAKE_PART)
    if len(ideas) > MOST_IDEAS or topic not in ideas:
        raise BadInput("topic", Problem.NOT_A_CHOICE)
    add_topics(actor, "learn", (topic,), topics, records=records)
    one = records.participant(actor.id)
    named = Interests(topics, records).named
    return _shown(one, tuple(map(named, ideas)), _taught(one, records), job=False)


def _offered(question: str, answers: Mapping[str, str], offered: Mapping[str, tuple[str, ...]]) -> None:
    answer = answers.get(question, "")
    if answer not in offered:
        raise BadInput(question, Problem.NOT_A_CHOICE if answer else Problem.EMPTY)


def _taught(one: Participant, records: Records) -> Counter[str]:
    """How many people who can be asked now teach each topic."""
    return Counter(topic for other in can_be_asked(one, records) for topic in other.teach)


def _shown(one: Participant, ideas: tuple[str, ...], taught: Counter[str], *, job: bool) -> Discovered:
    return Discovered(tuple(Idea(topic, taught[topic], topic in one.learn) for topic in ideas), job)
