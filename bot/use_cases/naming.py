"""What a company calls topics: its owners' words beside the maintained ones."""

from dataclasses import replace
from functools import lru_cache

from bot.matching import Matcher, Topic, Topics, TopicsError
from bot.mentoring.errors import BadInput, Problem
from bot.mentoring.programme import OwnTopic
from bot.mentoring.prompts import WordsForm, WordsKept
from bot.mentoring.rights import Action, Actor, authorise
from bot.mentoring.text import TOPIC_LIMIT, checked
from bot.ports import Records
from bot.use_cases.acting import programme_of

MOST_OWN = 200
"""Topics that a company may add or name otherwise."""
MOST_NAMES = 12
"""Other names of one topic."""
NONE = "-"
"""What takes all own words off; a field left empty may be a slip."""
_WORKSPACES = 64


def matcher_here(matcher: Matcher, records: Records) -> Matcher:
    """The matcher with the words that the workspace's owners gave, if they gave any."""
    programme = records.programme()
    if programme is None or not programme.topics:
        return matcher
    return replace(matcher, topics=_merged(matcher.topics, programme.topics))


def open_words(actor: Actor, *, records: Records) -> WordsForm:
    """Ask for the company's own words, one topic a line."""
    programme = programme_of(records)
    authorise(actor, Action.RUN_PROGRAMME, programme)
    return WordsForm("\n".join(_line(one) for one in programme.topics))


def keep_words(actor: Actor, typed: str, topics: Topics, *, records: Records) -> WordsKept:
    """Keep the company's own words in place of those before; `topics` are the maintained ones.

    BadInput where a line cannot be read, or a word belongs to another topic already.
    """
    programme = programme_of(records)
    authorise(actor, Action.RUN_PROGRAMME, programme)
    lines = [line for line in typed.splitlines() if line.strip()]
    if not lines:
        raise BadInput("words", Problem.EMPTY)
    own = () if typed.strip() == NONE else tuple(map(_read, lines))
    if len(own) > MOST_OWN:
        raise BadInput("words", Problem.TOO_MANY, str(MOST_OWN))
    try:
        _merged(topics, own)
    except TopicsError as taken:
        raise BadInput("words", Problem.TAKEN, str(taken)) from None
    records.save_programme(replace(programme, topics=own))
    return WordsKept(len(own))


def _line(one: OwnTopic) -> str:
    return f"{one.name}: {', '.join(one.also)}" if one.also else one.name


def _read(line: str) -> OwnTopic:
    name, _, others = line.partition(":")
    also = tuple(checked("words", one, TOPIC_LIMIT) for one in others.split(",") if one.strip())
    if len(also) > MOST_NAMES:
        raise BadInput("words", Problem.TOO_MANY, str(MOST_NAMES))
    return OwnTopic(checked("words", name, TOPIC_LIMIT), also)


@lru_cache(_WORKSPACES)
def _merged(topics: Topics, own: tuple[OwnTopic, ...]) -> Topics:
    """The topics with more names for those that are known, and new ones; TopicsError where words clash."""
    merged = {topic.name: topic for topic in topics.entries}
    for one in own:
        known = topics.find(one.name)
        if known is None:
            if one.name in merged:
                raise TopicsError(one.name)
            merged[one.name] = Topic(one.name, aliases=one.also)
            continue
        for word in (one.name, *one.also):
            other = topics.find(word)
            if other is not None and other.name != known.name:
                raise TopicsError(word)
        topic = merged[known.name]
        new = tuple(word for word in one.also if topics.find(word) is None)
        merged[known.name] = replace(topic, aliases=(*topic.aliases, *new))
    return Topics(merged.values())
