"""The bot without the bound on how much may be asked within a minute: `python -m benchmarks.unbounded serve`.

The counting is done all the same, so its cost is in the figures; it only forgets at once.
"""

from bot.__main__ import main
from handlers import limits

if __name__ == "__main__":
    setattr(limits, "WINDOW", 1e-9)  # noqa: B010 # a bound that nobody may set from outside
    main()
