"""What time does: it stands still, passes, and goes by while the bot is away."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from tests.use_cases.stateful.acting import DAY, HOUR, WEEK, Acting


class TimeRules(Acting):
    """Moves of the clock."""

    @rule()
    def the_bot_looks(self) -> None:
        """A tick, with the clock where it was."""
        self.town.settle()

    @rule(hours=st.integers(1, 20))
    def hours_pass(self, hours: int) -> None:
        """Part of a day, into the night or out of it."""
        self.town.skip(hours * HOUR)

    @rule(hours=st.integers(1, 60))
    def the_bot_is_away(self, hours: int) -> None:
        """For hours, or some days, nothing is planned and nothing leaves; then all of it is late."""
        self.town.now += hours * HOUR
        self.town.settle()

    @rule(days=st.integers(1, 6))
    def days_pass(self, days: int) -> None:
        """Some days."""
        self.town.skip(days * DAY)

    @rule(weeks=st.integers(1, 5))
    def weeks_pass(self, weeks: int) -> None:
        """Weeks in which nobody does anything."""
        self.town.skip(weeks * WEEK + timedelta(hours=1))
