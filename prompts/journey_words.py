"""What `bothways journey` says: when a step comes, whom it speaks to, and what is wrong with one."""

from collections.abc import Iterator
from typing import Any

from bot.mentoring.steps import Again, Anchor, Journey, Step
from prompts.wording import table


class JourneyWords:
    """The words of a locale."""

    def __init__(self, locale: str) -> None:
        self._words = table(locale, "journey")

    def line(self, name: str, **facts: object) -> str:
        """One of the plain lines."""
        return str(self._words[name]).format(**facts)

    def wrong(self, name: str, **facts: object) -> str:
        """What is wrong, and where."""
        return str(self._words["wrong"][name]).format(**facts)

    def example(self) -> dict[str, Any]:
        """The two of the example, by the names of their fields."""
        named = dict(self._words["example"])
        return {**named, "departments": tuple(named["departments"])}

    def moment(self, step: Step, journey: Journey) -> str:
        """Which stage a step belongs to, what it is, whom it speaks to, and when it comes."""
        return self.line(
            "moment",
            stage=_plain(step.stage),
            kind=_plain(step.kind),
            side=self._words["sides"][step.to],
            when=", ".join(self._when(step, journey)),
        )

    def _when(self, step: Step, journey: Journey) -> Iterator[str]:
        stage = journey.stage[step.stage]
        if step.after is Anchor.STAGE:
            yield self._of("stage", days=step.days, opens=_plain(stage.opens))
        else:
            nth = f" {step.nth}" if step.nth else ""
            yield self._of("days", days=step.days, after=f"{_plain(step.after)}{nth}")
        if stage.locked:
            yield self._of("locked")
        if step.latest_days is not None:
            yield self._of("latest", days=step.latest_days)
        if step.undated_days is not None:
            yield self._of("undated", days=step.undated_days)
        if step.only:
            yield self._of("only", conditions=" and ".join(map(_plain, step.only)))
        if step.unless:
            yield self._of("unless", conditions=" or ".join(map(_plain, step.unless)))
        if step.alone_days is not None:
            yield self._of("alone", days=step.alone_days)
        if step.again is not Again.NEVER:
            yield self._of("again", again=_plain(step.again))

    def _of(self, name: str, **facts: object) -> str:
        return str(self._words["when"][name]).format(**facts)


def _plain(key: str) -> str:
    return key.replace("_", " ")
