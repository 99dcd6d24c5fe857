"""The small forms of the own page: learn, teach, forget, find, block."""

from dataclasses import replace

from bot.mentoring.ids import Address
from bot.mentoring.people import MAX_INTERESTS
from bot.mentoring.prompts import BlockForm, FindForm, ForgetForm, FormPrompt, LearnForm, Prompt, TeachForm
from bot.use_cases import blocking, finding, joining
from handlers.fields import Form, Sent, field
from prompts.view import Input, InputKind, Option


def _learn_fields(_prompt: FormPrompt) -> tuple[Input, ...]:
    return (field("learn", "learn", InputKind.SUGGEST_MANY, source="topics", limit=MAX_INTERESTS),)


def _teach_fields(_prompt: FormPrompt) -> tuple[Input, ...]:
    return (field("teach", "teach", InputKind.SUGGEST_MANY, source="topics", limit=MAX_INTERESTS),)


def _find_fields(_prompt: FormPrompt) -> tuple[Input, ...]:
    return (field("find", "topic", InputKind.SUGGEST, source="topics"),)


def _forget_fields(prompt: FormPrompt) -> tuple[Input, ...]:
    if not isinstance(prompt, ForgetForm):
        raise TypeError(type(prompt))
    offered = tuple(Option(topic, topic) for topic in prompt.topics)
    return (replace(field("forget", "topic", InputKind.CHOICE), options=offered),)


def _learn(sent: Sent) -> Prompt:
    topics = sent.topics
    return joining.add_topics(sent.actor, "learn", sent.many("learn"), topics, records=sent.records)


def _teach(sent: Sent) -> Prompt:
    topics = sent.topics
    return joining.add_topics(sent.actor, "teach", sent.many("teach"), topics, records=sent.records)


def _find(sent: Sent) -> Prompt:
    return finding.find(sent.actor, sent.one("topic"), sent.topics, records=sent.records)


def _forget(sent: Sent) -> Prompt:
    topics = sent.topics
    return joining.forget_interest(sent.actor, sent.one("topic"), topics, records=sent.records)


def _block_fields(_prompt: FormPrompt) -> tuple[Input, ...]:
    return (field("block", "person", InputKind.PERSON),)


def _block(sent: Sent) -> Prompt:
    whom = sent.person("person") or Address("")
    return blocking.block(sent.actor, whom, records=sent.records, now=sent.now, new_id=sent.new_id)


OWN_FORMS: dict[str, Form] = {
    LearnForm.form: Form(_learn_fields, _learn),
    TeachForm.form: Form(_teach_fields, _teach),
    ForgetForm.form: Form(_forget_fields, _forget),
    FindForm.form: Form(_find_fields, _find),
    BlockForm.form: Form(_block_fields, _block),
}
