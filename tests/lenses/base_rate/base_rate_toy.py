"""The toy pact with a base_rate section, in several classes."""

from __future__ import annotations

from toy_pact import TEXT, changed

from foedus.case import Case, loads
from foedus.lenses.table import SECTIONS

SPONSORS = """\
base_rate:
  reference_class:
    kind: government-sponsor
    age: {mode: 3, low: 1, high: 6, because: [e1]}
    because: [e2]
  ties:
    north: {age: {mode: 0.7, low: 0, high: 2}}
"""
PLAIN_SPONSORS = "base_rate:\n  reference_class: {kind: government-sponsor}\n"
ESTABLISHED = "base_rate:\n  reference_class: {kind: established-sponsor}\n"
DEFENCE = """\
base_rate:
  reference_class:
    {kind: treaty-alliance, obligations: [consultation, defense], wartime: false, age: 3}
"""
FOUR_YEARS = ("horizon: 2016-12-31", "horizon: 2020-06-12")
"""1461 days, which are four years of 365.25."""


def text_with(section: str, *swaps: tuple[str, str]) -> str:
    """The toy's text with a section in front of its assumptions."""
    assert "\nassumptions:\n" in TEXT
    text = TEXT.replace("\nassumptions:\n", f"\n{section}assumptions:\n", 1)
    return changed(*swaps, text=text)


def pact_with(section: str, *swaps: tuple[str, str]) -> Case:
    """The toy with a section in front of its assumptions."""
    return loads(text_with(section, *swaps), SECTIONS, "toy.yaml")


def of_kind(words: str, *swaps: tuple[str, str], more: str = "") -> Case:
    """The toy judged by a reference class that is given inline."""
    return pact_with(f"base_rate:\n  reference_class: {{{words}}}\n{more}", *swaps)
