"""Matching: who meets whom, and why. Pure: data in, data out.

    topics = load_topics()                                   # bot/catalogue.py
    people = [
        Person("U1", level=2, department="Research", learn=("Negotiation",), teach=("SQL", "Python"),
               hours=WorkingHours("Europe/Berlin"), places=1, languages=frozenset({"en"}), manager="U9"),
        Person("U2", level=6, department="Sales", learn=("SQL",), teach=("Negotiation",),
               hours=WorkingHours("Africa/Lagos", start=8 * 60, end=16 * 60), places=2),
    ]
    limits = Limits(history=[("U1", "U7")], forbidden=[("U2", "U5")], locked=[], kept=[])
    result = match(people, Rules(), limits=limits, reference=now, topics=topics, seed=1)
    result.pairs[0].a, result.pairs[0].a_learns              # "U1", ("Negotiation",)
    result.pairs[0].reasons                                  # Learns(...), LevelsApart(levels=4), ...
    result.unmatched                                         # (Unmatched(id, why, funnel, ...), ...)
    result.figures.objective, result.figures.bound           # equal: no better round exists

    why_not("U1", "U2", people, rules, limits=limits, reference=now, topics=topics).broken   # (Rule.HOURS,)
    topics.resolve("k8s").topic.name, topics.suggest("neg")  # "Kubernetes", ("Negotiation", ...)

Pass everybody who is known, with `places=0` for those who take no part now: the reporting line runs
through them. Nothing here has words; `bot.matching.reasons` lists what is to be said.
"""

from bot.matching.explain import PairAnswer
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
    Learns,
    LevelsApart,
    Reason,
    Rule,
    TopicSupply,
    WhyNobody,
)
from bot.matching.run import explain_pair, match, why_not
from bot.matching.spelling import LONGEST_TOPIC, normalise
from bot.matching.topics import How, Resolution, Topic, Topics, TopicsError

__all__ = [
    "LONGEST_TOPIC",
    "AcrossDepartments",
    "CloseTopic",
    "CommonHours",
    "CommonLanguages",
    "Figures",
    "FunnelStep",
    "How",
    "Learns",
    "LevelsApart",
    "Limits",
    "MatchResult",
    "MatchedPair",
    "Notice",
    "NoticeKind",
    "PairAnswer",
    "Part",
    "Person",
    "Reason",
    "Resolution",
    "RosterError",
    "Rule",
    "Rules",
    "Topic",
    "TopicSupply",
    "Topics",
    "TopicsError",
    "Unmatched",
    "WhyNobody",
    "Window",
    "WorkingHours",
    "explain_pair",
    "match",
    "normalise",
    "why_not",
]
