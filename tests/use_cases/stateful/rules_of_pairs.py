"""What the two of a pair do: they answer, meet, write, and end."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import rule

from bot.mentoring.agreement import LOOK_BACK
from bot.mentoring.closing import GoOn, LookBack
from bot.mentoring.fit import Fit
from bot.mentoring.goals import Aim
from bot.mentoring.ids import ParticipantId
from bot.mentoring.meetings import Every
from bot.use_cases import (
    agendas,
    agreeing,
    aiming,
    answering,
    checking_in,
    closing,
    dates,
    fitting,
    flowing_back,
    going_on,
    parting,
    proposing,
    rhythms,
)
from tests.use_cases.stateful.acting import NUMBER, THEN, WHICH, WHO, WORDS, Acting, terms
from tests.worlds import HOUSE, JOURNEY

AIMS = st.builds(Aim, WORDS, WORDS, WORDS)
SAID = st.builds(LookBack, thanks=WORDS, shared=st.booleans(), again=st.booleans())


class PairRules(Acting):
    """One rule for each area of a pair; every rule acts for one of the two, whatever the pair's state."""

    @rule(who=WHO, which=WHICH, then=THEN)
    def says_yes(self, who: str, which: int, then: timedelta) -> None:
        """A yes to a proposal, or to one that is over."""
        self.on_pair(who, which, proposing.accept, JOURNEY, then=then)

    @rule(who=WHO, which=WHICH, then=THEN)
    def says_no(self, who: str, which: int, then: timedelta) -> None:
        """A no, which nobody else hears of."""
        self.quietly(who, lambda: self.on_pair(who, which, proposing.decline))
        self.later(then)

    @rule(who=WHO, which=WHICH, then=THEN)
    def says_we_met(self, who: str, which: int, then: timedelta) -> None:
        """They met."""
        self.on_pair(who, which, checking_in.met, JOURNEY, then=then)

    @rule(who=WHO, which=WHICH, then=THEN)
    def says_not_yet(self, who: str, which: int, then: timedelta) -> None:
        """They have not met."""
        self.on_pair(who, which, checking_in.not_yet, JOURNEY, then=then)

    @rule(who=WHO, which=WHICH, took_place=st.booleans(), number=NUMBER)
    def settles_a_meeting(self, who: str, which: int, took_place: bool, number: int) -> None:  # noqa: FBT001 # hypothesis draws it
        """Whether a meeting took place, by one of the two."""
        meeting = self.a_meeting(who, which, number)
        self.on_pair(who, which, checking_in.settle, meeting, took_place=took_place)

    @rule(who=WHO, number=NUMBER, answer=NUMBER, then=THEN)
    def answers_a_question(self, who: str, number: int, answer: int, then: timedelta) -> None:
        """An answer to something that was asked, be it long ago."""
        asked = self.asked(who)
        if asked:
            pair, step = asked[-1 - number % len(asked)]
            said = JOURNEY.by_key[step].answers
            self.town.do(who, answering.answer, pair.id, step, said[answer % len(said)], JOURNEY)
        self.later(then)

    @rule(who=WHO, which=WHICH, then=THEN)
    def says_that_they_know_each_other(self, who: str, which: int, then: timedelta) -> None:
        """The word that unlocks the tasks, asked for or not."""
        self.on_pair(who, which, answering.answer, "know_check", "known", JOURNEY, then=then)

    @rule(who=WHO, which=WHICH, then=THEN)
    def snoozes(self, who: str, which: int, then: timedelta) -> None:
        """Nothing of one pair for a week."""
        keys = [pair.id for pair in self.some_pair(who, which)]
        self.town.do(who, answering.snooze, keys, here=False)
        self.later(then)

    @rule(who=WHO, which=WHICH)
    def takes_up_a_pair(self, who: str, which: int) -> None:
        """One press after a rest."""
        self.on_pair(who, which, answering.wake)

    @rule(who=WHO, which=WHICH, ahead=st.integers(2, 20), hour=st.integers(0, 23), then=THEN)
    def offers_a_time(self, who: str, which: int, ahead: int, hour: int, then: timedelta) -> None:
        """A day and a time of their own."""
        day = (self.town.now + timedelta(days=ahead)).date().isoformat()
        self.on_pair(who, which, dates.offer, ((), day, f"{hour:02d}:00", "30"), HOUSE, then=then)

    @rule(who=WHO, which=WHICH, number=NUMBER, then=THEN)
    def picks_a_time(self, who: str, which: int, number: int, then: timedelta) -> None:
        """One of the times that the partner offers."""
        for pair in self.some_pair(who, which):
            offers = self.town.read(lambda records: records.offers(pair.id))  # noqa: B023 # used at once
            times = [at for one in offers if one.by != who for at in one.times]
            stamp = str(int(times[number % len(times)].timestamp())) if times else "1"
            self.town.do(who, dates.pick, pair.id, stamp, HOUSE)
        self.later(then)

    @rule(who=WHO, which=WHICH, number=NUMBER, then=THEN)
    def cancels_a_date(self, who: str, which: int, number: int, then: timedelta) -> None:
        """A date is off; often the next one."""
        self.on_pair(
            who, which, dates.cancel, self.a_meeting(who, which, number, planned=number > 2), then=then
        )

    @rule(who=WHO, which=WHICH)
    def takes_times_back(self, who: str, which: int) -> None:
        """What was offered is gone."""
        self.on_pair(who, which, dates.take_back)

    @rule(who=WHO, which=WHICH, words=WORDS, notes=st.booleans())
    def writes_an_agenda_or_a_note(self, who: str, which: int, words: str, notes: bool) -> None:  # noqa: FBT001 # hypothesis draws it
        """What to talk about, or what was talked about."""
        self.on_pair(who, which, agendas.keep_notes if notes else agendas.keep_agenda, words)

    @rule(who=WHO, which=WHICH, every=st.sampled_from(Every), then=THEN)
    def wishes_for_a_rhythm(self, who: str, which: int, every: str, then: timedelta) -> None:
        """How often the two meet."""
        self.on_pair(who, which, rhythms.choose_rhythm, every, then=then)

    @rule(who=WHO, which=WHICH, words=WORDS, weeks=st.sampled_from(LOOK_BACK), then=THEN)
    def writes_what_they_expect(self, who: str, which: int, words: str, weeks: str, then: timedelta) -> None:
        """Expectations, alone."""
        self.on_pair(who, which, agreeing.keep_expectations, terms(words, weeks), then=then)

    @rule(who=WHO, which=WHICH, number=NUMBER, words=WORDS, weeks=st.sampled_from(LOOK_BACK), then=THEN)
    def agrees_or_changes(
        self, who: str, which: int, number: int, words: str, weeks: str, then: timedelta
    ) -> None:
        """A yes to what stands, a change, an answer to one, or its undoing."""
        for pair in self.some_pair(who, which):
            agreement = self.town.read(lambda records: records.agreement(pair.id))  # noqa: B023 # used at once
            change = agreement.change.id if agreement.change else "none"
            versions = str(len(agreement.versions))
            match number % 6:
                case 0 | 1:
                    self.town.do(who, agreeing.agree, pair.id, change if agreement.change else "")
                case 2:
                    self.town.do(who, agreeing.suggest_change, pair.id, versions, terms(words, weeks))
                case 3:
                    self.town.do(who, agreeing.keep_terms, pair.id, change)
                case 4:
                    self.town.do(who, agreeing.take_back, pair.id, change)
                case _:
                    self.town.do(who, agreeing.undo_change, pair.id)
        self.later(then)

    @rule(who=WHO, which=WHICH)
    def finds_it_still_right(self, who: str, which: int) -> None:
        """What the two agreed is still right."""
        self.on_pair(who, which, agreeing.answer_aligned, JOURNEY)

    @rule(who=WHO, which=WHICH, aim=AIMS, then=THEN)
    def sets_a_goal(self, who: str, which: int, aim: Aim, then: timedelta) -> None:
        """A goal, new or changed."""
        self.on_pair(who, which, aiming.set_goal, aim, then=then)

    @rule(who=WHO, which=WHICH, step=st.booleans(), tell=st.booleans(), then=THEN)
    def walks_towards_a_goal(self, who: str, which: int, step: bool, tell: bool, then: timedelta) -> None:  # noqa: FBT001 # hypothesis draws it
        """A small step, or the goal itself."""
        for pair in self.some_pair(who, which):
            goal = self.town.read(lambda records: records.goals(pair.id).of(ParticipantId(who)))  # noqa: B023 # used at once
            if step:
                self.town.do(who, aiming.mark_step, pair.id, goal.key if goal else "1.0")
            else:
                number = str(goal.number) if goal else "1"
                self.town.do(who, aiming.reach_goal, pair.id, number, tell=tell)
        self.later(then)

    @rule(who=WHO, which=WHICH, topics=st.sampled_from([("SQL",), ("Deep craft",), ("Nothing here",), ()]))
    def chooses_what_flows_back(self, who: str, which: int, topics: tuple[str, ...]) -> None:
        """A one-sided pair finds what flows back."""
        self.on_pair(who, which, flowing_back.choose_back, topics)

    @rule(who=WHO, which=WHICH, fit=st.sampled_from(Fit))
    def says_how_it_feels(self, who: str, which: int, fit: Fit) -> None:
        """In private."""
        self.on_pair(who, which, fitting.answer_fit, fit)

    @rule(who=WHO, which=WHICH, again=st.booleans(), then=THEN)
    def ends_a_pair(self, who: str, which: int, again: bool, then: timedelta) -> None:  # noqa: FBT001 # hypothesis draws it
        """An end, or a rematch, which the partner does not hear of for some days."""
        use = parting.rematch if again else parting.end_pair
        self.quietly(who, lambda: self.on_pair(who, which, use))
        self.later(then)

    @rule(who=WHO, which=WHICH, number=NUMBER, said=SAID, then=THEN)
    def closes_together(self, who: str, which: int, number: int, said: LookBack, then: timedelta) -> None:
        """A closing is proposed, agreed to or not, and looked back on."""
        match number % 5:
            case 0 | 1:
                self.on_pair(who, which, closing.propose)
            case 2:
                self.on_pair(who, which, closing.agree)
            case 3:
                self.on_pair(who, which, closing.not_now)
            case _:
                self.on_pair(who, which, closing.look_back, said)
        self.later(then)

    @rule(who=WHO, which=WHICH, said=st.sampled_from(GoOn), then=THEN)
    def says_whether_it_goes_on(self, who: str, which: int, said: GoOn, then: timedelta) -> None:
        """The answer to a question that comes after half a year."""
        self.on_pair(who, which, going_on.answer, said, then=then)

    @rule(who=WHO, which=WHICH)
    def lets_a_pair_go_on(self, who: str, which: int) -> None:
        """A rest after a concern is taken back."""
        self.on_pair(who, which, parting.let_go_on)
