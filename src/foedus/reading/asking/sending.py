"""Sending questions: a few at once, each with its time, and all of them within what was granted."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from foedus.reading.asking.config import Config
from foedus.reading.asking.errors import AskingError
from foedus.reading.asking.questions import Question
from foedus.reading.asking.replies import Reply
from foedus.reading.asking.trying import Server

if TYPE_CHECKING:
    import httpx

T = TypeVar("T")
Taken = Callable[[Question, Reply], None]


def send(questions: Sequence[Question], config: Config, taken: Taken) -> None:
    """Put questions to a server; `taken` gets each with its reply, in the order of the questions.

    A reply that did not come says why. Raises ``AskingError`` where httpx is not installed, and
    where the server let nobody in, was not there or did not know the address.
    """
    _import()
    _run(lambda: _all(questions, config, taken))


async def _all(questions: Sequence[Question], config: Config, taken: Taken) -> None:
    client = _client(config)
    async with client:
        server = Server(client, config, asyncio.get_running_loop().time() + config.budget)
        gate = asyncio.Semaphore(config.workers)
        tasks = [asyncio.create_task(_one(question, server, gate)) for question in questions]
        try:
            for question, task in zip(questions, tasks, strict=True):
                reply = await task
                if server.closed and not server.answered:
                    raise AskingError(server.closed)
                taken(question, reply)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)


async def _one(question: Question, server: Server, gate: asyncio.Semaphore) -> Reply:
    async with gate:
        return await server.ask(question.body)


def _client(config: Config) -> httpx.AsyncClient:
    import httpx

    headers = {"accept": "application/json", "accept-encoding": "identity"}
    if config.key:
        headers["authorization"] = f"Bearer {config.key}"
    limits = httpx.Limits(max_connections=config.workers)
    return httpx.AsyncClient(
        headers=headers, limits=limits, timeout=None, follow_redirects=False,
        trust_env=not config.local,
    )  # fmt: skip


def _import() -> None:
    try:
        import httpx  # noqa: F401
    except ImportError:
        raise AskingError(
            "asking a language model needs httpx: pip install 'foedus[llm]'"
        ) from None


def _run(work: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run to the end, also where a loop runs already, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work())
    told: list[T] = []
    wrong: list[BaseException] = []

    def aside() -> None:
        try:
            told.append(asyncio.run(work()))
        except BaseException as error:
            wrong.append(error)

    thread = threading.Thread(target=aside, daemon=True)
    thread.start()
    thread.join()
    if wrong:
        raise wrong[0]
    return told[0]
