"""`make golden` writes what `bothways journey preview` prints onto one page, for a person to review."""

import sys

from bot.catalogue import load_journey
from bot.journey_pages import page
from tests.tree import ROOT

PAGE = ROOT / "tests" / "golden" / "journey.md"


def main() -> None:
    """Write the page anew."""
    PAGE.write_text(page(load_journey()), encoding="utf-8")
    sys.stdout.write(f"the journey written to {PAGE}\n")


if __name__ == "__main__":
    main()
