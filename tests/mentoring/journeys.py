"""Stories of a pair, built or played hour by hour over the core alone."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.catalogue import load_journey
from bot.mentoring.ids import MeetingId, PairId, ParticipantId
from bot.mentoring.journey import Due, due_steps
from bot.mentoring.meetings import Meeting, MeetingState
from bot.mentoring.steps import Opens, Stage
from bot.mentoring.story import Done, Mark, Story

ANA, BEN = ParticipantId("ana"), ParticipantId("ben")
OPENED = datetime(2026, 11, 24, 9, tzinfo=UTC)
JOURNEY = load_journey()
STEP_OF_TIME = timedelta(hours=6)
FIRST_POSTS = ("introduction", "know_each_other", "align")
STAGES = (
    Stage("first"),
    Stage("second", Opens.SECOND_MEETING, locked=True),
    Stage("third", Opens.MEETING, locked=True),
    Stage("half", Opens.HALFWAY),
    Stage("last", Opens.LAST_WEEKS),
)
"""The stages of made-up journeys."""
Said = tuple[str, ParticipantId | None]


def days(count: float) -> datetime:
    """That many days after the opening."""
    return OPENED + timedelta(days=count)


def a_meeting(at: datetime, state: MeetingState = MeetingState.HELD) -> Meeting:
    """A meeting of the two."""
    return Meeting(MeetingId(at.isoformat()), PairId("p"), state, at)


def a_story(**changes: object) -> Story:
    """A pair in which both learn, opened on OPENED, of which nothing else has happened."""
    both = frozenset((ANA, BEN))
    return replace(Story((ANA, BEN), OPENED, learners=both, teachers=both), **changes)  # type: ignore[arg-type] # a builder


def posts(*also: Done, upto: str = "align") -> tuple[Done, ...]:
    """The first posts, said on their days, and what else was said."""
    said = FIRST_POSTS[: FIRST_POSTS.index(upto) + 1]
    moments = dict(zip(FIRST_POSTS, (days(0), days(2), days(16)), strict=True))
    return (*(Done(key, moments[key]) for key in said), *also)


Behaviour = Callable[["Life", Due], str | None]
"""What somebody answers to a step that is said to them; None for nothing."""


@dataclass
class Life:
    """A pair that is told what is due, and answers and meets as it is set to.

    `meets` are the days on which it meets and one of them tells.
    """

    answers: Behaviour = field(default=lambda _life, _due: None)
    meets: tuple[float, ...] = ()
    story: Story = field(default_factory=a_story)
    now: datetime = OPENED
    said: list[tuple[datetime, Said]] = field(default_factory=list)

    def until(self, day: float) -> "Life":
        """Let time pass."""
        while self.now <= days(day):
            for at in (days(one) for one in self.meets if self.now - STEP_OF_TIME < days(one) <= self.now):
                self.meet(at)
            for due in due_steps(self.story, JOURNEY, self.now)[:1]:
                self.tell(due)
                break
            else:
                self.now += STEP_OF_TIME
        return self

    def meet(self, at: datetime) -> None:
        """The two meet, and one of them tells."""
        if a_meeting(at) not in self.story.meetings:
            told = Done(Mark.TOLD, at, ANA)
            self.change(meetings=(*self.story.meetings, a_meeting(at)), done=(*self.story.done, told))

    def tell(self, due: Due) -> None:
        """Say a step, and answer it or not."""
        answer = self.answers(self, due) if due.to else None
        done = Done(due.step.key, self.now, due.to, answer, self.now if answer else None)
        self.said.append((self.now, (due.step.key, due.to)))
        self.change(done=(*self.story.done, done))

    def change(self, **changes: object) -> None:
        """Something has happened."""
        self.story = replace(self.story, **changes)  # type: ignore[arg-type] # as above

    def steps(self) -> list[str]:
        """The steps said, each once, in order."""
        return list(dict.fromkeys(key for _, (key, _to) in self.said))

    def stages(self) -> list[str]:
        """The stages opened, in order."""
        return list(dict.fromkeys(JOURNEY.by_key[key].stage for key in self.steps()))

    def count(self, key: str, to: ParticipantId | None) -> int:
        """How often a step was said to a recipient."""
        return [said for _, said in self.said].count((key, to))


def silent(_life: Life, _due: Due) -> None:
    """Answers nothing."""


def friendly(_life: Life, due: Due) -> str | None:
    """Answers everything with the first answer there is."""
    return due.step.answers[0] if due.step.answers else None


def ana_tries(_life: Life, due: Due) -> str | None:
    """Ana says "not yet" whenever asked, and Ben says nothing."""
    return "not_yet" if (due.step.key, due.to) == ("did_you_meet", ANA) else None


def never_yet(_life: Life, due: Due) -> str | None:
    """Says "not yet" whenever asked, and wants to go on."""
    return {"did_you_meet": "not_yet", "kind_ending": "go_on"}.get(due.step.key)
