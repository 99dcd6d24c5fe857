"""A person's meetings as an iCalendar file (RFC 5545)."""

from datetime import timedelta

from icalendar import Calendar
from icalendar import Event as Entry

from bot.use_cases.calendars import Event
from prompts import labels

PRODUCT = "-//Bothways//Meetings//EN"
AGAIN = timedelta(hours=1)
"""How often calendars are asked to look again."""


def calendar_file(events: tuple[Event, ...]) -> bytes:
    """The file: the same bytes for the same meetings."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", labels.calendar("name"))
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    for event in events:
        calendar.add_component(_entry(event))
    return bytes(calendar.to_ical())


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", f"{event.id}@bothways")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", event.changed_at.replace(microsecond=0))
    entry.add("dtstart", event.at.replace(microsecond=0))
    entry.add("dtend", event.ends.replace(microsecond=0))
    entry.add("summary", labels.calendar("title").format(partner=event.partner))
    entry.add("description", labels.calendar("about"))
    entry.add("status", "CANCELLED" if event.cancelled else "CONFIRMED")
    entry.add("class", "PRIVATE")
    return entry
