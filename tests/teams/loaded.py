"""Microsoft's library, loaded as the bot loads it; that takes more than a second."""

from handlers.teams.library import library

library()
