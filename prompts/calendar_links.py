"""Addresses that open a calendar with a meeting filled in; nothing is sent before the person saves it."""

from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

GOOGLE = "https://calendar.google.com/calendar/render"
OUTLOOK = "https://outlook.office.com/calendar/0/deeplink/compose"


def google(title: str, at: datetime, minutes: int) -> str:
    """Google Calendar's template of an event."""
    times = (at, at + timedelta(minutes=minutes))
    span = "/".join(format(moment.astimezone(UTC), "%Y%m%dT%H%M%SZ") for moment in times)
    return f"{GOOGLE}?{urlencode({'action': 'TEMPLATE', 'text': title, 'dates': span})}"


def outlook(title: str, at: datetime, minutes: int) -> str:
    """Outlook's deep link to a new event."""
    begins, ends = (moment.astimezone(UTC).isoformat() for moment in (at, at + timedelta(minutes=minutes)))
    told = {"path": "/calendar/action/compose", "rru": "addevent", "subject": title}
    return f"{OUTLOOK}?{urlencode(told | {'startdt': begins, 'enddt': ends})}"
