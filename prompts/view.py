"""View: what every platform can show, before it has a platform's shape.

Nothing here is markup: a span's text is data and is escaped, where a target needs it, by that target.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.mentoring.ids import Address


@dataclass(frozen=True)
class Span:
    """A run of text in one style.

    `person` mentions somebody, `room` a channel; `link` is an https address of ours. `text` is what is read
    where none of these can be shown; `named` is false where that only points to them: "your partner".
    """

    text: str
    bold: bool = False
    italic: bool = False
    person: Address | None = None
    room: Address | None = None
    link: str | None = None
    named: bool = True


Line = tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """A short title, plain text."""

    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text; spans may hold line breaks."""

    line: Line


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Line, ...]


@dataclass(frozen=True)
class Note:
    """Small print: why this came, how to stop it."""

    line: Line


@dataclass(frozen=True)
class Divider:
    """A thin line between parts."""


@dataclass(frozen=True)
class Table:
    """Rows under a header, each as long as the header; its first column names the rows."""

    caption: str
    header: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


class ChartKind(StrEnum):
    """How a chart is drawn."""

    LINE = "line"
    BAR = "bar"
    AREA = "area"
    PIE = "pie"


@dataclass(frozen=True)
class Series:
    """One line, or one colour of bars or areas: a value for each of its chart's categories."""

    name: str
    points: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """A drawing of numbers. A pie has one series, whose points are its parts.

    `axis` names what the categories are. Limits that every platform takes stand in prompts/grids.py.
    """

    title: str
    kind: ChartKind
    axis: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]


class Tone(StrEnum):
    """How a button stands out; never the only sign of what it does."""

    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True)
class Button:
    """A button.

    `action` names its row in handlers/buttons.py; `value` is a hint to look up, never a right. What comes of
    it takes the place of the message, or is told `beside` it where the message asks other things too.
    """

    label: str
    action: str
    value: str = ""
    tone: Tone = Tone.PLAIN
    beside: bool = False


@dataclass(frozen=True)
class Buttons:
    """Buttons side by side."""

    buttons: tuple[Button, ...]


class InputKind(StrEnum):
    """The kinds of fields a form has."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    CHOICES = "choices"
    CHECKS = "checks"
    SUGGEST = "suggest"
    """One of many, found by typing; the options come from `source`."""
    SUGGEST_MANY = "suggest_many"
    TIME = "time"
    DATE = "date"
    PERSON = "person"
    PEOPLE = "people"
    CHANNEL = "channel"


@dataclass(frozen=True)
class Option:
    """One choice: its value and its words."""

    value: str
    label: str


@dataclass(frozen=True)
class Input:
    """A field of a form.

    `initial` holds the values it opens with (ISO dates, HH:MM times, option values, addresses); `limit` is
    in characters of text or in items chosen; `source` names the list that SUGGEST kinds search.
    """

    key: str
    kind: InputKind
    label: str
    hint: str = ""
    required: bool = True
    initial: tuple[str, ...] = ()
    initial_labels: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    source: str = ""
    limit: int | None = None


Block = Heading | Paragraph | Bullets | Note | Divider | Table | Chart | Buttons | Input


@dataclass(frozen=True)
class FormFrame:
    """What makes a view a form.

    Its name in handlers/forms.py, its title and submit word, and a hint that comes back with the answers.
    `keeps`: whoever closes it unsent is asked what stood in it.
    """

    name: str
    title: str
    submit: str
    value: str = ""
    keeps: bool = False


@dataclass(frozen=True)
class View:
    """What is shown. `text` says all of it in plain words, for those who hear it and for notifications."""

    text: str
    blocks: tuple[Block, ...] = ()
    form: FormFrame | None = field(default=None)


@dataclass(frozen=True)
class Reader:
    """Who reads, and how: their IANA zone, for every time that is shown, and their language.

    `slash`: commands are typed behind `/mentor`; `rooms`: a pair has a room of its own; `windows`: forms
    open in windows, and are closed; `mentions`: a name is one, and can be typed after a command.
    `names` are those of people whom a text only points to, where it mentions nobody.
    """

    zone: str = "UTC"
    locale: str = "en"
    slash: bool = True
    rooms: bool = True
    windows: bool = True
    mentions: bool = True
    names: tuple[tuple[Address, str], ...] = ()
