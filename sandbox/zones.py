"""The names of all time zones, read from disk once."""

from zoneinfo import available_timezones

ZONES = frozenset(available_timezones())
