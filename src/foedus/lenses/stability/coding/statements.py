"""Statements over options: what people write about states, and in which states it is true."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from foedus.case.nearest import did_you_mean, quoted
from foedus.lenses.stability.coding.formulas import (
    All,
    Atom,
    Count,
    Node,
    Not,
    Pair,
    Same,
    Some,
    evaluate,
    mentions,
)
from foedus.lenses.stability.conflict import Bools, Ints

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

LONGEST = 2000
"""The most characters a statement may have."""
DEEPEST = 64
"""The most levels its parts may be nested."""
BLOCK = 1 << 14
"""So many states are looked at together, so that what is in between stays in the cache."""
WORDS = frozenset(("not", "and", "or", "if", "then", "iff", "true", "false", "of", "exactly"))
"""The words of statements, which no option can have as its id."""

# An arrow ends a name or a pattern, although both may hold hyphens: `a->b`.
_GRAMMAR = r"""
?start: same
?same: implied
     | implied (_IFF implied)+ -> same
?implied: either
        | either _ARROW implied -> implies
        | either _IF either -> given
        | _IF either _THEN implied -> implies
?either: both
       | both (_OR both)+ -> either
?both: plain
     | plain (_AND plain)+ -> both
?plain: atom
      | _NOT plain -> denied
?atom: NAME -> name
     | NUMBER -> number
     | _MINUS NUMBER -> not_number
     | PATTERN -> pattern
     | QUOTED -> quoted
     | _TRUE -> true
     | _FALSE -> false
     | _OPEN same _CLOSE
     | MANY NUMBER _OF _OPEN same (_COMMA same)* _CLOSE -> count

_NOT.3: /!|not(?![\w-])/i
_AND.3: /&&?|and(?![\w-])/i
_OR.3: /\|\|?|or(?![\w-])/i
_IFF.4: /<->|iff(?![\w-])/i
_IF.3: /if(?![\w-])/i
_THEN.3: /then(?![\w-])/i
_ARROW.4: "->"
_TRUE.3: /true(?![\w-])/i
_FALSE.3: /false(?![\w-])/i
_OF.3: /of(?![\w-])/i
MANY.3: /(at\s+most|at\s+least|exactly)(?![\w-])/i
PATTERN.2: /(?=-*[YN]|--)(?:[YN]|-(?!>))+(?!\w|-(?!>))/
NAME: /[^\W\d](?:\w|-(?!>))*/
NUMBER: /[0-9]+/
QUOTED: /"[^"]*"|'[^']*'/
_MINUS: "-"
_OPEN: "("
_CLOSE: ")"
_COMMA: ","
%ignore /\s+/
"""


class StatementError(ValueError):
    """A statement that cannot be read: what is wrong, and at which column, counted from 1."""

    bad_input = True

    def __init__(self, message: str, column: int) -> None:
        self.column = column
        self.message = message
        super().__init__(f"column {column}: {message}")

    def __reduce__(self) -> tuple[type[StatementError], tuple[str, int]]:
        return (StatementError, (self.message, self.column))


@dataclass(frozen=True, slots=True)
class Statement:
    """A statement that was read, over the options (or, of a bare graph, the states) by number."""

    text: str
    node: Node

    @property
    def mentions(self) -> int:
        """The options it speaks of, as the bits of a number."""
        return mentions(self.node)

    def holds(self, codes: Ints) -> Bools:
        """In which of these states is it true? Bit o of a code is option o."""
        return self.may_hold(codes, -1)

    def may_hold(self, codes: Ints, known: int) -> Bools:
        """In which could it be true, if only the `known` options (bits) are decided so far?

        Never says no where some choice of the others makes it true, but may say yes where none
        does (Kleene's logic looks at every mention by itself).
        """
        flat = np.asarray(codes, np.int64).ravel()
        truth = np.empty(flat.size, np.bool_)
        for first in range(0, flat.size, BLOCK):
            block = flat[first : first + BLOCK]

            def chosen(option: int, block: Ints = block) -> Pair:
                if not known >> option & 1:
                    return True, False
                bits = (block & np.int64(1 << option)) != 0
                return bits, bits

            truth[first : first + BLOCK] = evaluate(self.node, chosen)[0]
        return truth.reshape(np.shape(codes))

    def among(self, states: int) -> Bools:
        """In which of so many states of a bare graph is it true, each name being a state?"""
        here = np.arange(states)

        def chosen(state: int) -> Pair:
            there = here == state
            return there, there

        truth = evaluate(self.node, chosen)[0]
        return np.array(np.broadcast_to(truth, (states,)), np.bool_)

    def denied(self) -> Statement:
        """The statement that is true where this one is false."""
        return Statement(f"not ({self.text})", Not(self.node))


def parse(text: str, names: Sequence[str], what: str = "option") -> Statement:
    """Read a statement about options (or `what` the names are) with these ids, in this order.

    Raises StatementError at the column where it cannot be read on.
    """
    return _parse(text, tuple(names), what)


@lru_cache(maxsize=4096)
def _parse(text: str, names: tuple[str, ...], what: str) -> Statement:
    from lark.exceptions import UnexpectedCharacters, UnexpectedEOF, UnexpectedToken

    if len(text) > LONGEST:
        raise StatementError(f"has {len(text):,} characters; at most {LONGEST:,} are read", LONGEST)
    if not text.strip():
        raise StatementError("is empty; 'true' would always hold", 1)
    flat = text.translate(_BLANKS)  # one line, so that columns count through it
    try:
        tree = _parser().parse(flat)
    except UnexpectedCharacters as error:
        at = error.pos_in_stream or 0
        raise StatementError(f"{quoted(flat[at : at + 12])} cannot be read", at + 1) from None
    except (UnexpectedEOF, UnexpectedToken) as error:
        raise _out_of_place(flat, getattr(error, "token", None)) from None
    reader = _Reader(names, {name: o for o, name in enumerate(names)}, what)
    return Statement(text, reader.node(tree, 0))


_BLANKS = {ord(c): " " for c in "\t\n\v\f\r\x1c\x1d\x1e\x85\u2028\u2029"}


@cache
def _parser() -> Lark:
    from lark import Lark

    return Lark(_GRAMMAR, parser="lalr", lexer="contextual", propagate_positions=True)


def _out_of_place(text: str, token: Token | None) -> StatementError:
    if token is None or token.type == "$END":
        return StatementError("something is missing at the end", len(text.rstrip()) + 1)
    at = token.start_pos or 0
    hint = "; parentheses would say what belongs together" if token.type in _LOOSE else ""
    return StatementError(f"{quoted(str(token))} cannot stand here{hint}", at + 1)


_LOOSE = ("_IF", "_ARROW")


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns the parser's tree into nodes, with options by number."""

    names: tuple[str, ...]
    places: dict[str, int]
    what: str

    def node(self, tree: Tree[Token], depth: int) -> Node:
        column = getattr(tree.meta, "column", 1)
        if depth > DEEPEST:
            raise StatementError(f"is nested more than {DEEPEST} levels deep", column)
        kind = str(tree.data)
        if kind in ("name", "number", "not_number", "pattern", "quoted"):
            token = str(tree.children[0])
            return _LEAVES[kind](self, token, column)
        parts = tuple(
            self.node(child, depth + 1) for child in tree.children if not isinstance(child, str)
        )
        if kind == "count":
            words, number = str(tree.children[0]).lower().split(), int(str(tree.children[1]))
            least = 0 if words[-1] == "most" else number
            return Count(least, len(parts) if words[-1] == "least" else number, parts)
        return _JOINS[kind](parts)

    def name(self, text: str, column: int) -> Node:
        if text not in self.places:
            hint = did_you_mean(text, self.names)
            raise StatementError(f"there is no {self.what} {quoted(text)}{hint}", column)
        return Atom(self.places[text])

    def number(self, text: str, column: int) -> Node:
        if not 1 <= int(text) <= len(self.names):
            known = f"they are numbered 1 to {len(self.names)}"
            raise StatementError(f"there is no {self.what} {quoted(text)}; {known}", column)
        return Atom(int(text) - 1)

    def not_number(self, text: str, column: int) -> Node:
        return Not(self.number(text, column))

    def pattern(self, text: str, column: int) -> Node:
        if len(text) != len(self.names):
            raise StatementError(
                f"the pattern {quoted(text)} has {len(text)} letters for"
                f" {len(self.names)} {self.what}s",
                column,
            )
        chosen: list[Node] = []
        for option, letter in enumerate(text):
            if letter != "-":
                chosen.append(Atom(option) if letter == "Y" else Not(Atom(option)))
        return All(tuple(chosen))

    def quoted(self, text: str, column: int) -> Node:
        inside = text[1:-1].strip()
        if inside and set(inside) <= set("YN-"):
            return self.pattern(inside, column)
        return self.name(inside, column)


_LEAVES: dict[str, Callable[[_Reader, str, int], Node]] = {
    "name": _Reader.name,
    "number": _Reader.number,
    "not_number": _Reader.not_number,
    "pattern": _Reader.pattern,
    "quoted": _Reader.quoted,
}
_JOINS: dict[str, Callable[[tuple[Node, ...]], Node]] = {
    "true": lambda parts: All(()),
    "false": lambda parts: Some(()),
    "denied": lambda parts: Not(parts[0]),
    "both": All,
    "either": Some,
    "implies": lambda parts: Some((Not(parts[0]), parts[1])),
    "given": lambda parts: Some((Not(parts[1]), parts[0])),
    "same": Same,
}
