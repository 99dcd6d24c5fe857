"""The few words that only Slack needs, from prompts/<locale>/slack.yml."""

from prompts.wording import FALLBACK, table


def and_more(number: int, locale: str = FALLBACK) -> str:
    """What stands where a list was cut by `number` items."""
    return str(table(locale, "slack")["more"]).format(number=number)


def word(key: str, locale: str = FALLBACK) -> str:
    """A word or a line by its key; KeyError where there is none."""
    return str(table(locale, "slack")[key])


def moment(locale: str = FALLBACK) -> tuple[str, str]:
    """The title and the line of the window that stands while something is looked up."""
    words = table(locale, "slack")["moment"]
    return words["title"], words["text"]
