"""What came of a question: the words of the model, or why there are none."""

from __future__ import annotations

import json
from dataclasses import dataclass

from foedus.reading.asking.refused import Refusal, shown


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model wrote, or the reason why nothing can be used; one of the two."""

    content: str | None = None
    reason: str | None = None
    """One of `refused.REASONS`."""
    detail: str = ""


def read(body: bytes) -> str:
    """What the model wrote, out of the envelope of the protocol. Raises ``Refusal``."""
    try:
        told = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError):
        raise Refusal("garbage", "what came back is no JSON") from None
    try:
        choice = told["choices"][0]
        message = choice["message"]
        content, ended = message.get("content"), choice.get("finish_reason")
        calls, declined = message.get("tool_calls"), message.get("refusal")
    except (KeyError, IndexError, TypeError, AttributeError):
        raise Refusal("garbage", "what came back has no choices[0].message") from None
    if calls:
        raise Refusal("garbage", "the model called a tool; it has none")
    if declined or ended == "content_filter":
        raise Refusal("declined", shown(declined or "stopped by a content filter", 160))
    if ended == "length":
        raise Refusal("cut-off", "the answer is longer than it may be")
    if not isinstance(content, str) or not content.strip():
        raise Refusal("garbage", "the answer is empty")
    return content


def error_said(body: bytes) -> str:
    """The message of an error in any of the forms servers use, as one short line."""
    try:
        told = json.loads(body.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return ""
    for key in ("error", "message", "detail"):
        if isinstance(told, dict) and told.get(key):
            told = told[key]
    return shown(told, 160)
