"""From "I don't know what I need" to topics: five questions, and what each answer points to."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

MOST_IDEAS = 5
"""Topics that are suggested at once."""


@dataclass(frozen=True)
class Discovery:
    """The questions in their order, each with its answers and the topics they point to.

    `job` are the (question, answer) pairs that tell of a skill which the person's job needs today: that is
    for them and their manager. `about_here` are topics of this place, which only colleagues can teach: one
    of them is always among the ideas.
    """

    questions: Mapping[str, Mapping[str, tuple[str, ...]]]
    job: frozenset[tuple[str, str]]
    about_here: tuple[str, ...]

    def is_of_the_job(self, answers: Mapping[str, str]) -> bool:
        """Whether an answer tells of a skill that the person's job needs today."""
        return not self.job.isdisjoint(answers.items())

    def ideas(
        self, answers: Mapping[str, str], taught: Collection[str], known: Collection[str]
    ) -> tuple[str, ...]:
        """Up to MOST_IDEAS topics for the answers; KeyError for a question or an answer that is not there.

        Topics that somebody here teaches (`taught`) come first, then those that more answers point to, then
        in the order of the questions. What the person has on a list already (`known`) is left out.
        """
        named = [topic for question, answer in answers.items() for topic in self.questions[question][answer]]
        points = Counter(named)
        order = {topic: place for place, topic in reversed(list(enumerate((*named, *self.about_here))))}

        def rank(topic: str) -> tuple[bool, int, int]:
            return (topic not in taught, -points[topic], order[topic])

        found = sorted((topic for topic in points if topic not in known), key=rank)[:MOST_IDEAS]
        here = sorted((topic for topic in self.about_here if topic not in known), key=rank)
        if here and not set(found) & set(here):
            found = [*found[: MOST_IDEAS - 1], here[0]]
        return tuple(found)
