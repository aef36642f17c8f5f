"""Which language model is asked, and within which limits. Off unless somebody says so."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import SplitResult, urlsplit, urlunsplit

from foedus.reading.asking.errors import AskingError

URL, MODEL, KEY = "FOEDUS_LLM_URL", "FOEDUS_LLM_MODEL", "FOEDUS_LLM_KEY"
PATH = "/chat/completions"
LOCAL = frozenset(("localhost", "127.0.0.1", "::1"))


@dataclass(frozen=True, slots=True)
class Config:
    """An endpoint that speaks the chat completions protocol, and how much it may cost."""

    url: str
    """Where it is, up to and without `/chat/completions`."""
    model: str
    key: str | None = field(default=None, repr=False)
    """Sent as a bearer token; neither printed nor recorded."""
    seed: int = 0
    workers: int = 4
    """Questions under way at once."""
    timeout: float = 60.0
    """Seconds for one answer, from the first byte sent to the last received."""
    budget: float = 900.0
    """Seconds for all of them."""
    tries: int = 4
    """How often a question is put to a server that is busy."""
    most: int = 500
    """Pieces of text that are asked about at most."""
    reply_tokens: int = 4096
    reply_bytes: int = 1_000_000

    def __post_init__(self) -> None:
        parts = _split(self.url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise AskingError(
                f"{URL} is no address of a server; http://127.0.0.1:11434/v1 would be right"
            )
        if parts.username is not None or parts.password is not None:
            raise AskingError(f"{URL} holds a name or password; put a key into {KEY} instead")
        if not self.model.strip():
            raise AskingError(f"{MODEL} is empty; set it to the name the server knows the model by")
        if self.key is not None and not (self.key.isascii() and self.key.isprintable()):
            raise AskingError(f"{KEY} holds signs that no key has")
        numbers = (self.workers, self.timeout, self.budget, self.tries, self.most)
        if min(*numbers, self.reply_tokens, self.reply_bytes) <= 0:
            raise AskingError("workers, times, tries and limits of a language model are above 0")

    @staticmethod
    def of(environment: Mapping[str, str] | None = None) -> Config | None:
        """What the environment says; None if it does not name both a server and a model.

        Raises ``AskingError`` if only one of the two is set, or one of them cannot be used.
        """
        given = os.environ if environment is None else environment
        url, model = given.get(URL, "").strip(), given.get(MODEL, "").strip()
        if not url and not model:
            return None
        if not (url and model):
            missing, there = (MODEL, URL) if url else (URL, MODEL)
            raise AskingError(f"{there} is set and {missing} is not; a language model needs both")
        return Config(url, model, given.get(KEY, "").strip() or None)

    @property
    def endpoint(self) -> str:
        """The full address that questions go to."""
        parts = _split(self.url)
        path = parts.path.rstrip("/")
        path = path if path.endswith(PATH) else path + PATH
        return urlunsplit((parts.scheme, parts.netloc, path, parts.query, ""))

    @property
    def host(self) -> str:
        """The server's name, to speak of it: an address may hold what nobody should read."""
        return _split(self.url).hostname or ""

    @property
    def local(self) -> bool:
        """Whether it is this machine, which no proxy stands before."""
        return self.host in LOCAL

    def without_key(self, said: str) -> str:
        """Something the server said, with the key blotted out should it have repeated it."""
        long = self.key is not None and len(self.key) >= 6
        return said.replace(self.key or "", "[key]") if long else said


def _split(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 (raises for a port that is none)
    except ValueError:
        raise AskingError(f"{URL} is no address of a server") from None
    return parts
