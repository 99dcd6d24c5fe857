"""What a typed topic is called here: by the maintained topics, or as somebody else called it first."""

from functools import cached_property

from bot.matching.topics import How, Resolution, Topics
from bot.mentoring.people import Declared
from bot.mentoring.text import TOPIC_LIMIT, checked
from bot.ports import Records


class Interests:
    """The topics of one workspace: the maintained ones, and those that its people named themselves."""

    def __init__(self, topics: Topics, records: Records) -> None:
        self._topics = topics
        self._records = records

    def resolved(self, field: str, typed: str) -> Resolution:
        """What a typed topic stands for; BadInput names `field` where it is empty or too long.

        One that no file knows is spelled as the first person spelled it, so that it is one topic for all.
        Slips are mended only towards the topics of the files: towards people's own they would tell what
        others typed.
        """
        text = checked(field, typed, TOPIC_LIMIT)
        found = self._topics.resolve(text)
        if found.how is not How.NEW:
            return found
        spelled = self._own.get(self._topics.identity(text), text)
        return Resolution(self._topics.canonical(spelled), How.NEW)

    def named(self, typed: str) -> str:
        """The name of a topic that somebody typed in chat."""
        return self.resolved("topic", typed).topic.name

    @cached_property
    def declared(self) -> tuple[Declared, ...]:
        """What everybody declared, in order of joining, as it was when it was first asked for."""
        return self._records.declared()

    @cached_property
    def _own(self) -> dict[str, str]:
        """People's topics that no file knows by their identity, as the first of them spelled it."""
        own: dict[str, str] = {}
        for one in self.declared:
            for name in (*one.learn, *one.teach):
                if not self._topics.is_name(name):
                    own.setdefault(self._topics.identity(name), name)
        return own
