"""Every form, for all platforms: its fields as data, and the use case its submission runs."""

from datetime import datetime

from bot import public_holidays
from bot.matching import Topics
from bot.mentoring.errors import BadForm, BadInput, CannotTakePart, NotPossibleNow, Problem
from bot.mentoring.ids import Address
from bot.mentoring.people import MAX_INTERESTS, Direction
from bot.mentoring.prompts import FormPrompt, JoinForm, PauseForm, Prompt, SetupForm
from bot.mentoring.text import NAME_LIMIT, TOPIC_LIMIT, clean, shortened
from bot.ports import NewId, Records
from bot.use_cases import joining, pausing, setting_up, welcoming
from bot.use_cases.acting import actor_at
from bot.use_cases.naming import matcher_here
from bot.use_cases.reading import MOST_LANGUAGES, ZONES
from bot.use_cases.setting_up import MOST_CONTACTS, MOST_OWNERS, PURPOSE_LIMIT
from handlers import agreeing, aiming, closing, coaching, concerns, meeting
from handlers.asked import gathered
from handlers.caller import Caller
from handlers.fields import Form, Sent, Values, clock, field, flag, given
from handlers.own_forms import OWN_FORMS
from handlers.owner_forms import OWNER_FORMS
from prompts import labels
from prompts.view import Input, InputKind, Option

MOST_SUGGESTED = 20


def _join_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, JoinForm):
        raise TypeError(type(prompt))
    kind = InputKind
    many = {"source": "topics", "limit": MAX_INTERESTS, "required": False}
    return (
        field("join", "name", kind.TEXT, *given(prompt.name), limit=NAME_LIMIT),
        field("join", "level", kind.CHOICE, *given(prompt.level)),
        field("join", "department", kind.TEXT, *given(prompt.department), limit=NAME_LIMIT),
        field("join", "learn", kind.SUGGEST_MANY, *prompt.learn, initial_labels=prompt.learn, **many),
        field("join", "teach", kind.SUGGEST_MANY, *prompt.teach, initial_labels=prompt.teach, **many),
        field("join", "places", kind.CHOICE, str(prompt.places)),
        field("join", "starts", kind.TIME, clock(prompt.starts)),
        field("join", "ends", kind.TIME, clock(prompt.ends)),
        field(
            "join",
            "zone",
            kind.SUGGEST,
            prompt.zone,
            initial_labels=(zone_words(prompt.zone),),
            source="zones",
        ),
        field(
            "join",
            "holidays",
            kind.SUGGEST,
            *given(prompt.holidays),
            initial_labels=tuple(map(public_holidays.name, given(prompt.holidays))),
            source="holidays",
            required=False,
        ),
        field("join", "languages", kind.CHOICES, *prompt.languages, required=False, limit=MOST_LANGUAGES),
        field(
            "join",
            "manager",
            kind.PERSON,
            *given(prompt.manager),
            initial_labels=given(prompt.manager_name),
            required=False,
        ),
        field("join", "since", kind.TEXT, *given(prompt.since), required=False, limit=len("YYYY-MM")),
        field("join", "found", kind.CHECKS, *flag(on=prompt.findable), required=False),
        field("join", "handover", kind.CHECKS, *flag(on=prompt.handover), required=False),
        field("join", "direction", kind.CHOICE, *_said(prompt.direction), required=False),
    )


def _said(direction: Direction) -> tuple[str, ...]:
    return () if direction is Direction.UNSAID else (direction.value,)


def _setup_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, SetupForm):
        raise TypeError(type(prompt))
    kind = InputKind
    zone = {"initial_labels": (zone_words(prompt.zone),), "source": "zones"}
    return (
        field("setup", "name", kind.TEXT, *given(prompt.name), limit=NAME_LIMIT),
        field("setup", "purpose", kind.LONG_TEXT, *given(prompt.purpose), limit=PURPOSE_LIMIT),
        field("setup", "channel", kind.CHANNEL, *given(prompt.channel)),
        field("setup", "first_round", kind.DATE, prompt.first_round.isoformat()),
        field("setup", "weeks", kind.TEXT, str(prompt.weeks_between_rounds), limit=len("52")),
        field("setup", "ends", kind.DATE, *given(prompt.ends), required=False),
        field("setup", "summary_day", kind.CHOICE, str(prompt.summary_day)),
        field("setup", "summary_at", kind.TIME, clock(prompt.summary_at)),
        field("setup", "zone", kind.SUGGEST, prompt.zone, **zone),
        field("setup", "owners", kind.PEOPLE, *prompt.owners, required=False, limit=MOST_OWNERS - 1),
        field("setup", "contacts", kind.PEOPLE, *prompt.contacts, limit=MOST_CONTACTS),
        field("setup", "routes", kind.LONG_TEXT, *given(prompt.routes), required=False, limit=PURPOSE_LIMIT),
        field("setup", "conditions", kind.CHECKS, *prompt.conditions),
        field("setup", "mandatory", kind.CHECKS, *flag(on=prompt.mandatory), required=False),
    )


def _pause_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, PauseForm):
        raise TypeError(type(prompt))
    return (
        field("pause", "until", InputKind.DATE, prompt.until.isoformat()),
        field("pause", "tell", InputKind.CHECKS, required=False),
    )


def _join(sent: Sent) -> Prompt:
    answers = joining.JoinAnswers(
        name=sent.one("name"),
        level=sent.one("level"),
        department=sent.one("department"),
        learn=sent.many("learn"),
        teach=sent.many("teach"),
        places=sent.one("places"),
        starts=sent.one("starts"),
        ends=sent.one("ends"),
        zone=sent.one("zone"),
        languages=sent.many("languages"),
        manager=sent.person("manager"),
        since=sent.one("since"),
        findable=bool(sent.many("found")),
        handover=bool(sent.many("handover")),
        direction=sent.one("direction"),
        holidays=sent.one("holidays"),
    )
    return joining.join(
        sent.actor,
        answers,
        sent.topics,
        public_holidays,
        records=sent.records,
        now=sent.now,
        new_id=sent.new_id,
    )


def _set_up(sent: Sent) -> Prompt:
    answers = setting_up.SetupAnswers(
        name=sent.one("name"),
        purpose=sent.one("purpose"),
        channel=sent.person("channel"),
        first_round=sent.one("first_round"),
        weeks=sent.one("weeks"),
        ends=sent.one("ends"),
        summary_day=sent.one("summary_day"),
        summary_at=sent.one("summary_at"),
        zone=sent.one("zone"),
        owners=tuple(map(Address, sent.many("owners"))),
        contacts=tuple(map(Address, sent.many("contacts"))),
        conditions=sent.many("conditions"),
        mandatory=bool(sent.many("mandatory")),
        routes=sent.one("routes"),
    )
    return setting_up.set_up(sent.actor, answers, records=sent.records, now=sent.now, new_id=sent.new_id)


def _pause(sent: Sent) -> Prompt:
    return pausing.pause(
        sent.actor,
        sent.one("until"),
        tell_partners=bool(sent.many("tell")),
        records=sent.records,
        now=sent.now,
        new_id=sent.new_id,
    )


FORMS: dict[str, Form] = gathered(
    {
        JoinForm.form: Form(_join_fields, _join),
        SetupForm.form: Form(_setup_fields, _set_up),
        PauseForm.form: Form(_pause_fields, _pause),
    },
    meeting.FORMS,
    agreeing.FORMS,
    aiming.FORMS,
    OWN_FORMS,
    OWNER_FORMS,
    coaching.FORMS,
    closing.FORMS,
    concerns.FORMS,
)


def fields(prompt: FormPrompt) -> tuple[Input, ...]:
    """The fields of a form, with what it opens with."""
    return FORMS[prompt.form].fields(prompt)


def submit(
    caller: Caller,
    form: str,
    value: str,
    values: Values,
    *,
    records: Records,
    now: datetime,
    new_id: NewId,
) -> Prompt:
    """Run what sending a form does.

    Raises BadForm with the fields that cannot be taken, for the edge to show beside them, and whatever
    else the rules refuse.
    """
    if caller.external:
        raise CannotTakePart("external")
    if form not in FORMS:
        raise NotPossibleNow("submit", "gone")
    actor = actor_at(caller.address, may_set_up=caller.may_set_up, records=records)
    try:
        return FORMS[form].submit(Sent(caller, actor, value, values, records, now, new_id))
    except BadInput as problem:
        raise BadForm((problem,)) from problem


def fill(
    caller: Caller, form: str, values: Values, *, records: Records, now: datetime, new_id: NewId
) -> None:
    """Somebody is filling in a form that keeps what stands in it, in case it is never sent."""
    del new_id  # a use of the edges takes it; nothing new is made here
    if caller.external or form != JoinForm.form:
        return
    actor = actor_at(caller.address, may_set_up=caller.may_set_up, records=records)
    known = {key: values[key] for key in labels.fields(form) if key in values}
    welcoming.keep_join(actor, known, records=records, now=now)


def leave(caller: Caller, form: str, *, records: Records, now: datetime, new_id: NewId) -> None:
    """Somebody closed a form without sending it."""
    del new_id  # as above
    if caller.external or form != JoinForm.form:
        return
    actor = actor_at(caller.address, may_set_up=caller.may_set_up, records=records)
    welcoming.offer_join(actor, records=records, now=now)


def zone_words(zone: str) -> str:
    """An IANA zone as people read it."""
    return zone.replace("_", " ")


def suggest(
    caller: Caller, source: str, query: str, *, records: Records, now: datetime, new_id: NewId
) -> tuple[Option, ...]:
    """What a field offers for what was typed so far: topics and the typed one itself, zones, or places."""
    del now, new_id  # a use of the edges takes them; nothing is timed or made here
    typed = shortened(clean(query), TOPIC_LIMIT)
    match source:
        case "topics":
            return _topics(typed, matcher_here(caller.house.matcher, records).topics)
        case "zones":
            return _zones(typed)
        case "holidays":
            places = public_holidays.suggest(typed, MOST_SUGGESTED)
            return tuple(
                Option(place, shortened(public_holidays.name(place), labels.OPTION_LIMIT)) for place in places
            )
        case _:
            raise BadInput(source, Problem.NOT_A_CHOICE)


def _topics(typed: str, topics: Topics) -> tuple[Option, ...]:
    known = [Option(name, name) for name in topics.suggest(typed, MOST_SUGGESTED)]
    if typed and topics.find(typed) is None:
        known.append(Option(typed, labels.add_topic(typed)))
    return tuple(known)


def _zones(typed: str) -> tuple[Option, ...]:
    wanted = typed.casefold().replace(" ", "_")
    found = sorted(name for name in ZONES if wanted in name.casefold() and ("/" in name or name == "UTC"))
    found.sort(key=lambda name: not name.rsplit("/", 1)[-1].casefold().startswith(wanted))
    return tuple(Option(name, zone_words(name)) for name in found[:MOST_SUGGESTED])
