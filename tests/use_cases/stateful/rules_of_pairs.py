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
from bot.mentoring.pair import Pair
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
from tests.use_cases.stateful.acting import NUMBER, THEN, WHO, WHOSE, WORDS, Acting, Whose, other_of, terms
from tests.worlds import HOUSE, JOURNEY

AIMS = st.just(Aim("To listen", "Others say so", "One question")) | st.builds(Aim, WORDS, WORDS, WORDS)
SAID = st.builds(LookBack, thanks=WORDS, shared=st.booleans(), again=st.booleans())


SETTLED = 6
"""Above it, the two remember a meeting differently first."""


class PairRules(Acting):
    """One rule for each area of a pair; most act for one of the two of a pair that lives, some for others."""

    @rule(whose=WHOSE, both=st.booleans(), then=THEN)
    def says_yes(self, whose: Whose, *, both: bool, then: timedelta) -> None:
        """A yes to a proposal, or to one that is over; or of both."""
        for who, pair in self.of_one_pair(whose):
            self.town.do(who, proposing.accept, pair.id, JOURNEY)
            if both:
                self.town.do(other_of(pair, who), proposing.accept, pair.id, JOURNEY)
        self.later(then)

    @rule(whose=WHOSE, then=THEN)
    def says_no(self, whose: Whose, then: timedelta) -> None:
        """A no, which nobody else hears of."""
        self.in_quiet(whose, proposing.decline)
        self.later(then)

    @rule(whose=WHOSE, both=st.booleans(), then=THEN)
    def says_we_met(self, whose: Whose, *, both: bool, then: timedelta) -> None:
        """They met, says one, or both."""
        for who, pair in self.of_one_pair(whose):
            self.town.do(who, checking_in.met, pair.id, JOURNEY)
            if both:
                self.town.do(other_of(pair, who), checking_in.met, pair.id, JOURNEY)
        self.later(then)

    @rule(whose=WHOSE, then=THEN)
    def says_not_yet(self, whose: Whose, then: timedelta) -> None:
        """They have not met."""
        self.about(whose, checking_in.not_yet, JOURNEY, then=then)

    @rule(whose=WHOSE, took_place=st.booleans(), number=NUMBER)
    def settles_a_meeting(self, whose: Whose, *, took_place: bool, number: int) -> None:
        """Whether a meeting took place, by one of the two."""
        for who, pair in self.of_one_pair(whose):
            meeting = self.a_meeting(pair, number)
            if number > SETTLED:
                self.town.do(other_of(pair, who), checking_in.met, pair.id, JOURNEY)
                self.town.do(who, checking_in.not_yet, pair.id, JOURNEY)
            self.town.do(who, checking_in.settle, pair.id, meeting, took_place=took_place)

    @rule(who=WHO, number=NUMBER, answer=NUMBER, then=THEN)
    def answers_a_question(self, who: str, number: int, answer: int, then: timedelta) -> None:
        """An answer to something that was asked, be it long ago."""
        asked = self.asked(who)
        if asked:
            pair, step = asked[-1 - number % len(asked)]
            said = JOURNEY.by_key[step].answers
            self.town.do(who, answering.answer, pair.id, step, said[answer % len(said)], JOURNEY)
        self.later(then)

    @rule(whose=WHOSE, then=THEN)
    def says_that_they_know_each_other(self, whose: Whose, then: timedelta) -> None:
        """The word that unlocks the tasks, asked for or not."""
        self.about(whose, answering.answer, "know_check", "known", JOURNEY, then=then)

    @rule(whose=WHOSE, then=THEN)
    def snoozes(self, whose: Whose, then: timedelta) -> None:
        """Nothing of one pair for a week."""
        for who, pair in self.of_one_pair(whose):
            self.town.do(who, answering.snooze, [pair.id], here=False)
        self.later(then)

    @rule(whose=WHOSE, ahead=st.integers(1, 20), hour=st.integers(6, 22), picked=st.booleans(), then=THEN)
    def offers_a_time(
        self,
        whose: Whose,
        ahead: int,
        hour: int,
        *,
        picked: bool,
        then: timedelta,
    ) -> None:
        """A day and a time of their own, which the other picks or not."""
        day = (self.town.now + timedelta(days=ahead)).date().isoformat()
        for who, pair in self.of_one_pair(whose):
            self.town.do(who, dates.offer, pair.id, ((), day, f"{hour:02d}:00", "30"), HOUSE)
            if picked:
                self.pick(other_of(pair, who), pair, 0)
        self.later(then)

    @rule(whose=WHOSE, number=NUMBER, then=THEN)
    def picks_a_time(self, whose: Whose, number: int, then: timedelta) -> None:
        """One of the times that the partner offers."""
        for who, pair in self.of_one_pair(whose):
            self.pick(who, pair, number)
        self.later(then)

    @rule(whose=WHOSE, number=NUMBER, then=THEN)
    def cancels_a_date(self, whose: Whose, number: int, then: timedelta) -> None:
        """A date is off; often the next one."""
        for who, pair in self.of_one_pair(whose):
            self.town.do(who, dates.cancel, pair.id, self.a_meeting(pair, number, planned=number > 1))
        self.later(then)

    @rule(whose=WHOSE, words=WORDS, notes=st.booleans(), then=THEN)
    def writes_an_agenda_or_a_note(self, whose: Whose, words: str, *, notes: bool, then: timedelta) -> None:
        """What to talk about, or what was talked about."""
        self.about(whose, agendas.keep_notes if notes else agendas.keep_agenda, words, then=then)

    @rule(whose=WHOSE, every=st.sampled_from(Every), then=THEN)
    def wishes_for_a_rhythm(self, whose: Whose, every: str, then: timedelta) -> None:
        """How often the two meet."""
        self.about(whose, rhythms.choose_rhythm, every, then=then)

    @rule(whose=WHOSE, both=st.booleans(), words=WORDS, weeks=st.sampled_from(LOOK_BACK), then=THEN)
    def writes_what_they_expect(
        self,
        whose: Whose,
        *,
        both: bool,
        words: str,
        weeks: str,
        then: timedelta,
    ) -> None:
        """Expectations, alone; or each of the two alone."""
        for who, pair in self.of_one_pair(whose):
            self.town.do(who, agreeing.keep_expectations, pair.id, terms(words, weeks))
            if both:
                other = other_of(pair, who)
                self.town.do(other, agreeing.keep_expectations, pair.id, terms("Another thing", weeks))
        self.later(then)

    @rule(whose=WHOSE, number=NUMBER, words=WORDS, weeks=st.sampled_from(LOOK_BACK), then=THEN)
    def agrees_or_changes(self, whose: Whose, number: int, words: str, weeks: str, then: timedelta) -> None:
        """A yes to what stands, of one or both; a change, an answer to one, or its undoing."""
        for who, pair in self.of_one_pair(whose):
            agreement = self.town.read(lambda records: records.agreement(pair.id))  # noqa: B023 # used at once
            change = agreement.change.id if agreement.change else "none"
            versions = str(len(agreement.versions))
            other = other_of(pair, who)
            match number % 7:
                case 0 | 1:
                    for one in (who, other):
                        self.town.do(one, agreeing.keep_expectations, pair.id, terms("Some time", weeks))
                        self.town.do(one, agreeing.agree, pair.id, "" if not agreement.versions else change)
                    self.town.do(who, agreeing.agree, pair.id, "")
                case 2 | 3:
                    self.town.do(who, agreeing.suggest_change, pair.id, versions, terms(words, weeks))
                case 4:
                    self.town.do(who, agreeing.keep_terms, pair.id, change)
                case 5:
                    self.town.do(who, agreeing.take_back, pair.id, change)
                case _:
                    self.town.do(who, agreeing.undo_change, pair.id)
        self.later(then)

    @rule(whose=WHOSE, aim=AIMS, then=THEN)
    def sets_a_goal(self, whose: Whose, aim: Aim, then: timedelta) -> None:
        """A goal, new or changed."""
        self.about(whose, aiming.set_goal, aim, then=then)

    @rule(whose=WHOSE, step=st.booleans(), tell=st.booleans(), then=THEN)
    def walks_towards_a_goal(self, whose: Whose, *, step: bool, tell: bool, then: timedelta) -> None:
        """A small step, or the goal itself."""
        for who, pair in self.of_one_pair(whose):
            goal = self.town.read(lambda records: records.goals(pair.id).of(ParticipantId(who)))  # noqa: B023 # used at once
            if step:
                self.town.do(who, aiming.mark_step, pair.id, goal.key if goal else "1.0")
            else:
                number = str(goal.number) if goal else "1"
                self.town.do(who, aiming.reach_goal, pair.id, number, tell=tell)
        self.later(then)

    @rule(whose=WHOSE, number=NUMBER, topics=st.sampled_from([("SQL",), ("Deep craft",), ()]), then=THEN)
    def does_a_small_thing(self, whose: Whose, number: int, topics: tuple[str, ...], then: timedelta) -> None:
        """One press, such as most of them are."""
        match number % 6:
            case 0:
                self.about(whose, flowing_back.choose_back, topics)
            case 1:
                self.about(whose, fitting.answer_fit, list(Fit)[number % len(Fit)])
            case 2:
                self.about(whose, agreeing.answer_aligned, JOURNEY)
            case 3:
                self.about(whose, dates.take_back)
            case 4:
                self.about(whose, answering.wake)
            case _:
                self.about(whose, parting.let_go_on)
        self.later(then)

    @rule(whose=WHOSE, again=st.booleans(), then=THEN)
    def ends_a_pair(self, whose: Whose, *, again: bool, then: timedelta) -> None:
        """An end, or a rematch, which the partner does not hear of for some days."""
        self.in_quiet(whose, parting.rematch if again else parting.end_pair)
        self.later(then)

    @rule(whose=WHOSE, number=NUMBER, said=SAID, then=THEN)
    def closes_together(self, whose: Whose, number: int, said: LookBack, then: timedelta) -> None:
        """A closing is proposed, agreed to or not, and looked back on."""
        for who, pair in self.of_one_pair(whose):
            other = other_of(pair, who)
            match number % 6:
                case 0:
                    self.town.do(who, closing.propose, pair.id)
                case 1 | 2:
                    self.town.do(who, closing.propose, pair.id)
                    self.town.do(other, closing.agree, pair.id)
                case 3:
                    self.town.do(other, closing.propose, pair.id)
                    self.town.do(who, closing.not_now, pair.id)
                case _:
                    self.town.do(who, closing.look_back, pair.id, said)
        self.later(then)

    @rule(whose=WHOSE, said=st.sampled_from(GoOn), then=THEN)
    def says_whether_it_goes_on(self, whose: Whose, said: GoOn, then: timedelta) -> None:
        """The answer to a question that comes after half a year."""
        self.about(whose, going_on.answer, said, then=then)

    def pick(self, who: str, pair: Pair, number: int) -> None:
        """Somebody picks one of the times that the partner offers, or presses a time of long ago."""
        offers = self.town.read(lambda records: records.offers(pair.id))
        times = [at for one in offers if one.by != who for at in one.times]
        stamp = str(int(times[number % len(times)].timestamp())) if times else "1"
        self.town.do(who, dates.pick, pair.id, stamp, HOUSE)
