"""A client for servers on this machine."""

import ssl

import httpx

# loading certificates, which nothing here needs, takes longer than most tests
_NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def loopback_client(address: str, seconds: float) -> httpx.AsyncClient:
    """A client past the environment's proxies; `seconds` is how long it waits."""
    return httpx.AsyncClient(base_url=address, timeout=seconds, trust_env=False, verify=_NO_TLS)
