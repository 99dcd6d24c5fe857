"""How people read in Teams: commands are written to the bot in its own chat, and a form is a card.

A pair has no room, and nobody can be mentioned.
"""

from prompts.view import Reader

READER = Reader(slash=False, rooms=False, windows=False, mentions=False)
