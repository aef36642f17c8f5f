"""Asking a language model: off unless configured, and held to the words of the text."""

from foedus.reading.asking.agreeing import Mark, agree
from foedus.reading.asking.ask import Answers, ask
from foedus.reading.asking.config import Config
from foedus.reading.asking.errors import AskingError
from foedus.reading.asking.forms import KINDS
from foedus.reading.asking.refused import REASONS, Refused

__all__ = [
    "KINDS",
    "REASONS",
    "Answers",
    "AskingError",
    "Config",
    "Mark",
    "Refused",
    "agree",
    "ask",
]
