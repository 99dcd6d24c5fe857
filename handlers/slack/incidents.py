"""What broke, by an id that the person is told and the log can be searched for."""

import logging
from collections.abc import Callable
from traceback import extract_tb

log = logging.getLogger(__name__)

DIGITS = 10


class Incidents:
    """Notes errors: their kind and place, never their text, which may hold what people wrote."""

    def __init__(self, new_id: Callable[[], str]) -> None:
        self._new_id = new_id

    def note(self, error: BaseException, what: str) -> str:
        """Log one error and give the id it was logged under."""
        incident = self._new_id()[:DIGITS]
        frames = extract_tb(error.__traceback__)[-4:]
        where = " < ".join(f"{frame.name}:{frame.lineno}" for frame in reversed(frames))
        log.error(what, extra={"incident": incident, "error": type(error).__name__, "where": where})
        return incident
