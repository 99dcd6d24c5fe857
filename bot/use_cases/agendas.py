"""What the two of a pair write for each other: what to talk about next, and notes after a meeting."""

from datetime import datetime

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.meetings import Meeting, held, next_planned
from bot.mentoring.pair import Pair
from bot.mentoring.pair_texts import TEXT_LIMIT, About, PairText
from bot.mentoring.prompts import (
    AgendaArrived,
    AgendaForm,
    AgendaKept,
    NoteLine,
    NotesForm,
    NotesShown,
    Prompt,
)
from bot.mentoring.rights import Actor
from bot.mentoring.text import checked
from bot.ports import NewId, Records
from bot.use_cases.acting import active_pair, the_pair
from bot.use_cases.marking import wrote
from bot.use_cases.reminding import plan_reminders, reminded, whom
from bot.use_cases.saying import tell

NOTHING = "-"
"""Typed alone, it takes a text off."""
MOST_NOTES = 4
"""Notes that are shown at once."""
_AGENDA, _NOTES = "agenda", "notes"


def agenda(actor: Actor, *, records: Records, now: datetime) -> Prompt:
    """`/mentor agenda`: the form for what to talk about next, or the question with whom."""
    found = the_pair(actor, _AGENDA, records=records)
    return found if isinstance(found, Prompt) else open_agenda(actor, found, records=records, now=now)


def open_agenda(actor: Actor, key: PairId, *, records: Records, now: datetime) -> AgendaForm:
    """Ask what to talk about next; what stands already can be changed."""
    pair, one, partner = active_pair(actor, key, _AGENDA, records=records)
    ahead = next_planned(records.meetings(pair.id), now)
    texts = {text.by: text.text for text in _next(pair, records)}
    return AgendaForm(
        whom=whom(pair, one.id, records=records),
        at=ahead.at if ahead else None,
        yours=texts.get(one.id, ""),
        theirs=texts.get(partner.id, ""),
    )


def keep_agenda(actor: Actor, key: PairId, typed: str, *, records: Records, now: datetime) -> AgendaKept:
    """Keep what the actor wants to talk about; the partner gets it with the reminder, or at once after it."""
    pair, one, partner = active_pair(actor, key, _AGENDA, records=records)
    text = _read("agenda", typed)
    before = {each.by: each.text for each in _next(pair, records)}.get(one.id, "")
    ahead = next_planned(records.meetings(pair.id), now)
    answer = AgendaKept(whom(pair, one.id, records=records), ahead.at if ahead else None, text)
    if text == before:
        return answer
    records.save_pair_text(PairText(pair.id, About.AGENDA, one.id, None, text, now))
    wrote(pair, one.id, records=records, now=now)
    plan_reminders(pair, records=records, now=now)
    if ahead is not None and text and reminded(partner, ahead, now) and pair.open_to(partner.id):
        told = AgendaArrived(whom(pair, partner.id, records=records), ahead.at, text)
        tell(
            partner, f"agenda:{pair.id}:{ahead.id}:{one.id}:{now.isoformat()}", told, at=now, records=records
        )
    return answer


def close_agenda(pair: Pair, meeting: Meeting, *, records: Records) -> None:
    """Let what was to be talked about belong to a meeting that was held; the next begins empty."""
    for text in _next(pair, records):
        records.save_pair_text(PairText(pair.id, About.AGENDA, text.by, None, "", text.at))
        records.save_pair_text(PairText(pair.id, About.AGENDA, text.by, meeting.id, text.text, text.at))


def notes(actor: Actor, *, records: Records) -> Prompt:
    """`/mentor notes`: the notes of the two, or the question of which pair."""
    found = the_pair(actor, _NOTES, records=records)
    return found if isinstance(found, Prompt) else show_notes(actor, found, records=records)


def show_notes(actor: Actor, key: PairId, *, records: Records) -> NotesShown:
    """The notes of the two, newest first."""
    pair, one, _ = active_pair(actor, key, _NOTES, records=records)
    met = {meeting.id: meeting.at for meeting in held(records.meetings(pair.id))}
    texts = [each for each in records.pair_texts(pair.id, About.NOTE) if each.meeting in met]
    texts.sort(key=lambda each: (_at(met, each.meeting), each.at, each.by), reverse=True)
    shown = tuple(
        NoteLine(_at(met, each.meeting), records.participant(each.by).name, each.text)
        for each in texts[:MOST_NOTES]
    )
    return NotesShown(whom(pair, one.id, records=records), shown, bool(met), len(texts) - len(shown))


def open_notes(actor: Actor, key: PairId, *, records: Records) -> NotesForm:
    """Ask for a note on the last meeting; NotPossibleNow before the first."""
    pair, one, _ = active_pair(actor, key, _NOTES, records=records)
    last = _last(pair, records)
    return NotesForm(whom(pair, one.id, records=records), last.at, _own(pair, last.id, one.id, records))


def keep_notes(
    actor: Actor, key: PairId, typed: str, *, records: Records, now: datetime, new_id: NewId
) -> NotesShown:
    """Keep the actor's note on the last meeting, in place of their own earlier one."""
    del new_id  # nothing is made
    pair, one, _ = active_pair(actor, key, _NOTES, records=records)
    text = _read("note", typed)
    last = _last(pair, records)
    records.save_pair_text(PairText(pair.id, About.NOTE, one.id, last.id, text, now))
    wrote(pair, one.id, records=records, now=now)
    return show_notes(actor, key, records=records)


def _read(field: str, typed: str) -> str:
    """What was typed; empty where it is to be taken off."""
    text = checked(field, typed, TEXT_LIMIT, lines=True)
    return "" if text == NOTHING else text


def _next(pair: Pair, records: Records) -> tuple[PairText, ...]:
    return tuple(each for each in records.pair_texts(pair.id, About.AGENDA) if each.meeting is None)


def _at(met: dict[MeetingId, datetime], meeting: MeetingId | None) -> datetime:
    return met[MeetingId(meeting or "")]


def _last(pair: Pair, records: Records) -> Meeting:
    past = held(records.meetings(pair.id))
    if not past:
        raise NotPossibleNow(_NOTES, "no meeting")
    return past[-1]


def _own(pair: Pair, meeting: MeetingId, one: ParticipantId, records: Records) -> str:
    texts = records.pair_texts(pair.id, About.NOTE)
    return next((each.text for each in texts if each.meeting == meeting and each.by == one), "")
