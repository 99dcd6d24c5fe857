"""The few words that only Teams needs, from prompts/<locale>/teams.yml."""

from prompts.wording import FALLBACK, table


def and_more(number: int, locale: str = FALLBACK) -> str:
    """What stands where a card was cut by `number` items."""
    return str(table(locale, "teams")["more"]).format(number=number)


def word(key: str, locale: str = FALLBACK) -> str:
    """A word or a line by its key; KeyError where there is none."""
    return str(table(locale, "teams")[key])
