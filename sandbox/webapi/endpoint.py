"""`/api/<method>`: faults, token, scopes, rate, then the method itself."""

import asyncio
import hmac
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sandbox.connections import Connections
from sandbox.faults import Fault
from sandbox.rates import TIERS
from sandbox.webapi.arguments import Arguments, read_arguments
from sandbox.webapi.errors import RateLimited, SlackError
from sandbox.webapi.methods import METHODS, Method
from sandbox.workspace import Workspace


@dataclass(frozen=True, slots=True)
class WebApi:
    """The Web API of one workspace, open to one bot token."""

    workspace: Workspace
    token: str
    connections: Connections

    async def __call__(self, request: Request) -> Response:
        """Answer one call."""
        self.workspace.post_scheduled()
        name = request.path_params["method"]
        fault = self.workspace.faults.take(name)
        if fault is None:
            return await self._answer(name, request)
        await asyncio.sleep(fault.delay)
        if fault.after or not (fault.drop or fault.error or fault.status):
            worked = await self._answer(name, request)
            if not (fault.drop or fault.error or fault.status):
                return worked
        return self._failure(name, fault, request)

    def _failure(self, name: str, fault: Fault, request: Request) -> Response:
        answer = {"ok": False, "error": fault.error or ("dropped" if fault.drop else str(fault.status))}
        self.workspace.record(name, answer, None)
        if fault.drop:
            self.connections.cut(request)
            return Response()  # goes nowhere: the connection is gone
        headers = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
        if fault.status is not None:
            return Response("ordered failure", status_code=fault.status, headers=headers)
        if fault.error == "ratelimited":
            headers.setdefault("Retry-After", "1")
            return JSONResponse(answer, status_code=429, headers=headers)
        return JSONResponse(answer, headers=headers)

    async def _answer(self, name: str, request: Request) -> Response:
        headers: dict[str, str] = {"X-OAuth-Scopes": ",".join(self.workspace.manifest.scopes)}
        status, channel = 200, None
        try:
            arguments = await read_arguments(request)
            channel = str(arguments.given.get("channel", "")) or None
            answer = {"ok": True, **self._call(name, arguments)}
        except RateLimited as limited:
            headers["Retry-After"] = str(limited.seconds)
            status, answer = 429, limited.answer()
        except SlackError as error:
            answer = error.answer()
        self.workspace.record(name, answer, channel)
        return JSONResponse(answer, status_code=status, headers=headers)

    def _call(self, name: str, arguments: Arguments) -> dict[str, Any]:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        self._authenticate(arguments)
        self._authorise(method, arguments)
        if method.tier is not None:
            wait = self.workspace.rates.wait(name, TIERS[method.tier], self.workspace.clock.now())
            if wait:
                raise RateLimited(wait)
        return method.answer(self.workspace, arguments)

    def _authenticate(self, arguments: Arguments) -> None:
        if arguments.token is None:
            raise SlackError("not_authed")
        if not hmac.compare_digest(arguments.token.encode(), self.token.encode()):
            raise SlackError("invalid_auth")
        if not self.workspace.installed:
            raise SlackError("account_inactive")

    def _authorise(self, method: Method, arguments: Arguments) -> None:
        wanted, granted = method.wanted(arguments), self.workspace.manifest.scopes
        if wanted and not set(wanted) & set(granted):
            raise SlackError("missing_scope", needed=wanted[0], provided=",".join(granted))
