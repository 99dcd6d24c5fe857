"""The small forms of an owner."""

from bot.mentoring.ids import Address
from bot.mentoring.prompts import AboutTwoForm, ChoosingForm, FormPrompt, Prompt, WordsForm
from bot.use_cases import naming, previewing, weighing
from handlers.fields import Form, Sent, field, flag, given
from prompts.view import Input, InputKind

_DIGITS = len("300")
_LONGEST = 3_000
"""Characters of a long text (Slack's limit)."""


def _about_two_fields(_prompt: FormPrompt) -> tuple[Input, ...]:
    return (field("about_two", "two", InputKind.PEOPLE, limit=2),)


def _about_two(sent: Sent) -> Prompt:
    both = tuple(map(Address, sent.many("two")))
    matcher = sent.matcher
    return previewing.look_up(sent.actor, both, matcher, records=sent.records, now=sent.now)


def _choosing_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, ChoosingForm):
        raise TypeError(type(prompt))
    set_ = prompt.choosing
    kind = InputKind
    return (
        field("choosing", "reciprocity", kind.TEXT, str(set_.reciprocity), limit=_DIGITS),
        field("choosing", "levels", kind.TEXT, str(set_.levels), limit=_DIGITS),
        field("choosing", "departments", kind.TEXT, str(set_.departments), limit=_DIGITS),
        field("choosing", "hours", kind.TEXT, str(set_.hours), limit=_DIGITS),
        field("choosing", "overlap", kind.TEXT, str(set_.overlap), limit=_DIGITS),
        field("choosing", "lateral", kind.CHECKS, *flag(on=set_.lateral), required=False),
        field("choosing", "related", kind.CHECKS, *flag(on=set_.related), required=False),
    )


def _choose(sent: Sent) -> Prompt:
    answers = weighing.ChoosingAnswers(
        reciprocity=sent.one("reciprocity"),
        levels=sent.one("levels"),
        departments=sent.one("departments"),
        hours=sent.one("hours"),
        overlap=sent.one("overlap"),
        lateral=bool(sent.many("lateral")),
        related=bool(sent.many("related")),
    )
    return weighing.choose(sent.actor, answers, sent.matcher, records=sent.records, now=sent.now)


def _words_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, WordsForm):
        raise TypeError(type(prompt))
    kept = given(prompt.words)
    return (field("words", "words", InputKind.LONG_TEXT, *kept, limit=_LONGEST),)


def _keep_words(sent: Sent) -> Prompt:
    topics = sent.caller.house.matcher.topics
    return naming.keep_words(sent.actor, sent.one("words"), topics, records=sent.records)


OWNER_FORMS: dict[str, Form] = {
    AboutTwoForm.form: Form(_about_two_fields, _about_two),
    ChoosingForm.form: Form(_choosing_fields, _choose),
    WordsForm.form: Form(_words_fields, _keep_words),
}
