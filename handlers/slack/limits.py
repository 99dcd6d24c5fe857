"""What Slack lets an app send, as far as it says so."""

from bot.mail import Pace, Rate, Way

PER_SECOND = 5.0
"""Messages in a workspace; Slack allows "several hundred" a minute and names no figure."""
BURST_SECONDS = 20
IN_A_CHANNEL = Rate(1.0, 3)
"""About one message a second, with short bursts (docs.slack.dev, rate limits)."""
TIER_3 = Rate(50 / 60, 40)
"""Fifty calls a minute; some are left for calls that are made at once."""


def pace(per_second: float = PER_SECOND) -> Pace:
    """The pace of one workspace with so many messages a second."""
    posts = Rate(per_second, max(1, round(per_second * BURST_SECONDS)))
    faster = max(1.0, per_second / PER_SECOND)
    others = Rate(TIER_3.per_second * faster, round(TIER_3.burst * faster))
    return Pace({Way.POST: posts, Way.REPLACE: others, Way.OPEN: others}, IN_A_CHANNEL)
