"""Samples of what is said about meetings: times, dates, agendas, notes, rhythms, the calendar."""

from dataclasses import replace
from datetime import date, time, timedelta

from bot.mentoring import prompts as p
from bot.mentoring.ids import MeetingId
from tests.prompts.journey_samples import check_in
from tests.prompts.typed import NOW, OTHER_PAIR, PAIR, SOON, Typed

FAR, NEAR = "Asia/Singapore", "Europe/Berlin"
LATER = ((0, 0), (1, 5), (4, 2), (7, 0), (8, 1))
TIMES = tuple(SOON + timedelta(days=days, hours=hours) for days, hours in LATER)
ABOUT = ("met", "meet", "agenda", "notes", "why")
MEETING = MeetingId("feedface")


def meetings(said: Typed) -> dict[str, p.Prompt]:
    """Every prompt about meetings, by a name of its own."""
    whom = p.Whom(PAIR, said.other, FAR)
    return {
        **_times(said, whom),
        **_dates(whom),
        **_told(said, whom),
        **_texts(said, whom),
        **_rest(whom),
    }


def _times(said: Typed, whom: p.Whom) -> dict[str, p.Prompt]:
    form = p.TimesForm(whom, NEAR, TIMES, False, 30, date(2026, 12, 1), time(10))  # noqa: FBT003 - not stretched
    sent = p.TimesSent(whom, TIMES, 30)
    offered = p.TimesOffered(whom, TIMES[:4], 30)
    pairs = (p.PairAsked(PAIR, said.other), p.PairAsked(OTHER_PAIR, said.name))
    return {
        "times_form": form,
        "times_form_stretched": replace(form, stretched=True),
        "times_form_without_hours": replace(form, times=()),
        "times_form_to_move": replace(form, moving=SOON, minutes=45),
        "times_sent": sent,
        "times_sent_to_move": replace(sent, times=TIMES[:1], moving=SOON),
        "times_taken": p.TimesTaken(whom),
        "times_offered": offered,
        "times_offered_near": replace(offered, whom=replace(whom, zone=NEAR)),
        "times_offered_to_move": replace(offered, moving=SOON),
        "times_offered_again": replace(offered, passed=True),
        "times_offered_and_all_gone": replace(offered, times=(), passed=True),
        **{f"which_pair_to_{about}": p.WhichPair(about, pairs) for about in ABOUT},
    }


def _dates(whom: p.Whom) -> dict[str, p.Prompt]:
    set_now = p.MeetingSet(
        whom, MEETING, SOON, 30, "https://bot.example.com/calendar/c0ffee.ics?only=feedface"
    )
    reminder = p.MeetingReminder(whom, MEETING, SOON, 30, (), asks=False)
    return {
        "meeting_set": set_now,
        "meeting_set_moved": replace(set_now, moved=True, file=""),
        "meeting_set_shown": replace(set_now, fresh=False),
        "meeting_cancelled": p.MeetingCancelled(whom, SOON, yours=True),
        "meeting_cancelled_by_the_other": p.MeetingCancelled(whom, SOON, yours=False),
        "meeting_reminder": reminder,
        "meeting_reminder_that_asks": replace(reminder, asks=True),
        "agenda_asked": p.AgendaAsked(whom, SOON),
    }


def _told(said: Typed, whom: p.Whom) -> dict[str, p.Prompt]:
    found = p.NextDate(FAR, times=TIMES)
    noted = p.MeetingNoted(whom, 1, found, learner=True, rhythm=True, known=False)
    met = p.PairAsked(PAIR, said.other, "met", replace(found, times=TIMES[:2]))
    later = p.PairAsked(OTHER_PAIR, said.name, "not_yet", p.NextDate(NEAR, planned_at=SOON))
    return {
        "meeting_noted": noted,
        "meeting_noted_again": replace(noted, count=4, next=p.NextDate(FAR, planned_at=SOON), rhythm=False),
        "meeting_noted_with_a_step": replace(noted, count=2, step=said.word),
        "meeting_noted_where_the_other_offers": replace(noted, count=2, next=replace(found, theirs=True)),
        "meeting_noted_with_few_hours": replace(noted, count=2, next=replace(found, stretched=True)),
        "meeting_noted_without_hours": replace(noted, count=2, next=p.NextDate(FAR), learner=False),
        "meeting_noted_of_two_who_know_each_other": replace(noted, known=True),
        "did_you_meet_answered": check_in("did_you_meet", met, later),
        "did_you_meet_half_answered": check_in("did_you_meet", met, p.PairAsked(OTHER_PAIR, said.name)),
    }


def _texts(said: Typed, whom: p.Whom) -> dict[str, p.Prompt]:
    form = p.AgendaForm(whom, SOON, "", "")
    kept = p.AgendaKept(whom, SOON, said.topic)
    note = p.NoteLine(NOW, said.name, said.topic)
    agenda = ((said.name, said.topic), (said.other, said.second))
    return {
        "agenda_form": form,
        "agenda_form_without_date": replace(form, at=None, yours=said.topic, theirs=said.second),
        "agenda_kept": kept,
        "agenda_kept_without_date": replace(kept, at=None),
        "agenda_kept_empty": replace(kept, text=""),
        "agenda_arrived": p.AgendaArrived(whom, SOON, said.topic),
        "meeting_reminder_with_an_agenda": p.MeetingReminder(whom, MEETING, SOON, 45, agenda, asks=False),
        "notes_form": p.NotesForm(whom, NOW, said.topic),
        "notes_shown": p.NotesShown(whom, (note, replace(note, by=said.other)), met=True, more=2),
        "notes_shown_none": p.NotesShown(whom, (), met=True),
        "notes_shown_before_meeting": p.NotesShown(whom, (), met=False),
    }


def _rest(whom: p.Whom) -> dict[str, p.Prompt]:
    rhythm = p.RhythmShown(whom, "", "", yours=False)
    settled = p.MeetingSettled(whom, NOW, held=True, differs=False)
    return {
        "rhythm_shown": rhythm,
        "rhythm_shown_wished": replace(rhythm, wished="week", yours=True),
        "rhythm_shown_wished_by_the_other": replace(rhythm, agreed="month", wished="week", started=True),
        "rhythm_shown_agreed": replace(rhythm, agreed="two_weeks"),
        "settle_meeting": p.SettleMeeting(whom, MEETING, NOW),
        "meeting_settled": settled,
        "meeting_settled_not_held": replace(settled, held=False),
        "meeting_settled_not_yet": replace(settled, differs=True),
        "calendar_shown": p.CalendarShown("https://bot.example.com/calendar/c0ffee.ics"),
        "calendar_shown_anew": p.CalendarShown("https://bot.example.com/calendar/decade.ics", renewed=True),
        "calendar_shown_nowhere": p.CalendarShown(""),
    }
