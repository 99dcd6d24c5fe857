"""Forms on Teams as people fill them in: by labels, with what a person would type or choose."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from sandbox.people import RosterPerson
from tests.dialogues.cards import PEOPLE, Field, Json, fields_of
from tests.dialogues.differences import TOPICS, differs
from tests.dialogues.town import WrongUseError

PURPOSE = (
    "You get a colleague from another level who helps you with what you want to learn, "
    "and learns from you in turn."
)
DAY = ("09:00", "17:00")
Search = Callable[[str, str, str], Awaitable[list[tuple[str, str]]]]
"""(who, list, what is typed) -> what is offered, as (title, value)."""


@dataclass(frozen=True)
class Forms:
    """Fills forms in. `person` gives somebody's id on the platform, `people` the way back."""

    person: Callable[[str], str]
    people: dict[str, str]
    search: Search

    async def fill_in(self, who: str, card: Json, values: dict[str, Any]) -> dict[str, str]:
        """Put values into a card's fields; what its client refuses to send, by label."""
        fields = fields_of(card)
        unknown = [label for label in values if label not in fields]
        if unknown:
            raise WrongUseError(f"no field {unknown[0]!r}; the fields are: {', '.join(fields)}")
        for label, value in values.items():
            fields[label].element["value"] = await self._held(who, fields[label], value)
        return {
            label: str(field.element["errorMessage"])
            for label, field in fields.items()
            if field.element.get("isRequired") and not field.element.get("value")
        }

    def read(self, card: Json) -> dict[str, Json]:
        """A card's fields by label, as the sandbox tells those of a window."""
        return {
            label: {
                "label": label,
                "kind": field.kind,
                "options": [title for title, _ in field.choices],
                "value": self._shown(field),
                "optional": not field.element.get("isRequired", False),
            }
            for label, field in fields_of(card).items()
        }

    def _shown(self, field: Field) -> Any:
        held = str(field.element.get("value", ""))
        if field.dataset != PEOPLE:
            return field.shown(held)
        people = [self.people[one] for one in held.split(",") if one]
        return people if field.several else next(iter(people), None)

    @differs(TOPICS)
    async def _held(self, who: str, field: Field, value: Any) -> str:
        if value is None or value is False:
            return ""
        if value is True:
            return ",".join(held for _, held in field.choices)
        several = value if isinstance(value, list) else [value]
        if field.element["type"] != "Input.ChoiceSet":
            return ", ".join(str(one) for one in several)[: field.element.get("maxLength")]
        return ",".join([await self._chosen(who, field, str(one)) for one in several])

    async def _chosen(self, who: str, field: Field, wanted: str) -> str:
        if field.dataset == PEOPLE:
            return self.person(wanted)
        offered = await self.search(who, field.dataset, wanted) if field.dataset else field.choices
        for title, held in offered:
            if wanted.casefold() in (title.casefold(), held.casefold()):
                if field.dataset:  # the client shows what was chosen
                    field.element["choices"] = [{"title": title, "value": held}]
                return held
        raise WrongUseError(f"{field.label}: no option {wanted!r}; the options are: {offered}")


def declared(person: RosterPerson, fields: dict[str, Json]) -> dict[str, Any]:
    """What a person of the roster fills in, by label."""
    levels, languages = (fields[label]["options"] for label in ("Level", "Languages"))
    wanted: dict[str, Any] = {
        "Name": person.name,
        "Level": next(one for one in levels if one.split()[0].rstrip(".:") == str(person.level)),
        "Department": person.department,
        "I want to learn": list(person.learn),
        "I can teach": list(person.teach),
        "Places": str(person.places),
        "Working day starts": DAY[0],
        "Working day ends": DAY[1],
        "Languages": [one for one in languages if one.endswith(tuple(f"({c})" for c in person.languages))],
        "My manager": person.manager,
        "Joined the company": person.since,
        "Being found": True,
    }
    return {label: value for label, value in wanted.items() if label in fields and value is not None}


def settings(fields: dict[str, Json], contacts: list[str]) -> dict[str, Any]:
    """What the owner fills in; the other fields stay as the form fills them itself."""
    wanted: dict[str, Any] = {
        "Programme name": "Bothways",
        "What will a learner get?": PURPOSE,
        "Channel": "mentoring",
        "Contacts for concerns": contacts,
        "First round": fields["First round"]["value"] or "2026-12-01",
        "Conditions": True,
    }
    return {label: value for label, value in wanted.items() if label in fields}
