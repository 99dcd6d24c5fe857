"""A prompt as what is shown: forms with their fields, everything else in its words."""

from bot.mentoring.prompts import FormPrompt, Prompt
from handlers.forms import fields
from prompts.render import render, render_form
from prompts.view import Reader, View


def view_of(prompt: Prompt, reader: Reader) -> View:
    """The prompt in words for this reader."""
    if isinstance(prompt, FormPrompt):
        return render_form(prompt, fields(prompt), reader)
    return render(prompt, reader)
