"""Sentences of a text that speak to a machine instead of a reader.

No list of phrases is complete, and none has to be: what a model makes of such a sentence must still
stand in the text word for word, with actors the sentence names. Where one is seen, nothing that the
model says of the paragraph is used.
"""

from __future__ import annotations

import re

CONTROL = re.compile(
    r"<\|[\w ]{1,40}\|>|\[/?INST\]|<</?SYS>>|</?(?:system|assistant|user|tool_call|im_start)>|"
    r"<start_of_turn>|<end_of_turn>|^\W{0,4}(?:system|assistant) ?(?:prompt|message)?:",
    re.IGNORECASE,
)
"""Marks that some servers take for the end of a message."""
_MACHINE = (
    r"(?:AI|A\.I\.|LLMs?|(?:large )?language models?|chatbots?|(?:AI|helpful|virtual) assistants?|"
    r"(?:text|article|machine) (?:parsers?|readers?|summari[sz]ers?))"
)
_EARLIER = (
    r"(?:previous|prior|above|preceding|earlier|foregoing|existing|system|original|your|these|all)"
)
_ORDERS = r"(?:instructions?|prompts?|rules|directions?|guidelines|text|context|examples?|schema)"
SPOKEN = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b(?: \w+){0,3}"
    rf" {_EARLIER}(?: \w+){{0,2}} {_ORDERS}\b|"
    r"\b(?:ignore|disregard|forget) (?:everything|all|what(?:ever)?)"
    r"[^.!?\n]{0,20}\b(?:above|before|told)\b|"
    r"\b(?:ignore|disregard) the above\b|"
    rf"\b(?:you are|act as|pretend to be|if you are|as) (?:now |an? |the )*{_MACHINE}\b"
    r"[^.!?\n]{0,80}\b(?:must|should|will|report|output|respond|answer|reply|return|now|please)\b|"
    rf"\b(?:attention|notes?|message|instructions?|dear|hey|hello)\b[^.!?\n]{{0,20}}\b{_MACHINE}\b|"
    r"\b(?:output|return|respond|reply|answer|emit|print)\b[^.!?\n]{0,30}\bJSON\b|"
    r"\b(?:output|print|emit) (?:only )?the (?:following|word|event|actor)\b|"
    r"\b(?:respond|reply|answer) (?:only )?with (?:only )?(?:the (?:following|word)|[{\[\"“'])|"
    r"\b(?:add|insert|include|report|record|list|put)\b[^.!?\n]{0,60}\b"
    r"in(?:to)? your (?:answer|output|reply|response|lists?)\b|"
    r"\b(?:events?|claims?) of type [A-Z]{4,}|\bsystem prompt\b",
    re.IGNORECASE,
)


def breaks_out(paragraph: str) -> str | None:
    """Words that could end the message they stand in; None if there are none."""
    found = CONTROL.search(paragraph)
    return found.group() if found else None


def speaks_to_a_machine(paragraph: str) -> str | None:
    """Words of a paragraph that instruct a machine; None if there are none."""
    found = SPOKEN.search(paragraph)
    return found.group() if found else None
