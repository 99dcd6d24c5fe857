"""What Teams lets a bot send, as far as it says so (TEAMS.md §5)."""

from bot.mail import Pace, Rate, Way

PER_SECOND = 5.0
"""Messages in a tenant; Teams allows 50 requests a second of an app in a tenant (older pages: 30)."""
BURST_SECONDS = 4
IN_A_CONVERSATION = Rate(1.0, 6)
"""Teams takes 7 within one second, 8 within two and 60 within thirty. It takes 1,800 within an hour, too;
nobody's chat comes near that: a person may ask for twenty answers a minute (handlers/limits.py)."""


def pace(per_second: float = PER_SECOND) -> Pace:
    """The pace of one tenant with so many messages a second."""
    rate = Rate(per_second, max(1, round(per_second * BURST_SECONDS)))
    return Pace(dict.fromkeys(Way, rate), IN_A_CONVERSATION)
