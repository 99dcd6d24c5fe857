"""The words of forms, commands, reasons and problems, for the edges and for templates."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from bot.mentoring.elsewhere import Cues
from bot.mentoring.errors import BadInput
from prompts.plain import fitted
from prompts.view import Option
from prompts.wording import FALLBACK, table

OPTION_LIMIT = 75
"""Characters of a choice's words (Slack's limit, the lowest of the platforms)."""
DEFAULT = "default"
"""The row of a table that holds for everything without one of its own."""


@dataclass(frozen=True)
class Frame:
    """The words around a form."""

    title: str
    submit: str


@dataclass(frozen=True)
class Field:
    """The words of one field; `options` in the order in which they are offered."""

    label: str
    hint: str
    options: tuple[Option, ...]


def frame(form: str, *, again: bool = False, locale: str = FALLBACK) -> Frame:
    """The title and submit word of a form; `again` where something that exists is changed."""
    words = table(locale, "forms")[form]
    chosen = words["again"] if again and "again" in words else words
    return Frame(title=chosen["title"], submit=chosen["submit"])


def field(form: str, key: str, locale: str = FALLBACK) -> Field:
    """The words of a form's field; KeyError where prompts/<locale>/forms.yml has none."""
    words = table(locale, "forms")[form]["fields"][key]
    named = table(locale, "words")[words["from"]] if "from" in words else {}
    listed = {value: f"{name} ({value})" for value, name in sorted(named.items(), key=lambda one: one[1])}
    options = words.get("options", listed)
    return Field(
        label=words["label"],
        hint=words.get("hint", ""),
        options=tuple(Option(value, label) for value, label in options.items()),
    )


def term(key: str, locale: str = FALLBACK) -> str:
    """What a question of the agreement is called."""
    return field("change", key, locale).label


def term_choice(key: str, value: str, locale: str = FALLBACK) -> str | None:
    """A choice of the agreement in words; None where the question takes what anybody types."""
    named = {option.value: option.label for option in field("change", key, locale).options}
    return named.get(value)


def standing_words(state: str, locale: str = FALLBACK) -> str:
    """Where two people stand on their way to an agreement, as a template over `partner`."""
    return str(table(locale, "words")["agreement"][state])


def fields(form: str, locale: str = FALLBACK) -> tuple[str, ...]:
    """The keys of a form's fields, in their order."""
    return tuple(table(locale, "forms")[form]["fields"])


def problem(bad: BadInput, locale: str = FALLBACK, form: str = "", *, mentions: bool = True) -> str:
    """What is wrong with a value and what to do about it, in plain text.

    `form` names the form it stands in, where it does: some keys mean another thing in another form. Without
    `mentions` it asks nobody to type a name.
    """
    words = table(locale, "problems")
    own = words["fields"].get(f"{form}.{bad.field}") or words["fields"].get(bad.field, {})
    unnamed = {} if mentions else own.get("unnamed", {})
    said = {**own.get("problems", {}), **unnamed}
    sentence: str = said.get(bad.problem, words["problems"][bad.problem])
    label = own.get("label") or field_label(bad.field, form, locale)
    return sentence.format(label=label, limit=bad.limit)


def field_label(key: str, form: str = "", locale: str = FALLBACK) -> str:
    """What a field is called, in `form` or else in the first form that has it; else its key in words."""
    forms = table(locale, "forms")
    found = (each["fields"][key]["label"] for each in _forms_by(form, forms) if key in each["fields"])
    return str(next(found, key.replace("_", " ").capitalize()))


def _forms_by(first: str, forms: dict[str, Any]) -> list[dict[str, Any]]:
    return [forms[first], *forms.values()] if first in forms else list(forms.values())


def add_topic(topic: str, locale: str = FALLBACK) -> str:
    """The words that offer to add a topic nobody has named yet, in at most OPTION_LIMIT characters."""
    words = str(table(locale, "words")["add_topic"])
    return words.format(topic=fitted(topic, OPTION_LIMIT - len(words.format(topic=""))))


def nth_person(place: int, locale: str = FALLBACK) -> str:
    """Somebody whose name is not known, by their place (from 1) among those who are mentioned."""
    return str(table(locale, "words")["nth_person"]).format(place=place)


def short_day(at: datetime, locale: str = FALLBACK) -> str:
    """A local time in short: "Tue 10:00"."""
    words = table(locale, "words")
    return f"{words['days'][at.weekday()][:3]} {at:%H:%M}"


def short_date(at: datetime, locale: str = FALLBACK) -> str:
    """A local time with its day, in short: "Tue 1 Dec 10:00"."""
    words = table(locale, "words")
    return f"{words['days'][at.weekday()][:3]} {at.day} {words['months'][at.month - 1][:3]} {at:%H:%M}"


def both_clocks(here: datetime, there: datetime, partner: str, locale: str = FALLBACK) -> str:
    """A time on two clocks, the other's only where it differs, in at most OPTION_LIMIT characters."""
    first = short_date(here, locale)
    if here.replace(tzinfo=None) == there.replace(tzinfo=None):
        return first
    words = str(table(locale, "words")["both_clocks"])
    theirs = f"{there:%H:%M}" if here.date() == there.date() else short_day(there, locale)
    room = OPTION_LIMIT - len(words.format(here=first, there=theirs, partner=""))
    return words.format(here=first, there=theirs, partner=fitted(partner, room))


def minutes_long(length: int, locale: str = FALLBACK) -> str:
    """A length in words: "30 minutes"."""
    return str(table(locale, "words")["minutes_long"]).format(length=length)


def every(rhythm: str, locale: str = FALLBACK) -> str:
    """A rhythm in words: "every week"."""
    return str(table(locale, "words")["every"][rhythm])


def calendar(key: str, locale: str = FALLBACK) -> str:
    """Words of a calendar: its name, a meeting's title, what stands in it."""
    return str(table(locale, "words")["calendar"][key])


def language(code: str, locale: str = FALLBACK) -> str:
    """A language's name for its two-letter code; the code where it is not in the list."""
    return str(table(locale, "words")["languages"].get(code, code))


def pair_state(state: str, locale: str = FALLBACK) -> str:
    """Where a pair stands, in a few words."""
    return str(table(locale, "words")["pair_states"][state])


def moved_on(event: str, state: str, locale: str = FALLBACK) -> str:
    """What is possible with something in `state` to which `event` cannot happen any more.

    Declined, lapsed and ended read the same, so that nobody learns which it was.
    """
    words = table(locale, "words")["moved_on"]
    return str(words.get(f"{event} {state}") or words.get(state) or words[DEFAULT])


def not_for_them(why: str, locale: str = FALLBACK) -> str:
    """Why somebody cannot take part."""
    words = table(locale, "words")["not_for_them"]
    return str(words.get(why, words[DEFAULT]))


def pair_reason(kind: str, locale: str = FALLBACK) -> str:
    """A reason for a pair, as a template over `values`; KeyError for a kind without words."""
    return str(table(locale, "reasons")["pair"][kind])


def condition(key: str, locale: str = FALLBACK) -> str:
    """A condition that owners confirm before a programme starts."""
    offered = field("setup", "conditions", locale).options
    return next(option.label for option in offered if option.value == key)


def direction(key: str, locale: str = FALLBACK) -> str:
    """Where somebody would like their work to go."""
    offered = field("join", "direction", locale).options
    return next(option.label for option in offered if option.value == key)


def between(rule: str, locale: str = FALLBACK) -> str:
    """What stands between two people by a rule that owners may know; KeyError for any other."""
    return str(table(locale, "reasons")["between"][rule])


def left(rule: str, locale: str = FALLBACK) -> str:
    """How many people a rule left in the search for somebody, as a template over `some`."""
    return str(table(locale, "reasons")["left"][rule])


def hint(kind: str, locale: str = FALLBACK) -> str:
    """What would bring people into reach, as a template over `some`, `topic` and `minutes`."""
    return str(table(locale, "reasons")["hints"][kind])


def few(kind: str, locale: str = FALLBACK) -> str:
    """A number of people too small to be told: "none" of them, or a "few"."""
    return str(table(locale, "reasons")["few"][kind])


def waiting_reason(kind: str, locale: str = FALLBACK) -> str:
    """Why somebody has no pair, said to them, as a template over `values`; KeyError as above."""
    return str(table(locale, "reasons")["waiting"][kind]["you"])


def waiting_group(kind: str, locale: str = FALLBACK) -> str:
    """Why a number of people have no pair, said to an owner, without anybody's topics."""
    return str(table(locale, "reasons")["waiting"][kind]["group"])


def usage(command: str, locale: str = FALLBACK) -> str:
    """How a command is typed: "/mentor learn TOPIC, TOPIC"."""
    return f"/mentor {table(locale, 'commands')['commands'][command]['usage']}"


def help_line(command: str, locale: str = FALLBACK) -> str:
    """What a command does, in one line."""
    return str(table(locale, "commands")["commands"][command]["help"])


def alone(command: str, locale: str = FALLBACK, *, mentions: bool = True) -> str:
    """What a command does by itself, and what to press, in our Markdown; without `mentions` it names nobody.

    KeyError for a command that any words may follow.
    """
    words = table(locale, "commands")["commands"][command]
    return str(words["alone"] if mentions else words.get("unnamed", words["alone"]))


def commands(locale: str = FALLBACK) -> tuple[str, ...]:
    """Every command that has words."""
    return tuple(table(locale, "commands")["commands"])


def help_topics(locale: str = FALLBACK) -> tuple[str, ...]:
    """The topics that help has a page on."""
    return tuple(table(locale, "commands")["topics"])


def help_page(topic: str, locale: str = FALLBACK) -> str:
    """The page on a topic, in our Markdown; KeyError where there is none."""
    return str(table(locale, "commands")["topics"][topic])


def help_topic(typed: str, locale: str = FALLBACK) -> str:
    """The topic or command that is meant by who asks for help on `typed`, which stays where none fits."""
    words = table(locale, "commands")
    page = "-".join(typed.casefold().split())
    page = words["also"].get(page, page)
    return page if page in words["topics"] or page in words["commands"] else typed


@cache
def cues(locale: str = FALLBACK) -> Cues:
    """Words that tell what somebody wants who types no command."""
    words = table(locale, "cues")
    return Cues(**{kind: frozenset(some) for kind, some in words.items()})
