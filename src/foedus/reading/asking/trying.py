"""One question to one server: asked again while it is busy, plainer if it cannot take the form."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from foedus.reading.asking import replies
from foedus.reading.asking.config import MODEL, URL, Config
from foedus.reading.asking.refused import Refusal
from foedus.reading.asking.replies import Reply

if TYPE_CHECKING:
    import httpx

BUSY = frozenset((408, 425, 429, 500, 502, 503, 504, 529))
PICKY = frozenset((400, 415, 422, 501))
"""Where a server says that it does not know a part of the question."""
OPTIONAL = ("response_format", "seed", "temperature", "max_tokens")
FIRST_WAIT, LONGEST_WAIT = 0.5, 30.0
ERROR_BYTES = 20_000
SCHEMA = re.compile(
    r"response_format|json_schema|json schema|structured|grammar|guided", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Answered:
    """A status, what came with it, and how long the server asks to wait."""

    status: int
    body: bytes
    wait: float | None = None


class Server:
    """A server under questions, and what has been learned of it."""

    def __init__(self, client: httpx.AsyncClient, config: Config, deadline: float) -> None:
        self._client, self._config, self._deadline = client, config, deadline
        self._without: set[str] = set()
        self.closed: str | None = None
        """Why no further question is of use."""
        self.answered = False

    async def ask(self, body: Mapping[str, Any]) -> Reply:
        """What came of a question."""
        if self.closed:
            return Reply(reason="not-asked", detail=self.closed)
        now = asyncio.get_running_loop().time()
        if now >= self._deadline:
            return self._over()
        limit = min(now + self._config.timeout, self._deadline)
        try:
            async with asyncio.timeout_at(limit) as waiting:
                return await self._until_told(body, waiting)
        except TimeoutError:
            if asyncio.get_running_loop().time() >= self._deadline:
                return self._over()
            return Reply(reason="timeout", detail=f"no answer in {self._config.timeout:g} seconds")

    async def _until_told(self, body: Mapping[str, Any], waiting: asyncio.Timeout) -> Reply:
        import httpx

        tried, said, pause = 0, Reply(reason="http", detail="no answer"), None
        without = set(self._without)
        while tried < self._config.tries:
            if tried:
                await self._wait(tried, pause, waiting)
            tried, pause = tried + 1, None
            try:
                answer = await self._post({k: v for k, v in body.items() if k not in without})
            except Refusal as refusal:
                return self._failed(refusal)
            except httpx.ConnectError:
                said = Reply(reason="unreachable", detail=f"nobody answers at {self._config.host}")
                continue
            except httpx.HTTPError as wrong:
                said = Reply(reason="http", detail=f"the connection failed: {type(wrong).__name__}")
                continue
            if answer.status in BUSY:
                said, pause = Reply(reason="http", detail=self._status(answer)), answer.wait
            elif answer.status in PICKY and (part := _complained_of(body, without, answer)):
                without.add(part)
                tried -= 1
            else:
                if answer.status == HTTPStatus.OK:
                    self._without |= without
                return self._judged(answer)
        if said.reason == "unreachable" and not self.answered:
            self.closed = said.detail + f"; {URL} may be wrong, or the server not running"
        return said

    async def _wait(self, tried: int, pause: float | None, waiting: asyncio.Timeout) -> None:
        """Longer each time; waiting for a busy server does not count as its time to answer."""
        seconds = min(FIRST_WAIT * 2 ** (tried - 1) if pause is None else pause, LONGEST_WAIT)
        until = asyncio.get_running_loop().time() + seconds
        waiting.reschedule(min(until + self._config.timeout, self._deadline))
        await asyncio.sleep(seconds)

    async def _post(self, body: Mapping[str, Any]) -> Answered:
        most = self._config.reply_bytes
        async with self._client.stream("POST", self._config.endpoint, json=body) as response:
            if response.headers.get("content-encoding", "identity") != "identity":
                raise Refusal("garbage", "the answer came packed, which was not asked for")
            good = response.status_code == HTTPStatus.OK
            got = bytearray()
            async for chunk in response.aiter_raw():
                got += chunk
                if len(got) > (most if good else ERROR_BYTES):
                    if good:
                        raise Refusal("oversize", f"more than {most} bytes")
                    break
            return Answered(response.status_code, bytes(got), _seconds(response.headers))

    def _judged(self, answer: Answered) -> Reply:
        if answer.status != HTTPStatus.OK:
            said = self._status(answer)
            elsewhere = answer.status // 100 == 3
            hint = HINTS[301] if elsewhere else HINTS.get(answer.status)
            if hint:
                self.closed = f"{self._config.host}: {said}; {hint}"
            return Reply(reason="http", detail=said)
        self.answered = True
        try:
            return Reply(content=self._config.without_key(replies.read(answer.body)))
        except Refusal as refusal:
            return self._failed(refusal)

    def _failed(self, refusal: Refusal) -> Reply:
        self.answered = True
        return Reply(reason=refusal.reason, detail=self._config.without_key(refusal.detail))

    def _status(self, answer: Answered) -> str:
        said = self._config.without_key(replies.error_said(answer.body))
        return f"status {answer.status}" + (f": {said}" if said else "")

    def _over(self) -> Reply:
        return Reply(reason="out-of-time", detail=f"{self._config.budget:g} seconds were over")


def _complained_of(
    body: Mapping[str, Any], without: Collection[str], answer: Answered
) -> str | None:
    """The part of a question that a server may have refused it for; each is named once."""
    said = replies.error_said(answer.body)
    sent = [part for part in OPTIONAL if part in body and part not in without]
    named = [p for p in sent if p in said or (p == "response_format" and SCHEMA.search(said))]
    return named[0] if named else ("response_format" if "response_format" in sent else None)


HINTS: dict[int, str] = {
    301: f"it sends elsewhere, which is not followed; {URL} should be the final address",
    401: "the key is wrong or missing",
    403: "the key may not use it",
    404: f"{URL} should end before /chat/completions, often in /v1, and {MODEL} be a model it has",
    405: f"{URL} should end before /chat/completions, often in /v1",
}


def _seconds(headers: Mapping[str, str]) -> float | None:
    """What Retry-After says, if it says seconds."""
    told = headers.get("retry-after", "").strip()
    return float(told) if told.isdigit() and len(told) < 6 else None
