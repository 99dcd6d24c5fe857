"""The bot without its bounds on what may be asked within a minute: `python -m benchmarks.unbounded serve`.

Of people: the counting is done all the same, so its cost is in the figures; it only forgets at once. Of
Microsoft: for a key that it does not know the bot asks every time, not once a minute.
"""

from bot.__main__ import main
from handlers import limits
from handlers.teams import keys

if __name__ == "__main__":
    for module, bound in ((limits, "WINDOW"), (keys, "SELDOM")):
        setattr(module, bound, 1e-9)  # bounds that nobody may set from outside
    main()
