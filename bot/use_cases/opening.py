"""Opening the small forms of the own page."""

from bot.mentoring.errors import NotPossibleNow
from bot.mentoring.prompts import FindForm, ForgetForm, LearnForm, TeachForm
from bot.mentoring.rights import Action, Actor, authorise
from bot.ports import Records


def open_learn(actor: Actor) -> LearnForm:
    """Ask what else to learn."""
    authorise(actor, Action.TAKE_PART)
    return LearnForm()


def open_teach(actor: Actor) -> TeachForm:
    """Ask what else can be taught."""
    authorise(actor, Action.TAKE_PART)
    return TeachForm()


def open_find(actor: Actor) -> FindForm:
    """Ask for a topic to find a teacher of."""
    authorise(actor, Action.TAKE_PART)
    return FindForm()


def open_forget(actor: Actor, *, records: Records) -> ForgetForm:
    """Ask which topic to take off."""
    authorise(actor, Action.TAKE_PART)
    one = records.participant(actor.id)
    topics = tuple(dict.fromkeys((*one.learn, *one.teach)))
    if not topics:
        raise NotPossibleNow("forget", "no topics")
    return ForgetForm(topics)
