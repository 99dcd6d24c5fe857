"""Windows and the App Home: View -> Slack's view objects."""

from handlers.shared.types import Json
from handlers.slack.blocks import HOME, MODAL, blocks
from handlers.slack.text import plain
from handlers.slack.words import moment, word
from prompts.view import Reader, View

TITLE = 24
"""Characters of a window's title, submit and close words."""
METADATA = 3_000


def modal(view: View, reader: Reader, *, title: str = "") -> Json:
    """A view as a window: a form with what it carries, or an answer that is closed.

    `title` is the one of the window that an answer takes the place of. ValueError where a form carries
    more than Slack keeps for us.
    """
    made: Json = {
        "type": "modal",
        "close": plain(word("close", reader.locale), TITLE),
        "blocks": blocks(view, MODAL),
    }
    if view.form is None:
        return {**made, "title": plain(title or word("title", reader.locale), TITLE)}
    if len(view.form.value) > METADATA:
        raise ValueError(f"the form {view.form.name} carries too much")
    telling = {"notify_on_close": True, "blocks": [_telling(block) for block in made["blocks"]]}
    return {
        **made,
        "callback_id": view.form.name,
        "title": plain(view.form.title, TITLE),
        "submit": plain(view.form.submit, TITLE),
        "private_metadata": view.form.value,
        **(telling if view.form.keeps else {}),
    }


def _telling(block: Json) -> Json:
    """A field that tells at once what is chosen, and with it all that stands in the form.

    Slack says nothing of it when the form is closed, so there is no other way to keep what was filled in.
    Fields that are typed in stay quiet: what they hold comes with the next choice.
    """
    if block["type"] != "input" or block["element"]["type"] == "plain_text_input":
        return block
    return {**block, "dispatch_action": True}


def waiting(reader: Reader) -> Json:
    """The window that stands while something is looked up, so that the trigger is used in time."""
    title, text = moment(reader.locale)
    return {
        "type": "modal",
        "title": plain(title, TITLE),
        "close": plain(word("close", reader.locale), TITLE),
        "blocks": [{"type": "section", "text": plain(text, TITLE * 10)}],
    }


def home(view: View) -> Json:
    """A view as somebody's App Home."""
    return {"type": "home", "blocks": blocks(view, HOME)}
