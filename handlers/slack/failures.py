"""The one place where a request's failure ends: rules that refuse get their words, all else an incident."""

from dataclasses import dataclass

from slack_bolt.async_app import AsyncBoltContext
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.logs import Log
from bot.mentoring.errors import BadForm, MentoringError
from bot.mentoring.prompts import Sorry
from handlers.refusals import refusal
from handlers.shared.incidents import Incidents
from handlers.shared.types import Json
from handlers.slack.asking import Place, Spot, spot_of
from handlers.slack.listeners import ephemeral, in_window
from handlers.slack.windows import Windows
from prompts import labels
from prompts.view import Reader

log = Log("slack")


@dataclass(frozen=True)
class Failures:
    """Answers requests that failed."""

    incidents: Incidents
    windows: Windows

    async def handle(self, error: Exception, body: Json, context: AsyncBoltContext) -> BoltResponse:
        """The response to a request whose listener raised; an event is left to be sent again."""
        del context  # holds the token
        if isinstance(error, BoltUnhandledRequestError):
            log.info("nothing_listens", kind=str(body.get("type") or "command"))
            return BoltResponse(status=200)
        spot = spot_of(body, Reader())
        if isinstance(error, MentoringError) and body.get("type") == "view_submission":
            return _refused(error, body, spot)
        return self._sorry(self.incidents.note(error, "request_failed"), body, spot)

    def _sorry(self, incident: str, body: Json, spot: Spot) -> BoltResponse:
        prompt = Sorry(incident, self.windows.asked.house.support)
        match body.get("type"):
            case "event_callback":
                return BoltResponse(status=503)
            case "block_suggestion":
                return BoltResponse(status=200, body={"options": []})
            case "view_submission":
                return _update(in_window(prompt, spot))
            case "block_actions":
                self.windows.sorry(spot, incident)
                return BoltResponse(status=200)
        answer = ephemeral(prompt, spot) if spot.place is Place.COMMAND else ""
        return BoltResponse(status=200, body=answer)


def _refused(error: MentoringError, body: Json, spot: Spot) -> BoltResponse:
    """Problems beside their fields, where the form has them; any other refusal in the form's place."""
    fields = {block["block_id"] for block in body["view"].get("blocks", ()) if block.get("type") == "input"}
    problems = error.problems if isinstance(error, BadForm) else ()
    locale, form = spot.reader.locale, str(body["view"].get("callback_id"))
    beside = {bad.field: labels.problem(bad, locale, form) for bad in problems if bad.field in fields}
    if beside:
        return BoltResponse(status=200, body={"response_action": "errors", "errors": beside})
    return _update(in_window(refusal(error), spot))


def _update(view: Json) -> BoltResponse:
    return BoltResponse(status=200, body={"response_action": "update", "view": view})
