"""Where Microsoft is reached: its keys, its tokens, and the services that Teams' requests may name."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

_HOSTS = re.compile(r"smba\.trafficmanager\.net|([a-z0-9-]+\.)+(botframework\.com|teams\.microsoft\.com)")

GRAPH = "https://graph.microsoft.com"


@dataclass(frozen=True, slots=True)
class Places:
    """`issuer` signs what comes in, with the keys at `keys`; `token` gives what we speak with, for a scope.

    `scope` is the connector's, which takes our messages; `graph` is Microsoft Graph, by `graph_scope`.
    `stand_in` is the address of a stand-in on this machine, empty for Microsoft.
    """

    issuer: str
    keys: str
    token: str
    scope: str
    graph: str
    graph_scope: str
    stand_in: str = ""

    def serves(self, address: str) -> bool:
        """Whether messages may be sent to this service: one of Microsoft's own, over https."""
        if self.stand_in:
            return address == self.stand_in or address.startswith(f"{self.stand_in}/")
        parts = urlsplit(address)
        odd = parts.username or parts.password or parts.query or parts.fragment or ".." in parts.path
        return parts.scheme == "https" and not odd and bool(_HOSTS.fullmatch(parts.netloc.lower()))


def places(tenant: str, stand_in: str = "") -> Places:
    """Microsoft's public cloud for a tenant, or a stand-in for it under one address."""
    login = stand_in or "https://login.microsoftonline.com"
    metadata = stand_in or "https://login.botframework.com"
    return Places(
        issuer="https://api.botframework.com",
        keys=f"{metadata}/v1/.well-known/keys",
        token=f"{login}/{tenant}/oauth2/v2.0/token",
        scope="https://api.botframework.com/.default",
        graph=f"{stand_in or GRAPH}/v1.0",
        graph_scope=f"{GRAPH}/.default",
        stand_in=stand_in,
    )
