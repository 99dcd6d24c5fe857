"""The agreement: each writes alone, both agree, and one alone changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.mentoring.agreement import (
    ALONE,
    CHOICES,
    OPEN_FOR,
    TOGETHER,
    Agreement,
    Change,
    Fate,
    Standing,
    Terms,
    agree_first,
    aligned_due,
    answer_change,
    base_terms,
    changed_fields,
    draft,
    expecting,
    go_back,
    propose,
    said_fine,
    standing,
)
from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.ids import ParticipantId
from bot.mentoring.text import NAME_LIMIT, checked
from tests.builders import MONDAY, an_agreement, some_terms

ADA, BEN = ParticipantId("ada"), ParticipantId("ben")
NAMES = {ADA: "Ada", BEN: "Ben"}
TODAY = MONDAY.date()
DAY = timedelta(days=1)


def compared(mine: Terms | None = None, theirs: Terms | None = None) -> Agreement:
    """Both have written."""
    one = expecting(an_agreement(), ADA, mine or some_terms())
    return expecting(one, BEN, theirs or some_terms())


def agreed() -> Agreement:
    """Version 1 holds since Monday."""
    return an_agreement(version=some_terms())


def a_change(by: ParticipantId = ADA, **more: object) -> Change:
    """A change to meet once a month."""
    plain = Change("c1", by, 1, some_terms(often="monthly"), MONDAY, MONDAY + OPEN_FOR)
    return replace(plain, **more)  # type: ignore[arg-type] # a builder takes what the class takes


def proposed(by: ParticipantId = ADA) -> Agreement:
    """A change waits for an answer."""
    return propose(agreed(), a_change(by), some_terms(), MONDAY)


def refused(run: Callable[[], object]) -> str:
    """The state in which a rule refuses."""
    with pytest.raises(NotPossibleNow) as caught:
        run()
    return caught.value.state


def test_what_somebody_wrote_may_be_changed_until_both_have_written() -> None:
    first = expecting(an_agreement(), ADA, some_terms())
    again = expecting(first, ADA, some_terms(hope="Courage"))
    assert again.expected_by(ADA) == some_terms(hope="Courage")
    assert not again.both_in
    both = expecting(again, BEN, some_terms())
    assert both.both_in
    assert refused(lambda: expecting(both, ADA, some_terms())) == "compared"


def test_a_draft_keeps_both_answers_and_takes_the_gentler_choice() -> None:
    ends = TODAY + 90 * DAY
    both = compared(
        some_terms(learn="Go", worry="", often="weekly", reply="week", look_back="4", ends=ends),
        some_terms(learn="Sales", worry="Time", often="monthly", reply="day", look_back="12"),
    )
    made = draft(both, NAMES, TODAY)
    assert made.learn == "Ada: Go\nBen: Sales"
    assert made.worry == "Ben: Time"
    assert made.share == some_terms().share
    assert (made.often, made.reply, made.look_back) == ("monthly", "week", "12")
    assert made.ends == ends
    assert draft(both, NAMES, ends).ends is None, "a day that has come is no last day"


def test_a_draft_of_the_longest_answers_and_names_fits_the_form_for_a_change() -> None:
    both = compared(some_terms(hope="a" * ALONE), some_terms(hope="b" * ALONE))
    names = {ADA: "n" * NAME_LIMIT, BEN: "m" * NAME_LIMIT}
    made = draft(both, names, TODAY).hope
    assert checked("hope", made, TOGETHER, lines=True) == made


def test_the_earlier_of_two_last_days_holds() -> None:
    first, second = TODAY + 30 * DAY, TODAY + 60 * DAY
    assert draft(compared(some_terms(ends=second), some_terms(ends=first)), NAMES, TODAY).ends == first


def test_a_draft_does_not_depend_on_who_wrote_first() -> None:
    mine, theirs = some_terms(learn="Go"), some_terms(learn="Sales")
    turned = expecting(expecting(an_agreement(), BEN, theirs), ADA, mine)
    assert draft(turned, NAMES, TODAY) == draft(compared(mine, theirs), NAMES, TODAY)


def test_the_draft_holds_once_both_have_agreed() -> None:
    terms = some_terms()
    first = agree_first(compared(), ADA, terms, MONDAY)
    assert first.current is None
    assert agree_first(first, ADA, terms, MONDAY) == first
    second = agree_first(first, BEN, terms, MONDAY)
    assert second.current is not None
    assert (second.current.number, second.current.terms) == (1, terms)
    assert agree_first(second, BEN, terms, MONDAY) == second


def test_nothing_is_agreed_before_both_have_written() -> None:
    alone = expecting(an_agreement(), ADA, some_terms())
    assert refused(lambda: agree_first(alone, ADA, some_terms(), MONDAY)) == "not written"
    assert refused(lambda: base_terms(alone, NAMES, TODAY)) == "not written"


def test_a_change_holds_only_with_the_others_yes_and_the_version_before_is_kept() -> None:
    waiting = proposed()
    assert waiting.versions == agreed().versions
    done = answer_change(waiting, "c1", BEN, Fate.AGREED, MONDAY + DAY)
    assert [version.terms.often for version in done.versions] == ["fortnightly", "monthly"]
    assert answer_change(done, "c1", BEN, Fate.AGREED, MONDAY + DAY) == done


def test_declining_keeps_what_held() -> None:
    done = answer_change(proposed(), "c1", BEN, Fate.DECLINED, MONDAY)
    assert done.versions == agreed().versions
    assert done.fate(MONDAY) is Fate.DECLINED
    assert refused(lambda: answer_change(done, "c1", BEN, Fate.AGREED, MONDAY)) == "change declined"


def test_only_the_maker_takes_a_change_back_and_only_the_other_answers_it() -> None:
    assert refused(lambda: answer_change(proposed(), "c1", ADA, Fate.AGREED, MONDAY)) == "yours"
    assert refused(lambda: answer_change(proposed(), "c1", ADA, Fate.DECLINED, MONDAY)) == "yours"
    assert refused(lambda: answer_change(proposed(), "c1", BEN, Fate.WITHDRAWN, MONDAY)) == "theirs"
    gone = answer_change(proposed(), "c1", ADA, Fate.WITHDRAWN, MONDAY)
    assert refused(lambda: answer_change(gone, "c1", BEN, Fate.AGREED, MONDAY)) == "change withdrawn"


@pytest.mark.parametrize(("maker", "other"), [(ADA, BEN), (BEN, ADA)])
def test_both_sides_may_do_the_same(maker: ParticipantId, other: ParticipantId) -> None:
    assert answer_change(proposed(maker), "c1", other, Fate.AGREED, MONDAY).versions[-1].number == 2


def test_a_change_lapses_by_itself() -> None:
    waiting, late = proposed(), MONDAY + OPEN_FOR
    assert waiting.open_change(late - DAY) is not None
    assert waiting.fate(late) is Fate.LAPSED
    assert refused(lambda: answer_change(waiting, "c1", BEN, Fate.AGREED, late)) == "change lapsed"
    anew = a_change(BEN, id="c2", at=late, expires_at=late + OPEN_FOR)
    assert propose(waiting, anew, some_terms(), late).change == anew


def test_one_change_is_open_at_a_time() -> None:
    second = a_change(BEN, id="c2")
    assert refused(lambda: propose(proposed(), second, some_terms(), MONDAY)) == "change open"


def test_a_change_is_made_from_what_holds_and_changes_something() -> None:
    old = a_change(base=0)
    assert refused(lambda: propose(agreed(), old, some_terms(), MONDAY)) == "agreed meanwhile"
    same = a_change(terms=some_terms())
    assert refused(lambda: propose(agreed(), same, some_terms(), MONDAY)) == "nothing new"


def test_an_older_proposal_has_been_replaced() -> None:
    assert refused(lambda: answer_change(proposed(), "c0", BEN, Fate.AGREED, MONDAY)) == Fate.REPLACED
    assert refused(lambda: answer_change(agreed(), "c1", BEN, Fate.AGREED, MONDAY)) == Fate.REPLACED


def test_undoing_brings_back_the_version_before_the_last() -> None:
    assert refused(lambda: go_back(agreed())) == "no change"
    changed = answer_change(proposed(), "c1", BEN, Fate.AGREED, MONDAY)
    assert go_back(changed) == changed.versions[0]


def test_a_draft_waits_while_a_change_to_it_is_open() -> None:
    waiting = propose(compared(), a_change(base=0), some_terms(), MONDAY)
    assert refused(lambda: agree_first(waiting, BEN, some_terms(), MONDAY)) == "change open"
    accepted = answer_change(waiting, "c1", BEN, Fate.AGREED, MONDAY)
    assert [version.number for version in accepted.versions] == [1]


def test_a_pair_is_asked_after_eight_weeks_and_every_eight_weeks_after() -> None:
    weeks = timedelta(weeks=8)
    assert aligned_due(an_agreement(), ADA) is None
    assert aligned_due(agreed(), ADA) == MONDAY + weeks
    fine = said_fine(agreed(), ADA, MONDAY + weeks)
    assert aligned_due(fine, ADA) == MONDAY + 2 * weeks
    assert aligned_due(fine, BEN) == MONDAY + weeks, "each is asked alone"
    assert aligned_due(agreed(), BEN, MONDAY + weeks) == MONDAY + 2 * weeks, "once asked, not sooner"


@pytest.mark.parametrize("weeks", CHOICES["look_back"])
def test_the_two_choose_after_how_many_weeks_they_are_asked(weeks: str) -> None:
    chosen = an_agreement(version=some_terms(look_back=weeks))
    assert aligned_due(chosen, ADA) == MONDAY + timedelta(weeks=int(weeks))


def test_an_agreed_change_begins_the_weeks_afresh_for_both() -> None:
    changed = answer_change(proposed(), "c1", BEN, Fate.AGREED, MONDAY + DAY)
    assert aligned_due(changed, ADA) == aligned_due(changed, BEN) == MONDAY + DAY + timedelta(weeks=8)


def test_nobody_says_that_nothing_is_fine() -> None:
    assert refused(lambda: said_fine(an_agreement(), ADA, MONDAY)) == "not agreed"


def test_each_sees_where_it_stands_and_no_more() -> None:
    alone = expecting(an_agreement(), ADA, some_terms())
    first = agree_first(compared(), ADA, some_terms(), MONDAY)
    seen = {
        "nobody": an_agreement(),
        "one wrote": alone,
        "both wrote": compared(),
        "one agreed": first,
        "agreed": agreed(),
        "change": proposed(),
    }
    told = {name: (standing(each, ADA, MONDAY), standing(each, BEN, MONDAY)) for name, each in seen.items()}
    assert told == {
        "nobody": (Standing.NOBODY_WROTE, Standing.NOBODY_WROTE),
        "one wrote": (Standing.YOU_WROTE, Standing.PARTNER_WROTE),
        "both wrote": (Standing.DRAFT, Standing.DRAFT),
        "one agreed": (Standing.YOU_AGREED, Standing.DRAFT),
        "agreed": (Standing.AGREED, Standing.AGREED),
        "change": (Standing.YOU_PROPOSE, Standing.PARTNER_PROPOSES),
    }


def test_what_differs_is_told_in_the_order_of_the_form() -> None:
    assert changed_fields(some_terms(), some_terms(cancel="x", learn="y", ends=TODAY)) == (
        "learn",
        "cancel",
        "ends",
    )
