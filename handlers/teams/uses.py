"""What somebody does in Teams, each in one transaction with the messages that answer it.

Teams has no windows and no answers that one person alone sees: an answer is a message in the person's own
chat, or takes the place of the message that was pressed. Both leave through the outbox.
"""

from dataclasses import replace
from datetime import datetime

from bot.mentoring.prompts import ConcernAboutForm, ConcernsAside, FormPrompt, Prompt
from bot.ports import Destination, Message, NewId, Records
from bot.use_cases.saying import to_person
from handlers.buttons import press
from handlers.caller import Caller
from handlers.commands import answer
from handlers.fields import Values
from handlers.forms import submit
from handlers.home import opened

HOME = "home"
"""The word that shows a person's own page, which has no tab in Teams."""


def typed(caller: Caller, words: str, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """Answer what somebody wrote, in their own chat."""
    if words.casefold() == HOME:
        said = opened(caller, records=records, now=now, new_id=new_id)
    else:
        said = answer(caller, words, records=records, now=now, new_id=new_id)
    if said.windowed and not isinstance(said, FormPrompt):
        said = ConcernsAside()
    return _told(caller, said, records, now, new_id)


def came(caller: Caller, *, records: Records, now: datetime, new_id: NewId) -> Prompt:
    """Show somebody who took the bot in their own page, and welcome them."""
    return _told(caller, opened(caller, records=records, now=now, new_id=new_id), records, now, new_id)


def pressed(
    caller: Caller, action: str, value: str, *, records: Records, now: datetime, new_id: NewId
) -> Prompt:
    """Answer a button: in the place of its message, or, for a form or on a page, below it.

    What stands in no conversation (a concern as its contact reads it) is the answer to the request alone.
    """
    said = press(caller, action, value, records=records, now=now, new_id=new_id)
    stands = caller.reply_to is not None and not said.windowed
    if said.beside or stands or (said.windowed and not isinstance(said, FormPrompt)):
        return said
    if isinstance(said, ConcernAboutForm):
        said = replace(said, about=None)  # a form stands in the chat, sent or not
    return _told(caller, said, records, now, new_id)


def filled(
    caller: Caller, form: FormPrompt, values: Values, *, records: Records, now: datetime, new_id: NewId
) -> Prompt:
    """Run what sending a form does; its answer takes the form's place. BadForm as it is.

    What stands in no conversation, such as whom a concern is about, is the answer to the request alone.
    """
    said = submit(caller, form.form, form.carries, values, records=records, now=now, new_id=new_id)
    if caller.reply_to is not None and not said.windowed:
        _post("reply", caller.reply_to, said, records, now, new_id)
    return said


def _told(caller: Caller, said: Prompt, records: Records, now: datetime, new_id: NewId) -> Prompt:
    _post("answer", to_person(caller.address), said, records, now, new_id)
    return said


def _post(kind: str, to: Destination, said: Prompt, records: Records, now: datetime, new_id: NewId) -> None:
    records.post(Message(f"{kind}:{new_id()}", to, said, now))
