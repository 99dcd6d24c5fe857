"""The small forms of an owner."""

from bot.mentoring.ids import Address
from bot.mentoring.prompts import AboutTwoForm, FormPrompt, Prompt
from bot.use_cases import previewing
from handlers.fields import Form, Sent, field
from prompts.view import Input, InputKind


def _about_two_fields(_prompt: FormPrompt) -> tuple[Input, ...]:
    return (field("about_two", "two", InputKind.PEOPLE, limit=2),)


def _about_two(sent: Sent) -> Prompt:
    both = tuple(map(Address, sent.many("two")))
    matcher = sent.caller.house.matcher
    return previewing.look_up(sent.actor, both, matcher, records=sent.records, now=sent.now)


OWNER_FORMS: dict[str, Form] = {AboutTwoForm.form: Form(_about_two_fields, _about_two)}
