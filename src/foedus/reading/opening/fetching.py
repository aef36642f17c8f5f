"""Fetch a page: from public addresses only, each resolved once, within bounds of size and time."""

from __future__ import annotations

import zlib
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin, urlsplit

from foedus.reading.opening.addresses import is_public
from foedus.reading.opening.kinds import TYPES
from foedus.reading.opening.opened import LARGEST, OpeningError

SECONDS = 30.0
"""How long all of it may take, redirects included."""
REDIRECTS = 5
TOO_LARGE = f"larger than {LARGEST // 1_000_000} MB"
MOVED = frozenset({301, 302, 303, 307, 308})
PORTS = {"http": 80, "https": 443}
HEADERS = {
    "User-Agent": "foedus (reads one page for its user)",
    "Accept": ", ".join(TYPES),
    "Accept-Encoding": "gzip",
}
Resolve = Callable[[str, int], Awaitable[list[str]]]
Allowed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address gave: the address it came from in the end, its bytes, its content type."""

    url: str
    data: bytes
    content_type: str


@dataclass(frozen=True, slots=True)
class Place:
    """An address taken apart: scheme, host, port, and the target after them."""

    scheme: str
    host: str
    port: int
    target: str

    @property
    def authority(self) -> str:
        """Host and port as a Host header has them."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == PORTS[self.scheme] else f"{host}:{self.port}"


def fetch_url(
    url: str,
    *,
    seconds: float = SECONDS,
    resolve: Resolve | None = None,
    allowed: Allowed = is_public,
) -> Fetched:
    """The bytes of a page over http or https.

    A host is resolved once; all its addresses have to be public, and the connection goes to the one
    that was checked, so that no second answer of a name server counts. The same holds for each of
    at most five redirects. No proxy, cookie or password is used. Raises `OpeningError`.
    """
    try:
        import anyio
        import httpx
    except ImportError:
        raise OpeningError(url, "fetching needs: pip install 'foedus[reading]'") from None

    async def within() -> Fetched:
        with anyio.fail_after(seconds):
            return await _follow(url, resolve or _resolve, allowed)

    try:
        with ThreadPoolExecutor(1) as apart:
            return apart.submit(anyio.run, within).result()
    except (TimeoutError, httpx.TimeoutException):
        raise OpeningError(url, f"no answer within {seconds:g} seconds") from None
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as wrong:
        told = str(wrong).splitlines()[0][:200] if str(wrong) else type(wrong).__name__
        raise OpeningError(url, f"cannot be fetched: {told}") from None


def place_of(url: str) -> Place:
    """An address taken apart. Raises `OpeningError` unless it is http or https with a host."""
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, parts.hostname
    except ValueError:
        raise OpeningError(url, "this is no address that can be read") from None
    if parts.scheme not in PORTS:
        raise OpeningError(url, "only http and https addresses are fetched")
    if not host:
        raise OpeningError(url, "this address names no host")
    if parts.username is not None or parts.password is not None:
        raise OpeningError(url, "an address with a user's name or password is not fetched")
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    return Place(parts.scheme, host, port or PORTS[parts.scheme], target)


async def _resolve(host: str, port: int) -> list[str]:
    import socket

    import anyio

    found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


async def _follow(url: str, resolve: Resolve, allowed: Allowed) -> Fetched:
    import httpx

    asked = url
    for _ in range(REDIRECTS + 1):
        place = place_of(url)
        address = await _address(asked, place, resolve, allowed)
        async with (
            httpx.AsyncClient(trust_env=False, timeout=SECONDS) as client,
            client.stream("GET", _pinned(place, address), **_request(place)) as answer,
        ):
            if answer.status_code not in MOVED:
                return await _taken(asked, url, answer)
            onward = answer.headers.get("location")
        if not onward:
            raise OpeningError(asked, "the server sends on without saying where")
        url = urljoin(url, onward)
    raise OpeningError(asked, f"more than {REDIRECTS} redirects")


async def _address(asked: str, place: Place, resolve: Resolve, allowed: Allowed) -> str:
    """The one address that is asked, of a host whose addresses are all public."""
    try:
        found = await resolve(place.host, place.port)
    except (OSError, UnicodeError):
        raise OpeningError(asked, f"the host {place.host} is not known") from None
    if not found:
        raise OpeningError(asked, f"the host {place.host} has no address")
    if not all(allowed(address) for address in found):
        raise OpeningError(
            asked, f"{place.host} lies within a private or reserved network: not fetched"
        )
    return found[0]


def _pinned(place: Place, address: str) -> str:
    host = f"[{address}]" if ":" in address else address
    return f"{place.scheme}://{host}:{place.port}{place.target}"


def _request(place: Place) -> dict[str, Any]:
    """The host's own name in the Host header, and for its certificate."""
    return {
        "headers": {**HEADERS, "Host": place.authority},
        "extensions": {"sni_hostname": place.host},
    }


async def _taken(asked: str, url: str, answer: Any) -> Fetched:
    if answer.status_code != 200:
        raise OpeningError(asked, f"the server answers {answer.status_code} {answer.reason_phrase}")
    content_type = answer.headers.get("content-type", "")
    kind = content_type.partition(";")[0].strip().lower()
    if kind and kind not in TYPES:
        raise OpeningError(asked, f"this is {kind[:60]}, not text, Markdown, HTML or PDF")
    told = answer.headers.get("content-length", "")
    if told.isdecimal() and (len(told) > 18 or int(told) > LARGEST):
        raise OpeningError(asked, TOO_LARGE)
    unpack = _unpacker(asked, answer.headers.get("content-encoding", ""))
    data = bytearray()
    async for chunk in answer.aiter_raw():
        data += unpack(chunk, LARGEST + 1 - len(data))
        if len(data) > LARGEST:
            raise OpeningError(asked, TOO_LARGE)
    return Fetched(url, bytes(data), content_type)


def _unpacker(asked: str, encoding: str) -> Callable[[bytes, int], bytes]:
    """What undoes a content encoding, never giving more bytes than are asked for."""
    if encoding.strip().lower() in ("", "identity"):
        return lambda chunk, most: chunk[:most]
    if encoding.strip().lower() not in ("gzip", "x-gzip", "deflate"):
        raise OpeningError(asked, f"sent with an encoding ({encoding[:40]}) that was not asked for")
    stream = zlib.decompressobj(zlib.MAX_WBITS | 32)

    def unpack(chunk: bytes, most: int) -> bytes:
        try:
            return stream.decompress(chunk, max(most, 1))
        except zlib.error:
            raise OpeningError(asked, "the server's compressed answer is broken") from None

    return unpack
