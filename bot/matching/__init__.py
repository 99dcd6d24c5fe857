"""Matching: who meets whom, and why. Pure: data in, data out.

    topics = load_topics()                                   # bot/catalogue.py
    people = (
        Person("U1", level=2, department="Research", learn=("Negotiation",), teach=("SQL", "Python"),
               hours=WorkingHours("Europe/Berlin"), places=1, languages=frozenset({"en"}), manager="U9"),
        Person("U2", level=6, department="Sales", learn=("SQL",), teach=("Negotiation",),
               hours=WorkingHours("Africa/Lagos", start=8 * 60, end=16 * 60), places=2),
    )
    limits = Limits(history=[("U1", "U7")], forbidden=[("U2", "U5")], locked=[], kept=[])
    result = match(people, Rules(), limits=limits, reference=now, topics=topics, seed=1)
    result.pairs[0].a, result.pairs[0].a_learns              # "U1", ("Negotiation",)
    result.pairs[0].reasons                                  # Learns(...), LevelsApart(levels=4), ...
    result.unmatched                                         # (Unmatched(id, why, funnel, helps, ...), ...)
    result.figures.objective, result.figures.bound           # equal: no better round exists

    answer = why_not("U1", "U5", Setting(people, Rules(), now, topics, seed=1), limits)
    answer.broken or (answer.price, answer.changes)          # (Rule.HOURS,), or points and what would change
    compare(result, match(...)).now_alone                    # what-if: run again otherwise and compare
    reweigh(Rules(reciprocity=0), setting, limits).price     # what other rules would give, and cost
    topics.resolve("k8s").topic.name, topics.suggest("neg")  # "Kubernetes", ("Negotiation", ...)

Pass everybody who is known, with `places=0` for those who take no part now: the reporting line runs
through them. Nothing here has words; `bot.matching.reasons` lists what is to be said.
"""

from bot.matching.hours import Window, WorkingHours
from bot.matching.model import (
    Figures,
    Limits,
    MatchedPair,
    MatchResult,
    Notice,
    NoticeKind,
    Part,
    Person,
    RosterError,
    Rules,
    Unmatched,
)
from bot.matching.reasons import (
    AcrossDepartments,
    CloseTopic,
    CommonHours,
    CommonLanguages,
    FunnelStep,
    Help,
    HelpKind,
    Learns,
    LevelsApart,
    Reason,
    Rule,
    Standing,
    TopicSupply,
    WhyNobody,
)
from bot.matching.reweighing import Reweighed, reweigh
from bot.matching.run import Matcher, match
from bot.matching.spelling import LONGEST_TOPIC, normalise
from bot.matching.topics import How, Resolution, Topic, Topics, TopicsError
from bot.matching.what_if import Changes, PairAnswer, Setting, compare, explain_pair, why_not

__all__ = [
    "LONGEST_TOPIC",
    "AcrossDepartments",
    "Changes",
    "CloseTopic",
    "CommonHours",
    "CommonLanguages",
    "Figures",
    "FunnelStep",
    "Help",
    "HelpKind",
    "How",
    "Learns",
    "LevelsApart",
    "Limits",
    "MatchResult",
    "MatchedPair",
    "Matcher",
    "Notice",
    "NoticeKind",
    "PairAnswer",
    "Part",
    "Person",
    "Reason",
    "Resolution",
    "Reweighed",
    "RosterError",
    "Rule",
    "Rules",
    "Setting",
    "Standing",
    "Topic",
    "TopicSupply",
    "Topics",
    "TopicsError",
    "Unmatched",
    "WhyNobody",
    "Window",
    "WorkingHours",
    "compare",
    "explain_pair",
    "match",
    "normalise",
    "reweigh",
    "why_not",
]
