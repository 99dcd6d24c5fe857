"""What broke, by an id that the person is told and the log can be searched for."""

from collections.abc import Callable

from bot.logs import Log

log = Log("edge")

DIGITS = 10


class Incidents:
    """Notes errors: their kind and place, never their text, which may hold what people wrote."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id

    def note(self, error: BaseException, event: str) -> str:
        """Log one error and give the id it was logged under."""
        incident = self._new_id()[:DIGITS]
        log.broke(event, error, incident=incident)
        return incident
