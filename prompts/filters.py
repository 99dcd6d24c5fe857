"""What templates can do with a value: name people, tell times in the reader's zone, join and count."""

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, Template, Undefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from bot import public_holidays
from bot.mentoring.errors import BadInput
from bot.mentoring.ids import Address
from bot.mentoring.pair import Reason
from bot.mentoring.summary import FEWEST_PEOPLE
from bot.mentoring.text import shortened
from bot.mentoring.waiting import Hint
from prompts import calendar_links, labels
from prompts.slots import Slots, Value
from prompts.view import Reader, Span
from prompts.wording import table, without_slash

SOMEBODY = "a colleague"
MINUTES = 60


def _reader(context: Context) -> Reader:
    reader: Reader = context["reader"]
    return reader


def _slots(context: Context) -> Slots:
    slots: Slots = context["slots"]
    return slots


@pass_context
def keep(context: Context, value: object) -> Markup:
    """What stands for a value in the Markdown; TypeError for what is no text, number or person.

    Only our own markup passes as it is: the outcome of a macro or of a filter here.
    """
    if isinstance(value, Markup):
        return value
    if isinstance(value, Undefined):
        str(value)  # a strict one raises, and names what is missing
    if isinstance(value, bool) or not isinstance(value, str | int | Span):
        raise TypeError(f"a template cannot show a {type(value).__name__}")
    return _slots(context).keep(str(value) if isinstance(value, int) else value)


@pass_context
def person(context: Context, who: Address, name: str = "", otherwise: str = SOMEBODY) -> Span:
    """A person, mentioned; where nobody is, their name is read, and `otherwise` where nobody knows it."""
    known = name or dict(_reader(context).names).get(who, "")
    return Span(known or otherwise, person=who, named=bool(known))


@pass_context
def people(context: Context, who: Iterable[Address]) -> list[Span]:
    """Several people, mentioned."""
    return [person(context, one) for one in who]


def room(where: Address, name: str = "the channel") -> Span:
    """A channel or a pair's room."""
    return Span(name, room=where)


@pass_context
def listed(context: Context, values: Iterable[Value], last: str = "and") -> Markup:
    """Values as a list in a sentence: "a, b and c"."""
    slots, words = _slots(context), table(_reader(context).locale, "words")["lists"]
    places = [slots.keep(value) for value in values]
    head = ", ".join(places[:-1])
    return Markup(f"{head} {words[last]} {places[-1]}" if head else "".join(places))  # noqa: S704 - places


@pass_context
def day(context: Context, at: datetime | date) -> str:
    """The day in the reader's zone: "Tuesday 24 November"."""
    if isinstance(at, datetime):
        at = at.astimezone(ZoneInfo(_reader(context).zone)).date()
    words = table(_reader(context).locale, "words")
    return f"{words['days'][at.weekday()]} {at.day} {words['months'][at.month - 1]}"


@pass_context
def clock(context: Context, at: datetime | time) -> str:
    """The time of day in the reader's zone: "10:00"."""
    if isinstance(at, datetime):
        at = at.astimezone(ZoneInfo(_reader(context).zone)).time()
    return f"{at.hour:02}:{at.minute:02}"


@pass_context
def moment(context: Context, at: datetime) -> str:
    """Day and time in the reader's zone: "Tuesday 24 November, 10:00"."""
    return f"{day(context, at)}, {clock(context, at)}"


@pass_context
def picks(context: Context, times: Iterable[datetime]) -> list[tuple[str, int]]:
    """(label, seconds since 1970) of times to pick from: "Tue 10:00", with the day where two read alike."""
    reader = _reader(context)
    local = [at.astimezone(ZoneInfo(reader.zone)) for at in times]
    short = [labels.short_day(at, reader.locale) for at in local]
    return [
        (name if short.count(name) == 1 else labels.short_date(at, reader.locale), int(at.timestamp()))
        for name, at in zip(short, local, strict=True)
    ]


@pass_context
def there(context: Context, at: datetime, zone: str) -> str:
    """What another's clock shows, with the weekday where it is another; empty where the two show the same."""
    here, other = (at.astimezone(ZoneInfo(name)) for name in (_reader(context).zone, zone))
    if here.replace(tzinfo=None) == other.replace(tzinfo=None):
        return ""
    same_day = here.date() == other.date()
    return f"{other:%H:%M}" if same_day else labels.short_day(other, _reader(context).locale)


@pass_context
def every(context: Context, rhythm: str) -> str:
    """A rhythm in words."""
    return labels.every(rhythm, _reader(context).locale)


def link(address: str, text: str) -> Span:
    """A web address of ours under a text."""
    return Span(text, link=address)


@pass_context
def google(context: Context, meeting: Any) -> str:  # noqa: ANN401 - a prompt with a date
    """The address that puts a meeting into a Google calendar."""
    title = labels.calendar("title", _reader(context).locale).format(partner=meeting.whom.partner)
    return calendar_links.google(title, meeting.at, meeting.minutes)


@pass_context
def outlook(context: Context, meeting: Any) -> str:  # noqa: ANN401 - a prompt with a date
    """The address that puts a meeting into an Outlook calendar."""
    title = labels.calendar("title", _reader(context).locale).format(partner=meeting.whom.partner)
    return calendar_links.outlook(title, meeting.at, meeting.minutes)


def holidays_of(place: str) -> str:
    """Whose public holidays somebody keeps: "Germany", or "Germany, Bayern"."""
    return public_holidays.name(place)


def place(zone: str) -> str:
    """A time zone as people say it: "Buenos Aires time" for America/Argentina/Buenos_Aires."""
    region, slash, _ = zone.partition("/")
    if not slash or region == "Etc":
        return zone
    return f"{zone.rsplit('/', 1)[1].replace('_', ' ')} time"


def plural(count: int | str, one: str, many: str = "") -> str:
    """A number with its noun: "1 pair", "3 pairs"."""
    return f"{count} {one if int(count) == 1 else many or one + 's'}"


def minutes(count: int | str) -> str:
    """A stretch of time: "2 hours 30 minutes"."""
    hours, rest = divmod(int(count), MINUTES)
    parts = [plural(hours, "hour")] if hours else []
    return " ".join([*parts, plural(rest, "minute")] if rest or not parts else parts)


@pass_context
def languages(context: Context, codes: Iterable[str]) -> list[str]:
    """Languages by their names; a code that has none stays."""
    return [labels.language(code, _reader(context).locale) for code in codes]


@pass_context
def reason(context: Context, one: Reason) -> Markup:
    """Why two people are a pair."""
    return _snippet(context, labels.pair_reason(one.kind, _reader(context).locale), one)


@pass_context
def waiting(context: Context, one: Reason) -> Markup:
    """Why somebody has no pair, said to them, and what would help."""
    return _snippet(context, labels.waiting_reason(one.kind, _reader(context).locale), one)


@pass_context
def between(context: Context, rule: str) -> str:
    """What stands between two people by a rule, said to an owner."""
    return labels.between(rule, _reader(context).locale)


@pass_context
def condition(context: Context, key: str) -> str:
    """A condition that owners confirm before a programme starts."""
    return labels.condition(key, _reader(context).locale)


@pass_context
def direction(context: Context, key: str) -> str:
    """Where somebody would like their work to go."""
    return labels.direction(key, _reader(context).locale)


@pass_context
def group(context: Context, kind: str) -> str:
    """Why some people have no pair, said to an owner about a number of them."""
    return labels.waiting_group(kind, _reader(context).locale)


@pass_context
def left(context: Context, step: tuple[str, int]) -> Markup:
    """How many people a rule left in the search for somebody: roughly, where they are few."""
    rule, people_left = step
    words = labels.left(rule, _reader(context).locale)
    return _filled(context, words, some=_some(context, people_left))


@pass_context
def hint(context: Context, one: Hint) -> Markup:
    """What alone would bring people into reach, said to somebody without a pair."""
    words = labels.hint(one.kind, _reader(context).locale)
    some = _some(context, one.people)
    return _filled(context, words, some=some, topic=one.topic, minutes=one.minutes)


def _some(context: Context, count: int) -> str:
    if count < FEWEST_PEOPLE:
        return labels.few("few" if count else "none", _reader(context).locale)
    return plural(count, "person", "people")


def _snippet(context: Context, source: str, one: Reason) -> Markup:
    return _filled(context, source, values=one.values)


def _filled(context: Context, source: str, **values: object) -> Markup:
    template = _compiled(context.environment, source)
    words = template.render(values, reader=_reader(context), slots=_slots(context))
    return Markup(words)  # noqa: S704 - its values are places already


@cache
def _compiled(environment: Environment, source: str) -> Template:
    return environment.from_string(source)


@pass_context
def problem(context: Context, bad: BadInput) -> str:
    """What is wrong with a value, and what to do."""
    reader = _reader(context)
    said = labels.problem(bad, reader.locale, mentions=reader.mentions)
    return said if reader.slash else without_slash(said)


@pass_context
def moved_on(context: Context, state: str, event: str) -> Markup:
    """What is possible with something that has moved on."""
    return Markup(labels.moved_on(event, state, _reader(context).locale))  # noqa: S704 - our own words


@pass_context
def not_for(context: Context, why: str) -> Markup:
    """Why somebody cannot take part."""
    return Markup(labels.not_for_them(why, _reader(context).locale))  # noqa: S704 - our own words


@pass_context
def standing(context: Context, state: str) -> str:
    """Where a pair stands, in a few words."""
    return labels.pair_state(state, _reader(context).locale)


@pass_context
def term(context: Context, key: str) -> str:
    """What a question of the agreement is called."""
    return labels.term(key, _reader(context).locale)


@pass_context
def answer(context: Context, value: str, key: str) -> str:
    """An answer to a question of the agreement: a choice or a day in words, what was typed as it is."""
    if key == "ends" and value:
        ends = date.fromisoformat(value)
        return f"{day(context, ends)} {ends.year}"
    return labels.term_choice(key, value, _reader(context).locale) or value


@pass_context
def agreement(context: Context, state: str, partner: str) -> Markup:
    """Where two people stand on their way to an agreement."""
    return _filled(context, labels.standing_words(state, _reader(context).locale), partner=partner)


@pass_context
def usage(context: Context, command: str) -> str:
    """How a command is typed."""
    reader = _reader(context)
    typed = labels.usage(command, reader.locale)
    if not reader.mentions:
        typed = typed.partition(" [@")[0]
    return typed if reader.slash else without_slash(typed)


@pass_context
def about(context: Context, command: str) -> str:
    """What a command does, in one line."""
    return labels.help_line(command, _reader(context).locale)


@pass_context
def alone(context: Context, command: str) -> Markup:
    """What a command does by itself, and the button that does it, in our Markdown."""
    reader = _reader(context)
    return Markup(labels.alone(command, reader.locale, mentions=reader.mentions))  # noqa: S704 - our own words


@pass_context
def help_page(context: Context, topic: str) -> Markup:
    """A page of help, in our Markdown."""
    return Markup(labels.help_page(topic, _reader(context).locale))  # noqa: S704 - our own words


FILTERS: dict[str, Callable[..., Any]] = {
    "about": about,
    "agreement": agreement,
    "alone": alone,
    "answer": answer,
    "between": between,
    "clock": clock,
    "condition": condition,
    "day": day,
    "direction": direction,
    "every": every,
    "google": google,
    "group": group,
    "help_page": help_page,
    "holidays_of": holidays_of,
    "hint": hint,
    "languages": languages,
    "left": left,
    "link": link,
    "listed": listed,
    "minutes": minutes,
    "moment": moment,
    "moved_on": moved_on,
    "not_for": not_for,
    "outlook": outlook,
    "people": people,
    "person": person,
    "picks": picks,
    "place": place,
    "plural": plural,
    "problem": problem,
    "reason": reason,
    "room": room,
    "short": shortened,
    "standing": standing,
    "term": term,
    "there": there,
    "usage": usage,
    "waiting": waiting,
}
"""What templates call them."""
