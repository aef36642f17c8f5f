"""The stability section in a case and in a file of its own: what is read, and what is refused."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from foedus.case import Case, CaseError, Section, loads, schema
from foedus.case.tree import read
from foedus.lenses.stability.coding.files import model_of, read_model
from foedus.lenses.stability.model import Stability

SECTIONS: dict[str, type[Section]] = {"stability": Stability}

HEAD = """\
foedus: 1
id: talks
title: Talks
question: Will it hold?
as_of: 2016-06-12
horizon: 2016-12-31
sources:
  paper: {title: A paper, date: 2016-05}
evidence:
  e1: {source: paper, says: It strikes.}
actors:
  north: {name: North, kind: state}
  south: {name: South, kind: state}
  rival: {name: Rival, kind: movement}
pact: {members: [north, south]}
"""

SECTION = """\
stability:
  options:
    strike: {by: north, says: Keep striking, because: [e1]}
    pay: {by: south, direction: both}
    quit: {by: south, direction: forward}
  feasible:
    no-gift: {never: pay and quit, because: [e1], note: Who left does not pay.}
  banned:
    no-stop: {by: [north], from: quit, to: not strike}
  preferences:
    north:
      weights: {strike: {mode: 1, low: 0, high: 2, because: [e1]}}
      terms: {paid: {when: pay, worth: 2}}
    south:
      statements:
        calm: {when: -1}
        home: {when: "not quit", priority: {mode: 1, low: 1, high: 3, because: [e1]}}
      unknown: {gift: {between: YYN, and: true}}
    rival: {ranking: [YNY, [5, YNN], 4, 3, 1]}
  status_quo: [strike, pay]
  holds_when: not quit
  attitudes: {north: {south: positive}}
"""


def changed(*swaps: tuple[str, str]) -> str:
    text = HEAD + SECTION
    for old, new in swaps:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def case_of(*swaps: tuple[str, str]) -> Case:
    return loads(changed(*swaps), SECTIONS, "talks.yaml")


def section_of(*swaps: tuple[str, str]) -> Stability:
    section = case_of(*swaps).sections["stability"]
    assert isinstance(section, Stability)
    return section


# states: 1 NNN, 2 YNN, 3 NYN, 4 YYN, 5 NNY, 6 YNY


def test_a_section_is_read() -> None:
    section = section_of()
    assert section.decision_makers == ("north", "south", "rival")
    assert section.lacking() == ()
    assert section.concept == "seq"
    assert section.banned["no-stop"].from_ == "quit"
    assert section.preferences["south"].statements["calm"].when == "-1"
    assert section.preferences["south"].unknown["gift"].and_ == "true"


def test_every_judged_number_has_a_path() -> None:
    case = case_of(("ranking: [YNY, [5, YNN], 4, 3, 1]", "payoffs: {'1': 1, '2': 1, '3': 1, '4': 1,"
                    " '5': 1, YNY: 2}, much_above: {mode: 1, low: 0.5, high: 2}"))  # fmt: skip
    assert list(case.quantities()) == [
        "stability.preferences.north.terms.paid.worth",
        "stability.preferences.north.weights.strike",
        "stability.preferences.rival.much_above",
        *(f"stability.preferences.rival.payoffs.{state}" for state in (1, 2, 3, 4, 5)),
        "stability.preferences.rival.payoffs.YNY",
        "stability.preferences.south.statements.home.priority",
    ]
    assert len(case.hash) == 64
    other = case.with_values({"stability.preferences.north.weights.strike": -1})
    assert other.quantities()["stability.preferences.north.weights.strike"].mode == -1


def test_an_unfinished_section_is_no_problem_but_says_what_it_lacks() -> None:
    assert section_of((SECTION, "stability: {}\n")).lacking() == ("stability.options",)
    begun = section_of((SECTION, "stability:\n  options: {strike: {by: north}}\n"))
    assert begun.lacking() == ("stability.preferences.north",)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "by: north, says",
            "by: nroth, says",
            "options.strike.by: there is no actor 'nroth', did you mean 'north'?",
        ),
        (
            "    rival: {",
            "    riva: {",
            "preferences.riva: there is no actor 'riva', did you mean 'rival'?",
        ),
        ("    strike: {by", "    not: {by", "options.not: 'not' is a word of statements"),
        (
            "pay and quit,",
            "pay and qit,",
            "feasible.no-gift.never: column 9: there is no option 'qit', did you mean 'quit'?",
        ),
        (
            "because: [e1], note",
            "because: [e9], note",
            "feasible.no-gift.because.0: there is no evidence 'e9'",
        ),
        (
            "{never: pay and quit,",
            "{never: pay and quit, always: pay,",
            "feasible.no-gift: give exactly one of 'never' and 'always'",
        ),
        ("{never: pay and quit, because: [e1],", "{", "feasible.no-gift: give exactly one of"),
        (
            "by: [north], from",
            "by: [nort], from",
            "banned.no-stop.by.0: 'nort' has neither options nor preferences, did you mean",
        ),
        (
            "to: not strike",
            "too: not strike",
            "banned.no-stop.too: unknown key 'too', did you mean 'to'?",
        ),
        (
            "weights: {strike:",
            "weights: {strik:",
            "preferences.north.weights.strik: there is no option 'strik', did you mean 'strike'?",
        ),
        (
            "worth: 2}",
            "worth: two}",
            "preferences.north.terms.paid.worth: should be a number or {mode, low, high}",
        ),
        ("worth: 2}", "worth: 1.0e+300}", "mode is 1e+300; it should be between -1e+12 and 1e+12"),
        (
            "    rival: {r",
            "    rival: {order: [1 > 2], r",
            "preferences.rival: says preferences twice, by ranking and order",
        ),
        (
            "{ranking: [YNY, [5, YNN], 4, 3, 1]}",
            "{}",
            "preferences.rival: says no preference; give one of ranking",
        ),
        (
            "4, 3, 1]}",
            "4, 3, 1], much_above: 1}",
            "'much_above' needs weights, terms or payoffs, not ranking",
        ),
        ("4, 3, 1]", "4, 1]", "preferences.rival.ranking: misses 1 of 6 states: 3 (NYN)"),
        ("4, 3, 1]", "4, 3, 3, 1]", "preferences.rival.ranking.4: the state 3 stands twice"),
        (
            "4, 3, 1]",
            "4, 3, 7]",
            "preferences.rival.ranking.4: there is no state '7'; they are numbered 1 to 6",
        ),
        ("4, 3, 1]", "4, 3, NN]", "the pattern 'NN' has 2 letters for 3 options"),
        ("4, 3, 1]", "4, 3, N--]", "the pattern 'N--' fits 3 states; give one"),
        (
            "[YNY, [5, YNN]",
            "[YYY, [5, YNN]",
            "preferences.rival.ranking.0: YYY is not feasible because of feasible.no-gift",
        ),
        (
            "{ranking: [YNY, [5, YNN], 4, 3, 1]}",
            "{order: ['1 > 2 ~ 4', 4 > 3 >> 1]}",
            "preferences.rival.order: the preferences go in a circle: 1 > 2 ~ 4 > 3 >> 1",
        ),
        (
            "{ranking: [YNY, [5, YNN], 4, 3, 1]}",
            "{order: [1 > 2 >]}",
            "preferences.rival.order.0: should be states with >>, > or ~ between",
        ),
        (
            "{ranking: [YNY, [5, YNN], 4, 3, 1]}",
            "{payoffs: {YNY: 1}}",
            "preferences.rival.payoffs: misses 5 of 6 states: 1 (NNN), 2 (YNN)",
        ),
        (
            "[strike, pay]",
            "[quit, pay]",
            "status_quo: NYY is not feasible because of feasible.no-gift",
        ),
        (
            "[strike, pay]",
            "[strike, apy]",
            "status_quo.1: there is no option 'apy', did you mean 'pay'?",
        ),
        ("[strike, pay]", "9", "status_quo: there is no state '9'; they are numbered 1 to 6"),
        (
            "not quit\n",
            "not quitt\n",
            "holds_when: column 5: there is no option 'quitt', did you mean 'quit'?",
        ),
        (
            "{south: positive}",
            "{suth: positive}",
            "attitudes.north.suth: 'suth' has neither options nor preferences",
        ),
        (
            "  status_quo:",
            "  blind: {nort: {when: pay}}\n  status_quo:",
            "blind.nort: 'nort' has neither",
        ),
        ("  status_quo:", "  moves: {north: {a: [b]}}\n  status_quo:", "moves: goes with states"),
        (
            "  status_quo:",
            "  states: {a: {}}\n  status_quo:",
            "options: goes with options; a bare graph has states and moves alone",
        ),
        (
            "  banned:",
            "    b: {always: strike}\n    c: {never: strike}\n    d: {never: pay}\n  banned:",
            "feasible.b: no state is left: 'b', 'c' rule out every one",
        ),
        (
            "  status_quo:",
            "  coalesce: {x: {when: pay}, y: {when: strike}}\n  status_quo:",
            "coalesce.y.when: YYN already counts as 'x'",
        ),
        (
            "  status_quo:",
            "  coalesce: {x: {when: pay and quit}}\n  status_quo:",
            "coalesce.x.when: is true in no feasible state",
        ),
        (
            "  attitudes:",
            "  concept: nsh\n  attitudes:",
            "concept: 'nsh' is not one of nash, gmr, smr, seq",
        ),
    ],
)
def test_errors_say_where_and_what(old: str, new: str, message: str) -> None:
    with pytest.raises(CaseError) as told:
        case_of((old, new))
    mine = [p for p in told.value.problems if message in f"{p.path}: {p.message}"]
    assert mine, str(told.value)
    assert "\n" not in str(mine[0])
    assert mine[0].line is not None
    there = changed((old, new)).splitlines()[mine[0].line - 1]
    assert any(part in there for part in mine[0].path.split(".")[-2:]), there


def test_too_many_options() -> None:
    many = "\n".join(f"    o{i}: {{by: north}}" for i in range(63))
    with pytest.raises(CaseError, match="63 options; at most 62 can be coded"):
        loads(HEAD + f"stability:\n  options:\n{many}\n", SECTIONS)


def test_a_large_section_is_checked_quickly_and_not_built() -> None:
    many = "\n".join(f"    o{i}: {{by: north}}" for i in range(62))
    text = f"stability:\n  options:\n{many}\n  preferences: {{north: {{ranking: [1, 2]}}}}\n"
    assert isinstance(loads(HEAD + text, SECTIONS).sections["stability"], Stability)


def test_hostile_sections_are_checked_in_reasonable_time() -> None:
    many = "\n".join(f"    o{i}: {{by: north}}" for i in range(60))
    pairs = ", ".join(f"o{i} and o{59 - i}" for i in range(60))
    rules = "\n".join(
        f"    r{i}: {{never: 'at least {i % 3 + 1} of ({pairs})'}}" for i in range(90)
    )
    text = f"stability:\n  options:\n{many}\n  feasible:\n{rules}\n"
    begun = time.process_time()
    loads(HEAD + text, SECTIONS)
    assert time.process_time() - begun < 20


def test_the_schema_accepts_what_the_loader_accepts() -> None:
    validator = Draft202012Validator(schema(SECTIONS))
    Draft202012Validator.check_schema(schema(SECTIONS))
    assert list(validator.iter_errors(read(changed(), "talks.yaml").data)) == []
    for old, new in (
        ("from: quit", "frm: quit"),
        ("by: north, says", "says"),
        ("[strike, pay]", "1.5"),
    ):
        assert list(validator.iter_errors(read(changed((old, new)), "talks.yaml").data)), new


BARE = """\
title: Two states
decision_makers: {north: The North, south: The South}
states: {peace: {says: Peace}, war: {}, truce: {}}
moves: {north: {peace: [war], war: [truce]}}
preferences:
  north: {order: ["war > peace"]}
  south: {ranking: [peace, [truce, war]]}
blind: {north: {when: truce}}
status_quo: peace
holds_when: peace or truce
"""


def test_a_bare_model_file(tmp_path: Path) -> None:
    file = tmp_path / "two.yaml"
    file.write_text(BARE, encoding="utf-8")
    model = read_model(file)
    assert model.title == "Two states"
    assert model.names == {"north": "The North", "south": "The South"}
    assert model.section.decision_makers == ("north", "south")
    assert model.line(("preferences", "south", "ranking")) == 7


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "peace: [war]",
            "peace: [wra]",
            "m.yaml:4: moves.north.peace: there is no state 'wra', did you mean 'war'?",
        ),
        (
            "peace: [war]",
            "peace: [peace]",
            "m.yaml:4: moves.north.peace: 'peace' cannot be left for itself",
        ),
        (
            "status_quo: peace",
            "status_quo: pace",
            "m.yaml:9: status_quo: there is no state 'pace', did you mean 'peace'?",
        ),
        (
            "status_quo: peace",
            "status_quo: [peace]",
            "m.yaml:9: status_quo: should be a state, not a list of options",
        ),
        ("south: {r", "suth: {r", "m.yaml:7: preferences.suth: there is no decision maker 'suth'"),
        (
            "south: The South",
            "soth: The South",
            "m.yaml:2: decision_makers.soth: 'soth' has neither options nor preferences",
        ),
        ("  north: {order", "  #", "m.yaml:5: preferences: missing key 'preferences.north'"),
        ("title:", "tite:", "m.yaml:1: tite: unknown key 'tite'"),
        (
            "when: truce",
            "when: truc",
            "m.yaml:8: blind.north.when: column 1: there is no state 'truc', did you mean 'truce'?",
        ),
        (BARE, "", "m.yaml:1: is empty; a model begins with 'options:'"),
        (BARE, "[1]", "m.yaml:1: should be a mapping, not a list; a model begins with 'options:'"),
        (BARE, "a: [", "m.yaml:1: is not YAML"),
    ],
)
def test_errors_of_a_bare_model_file(old: str, new: str, message: str) -> None:
    assert old in BARE
    with pytest.raises(CaseError) as told:
        model_of(BARE.replace(old, new, 1), "m.yaml")
    assert message in str(told.value)


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(CaseError, match="there is no file"):
        read_model("nowhere.yaml")


def test_a_watcher_has_to_be_announced_in_a_bare_file() -> None:
    text = (
        "options: {a: {by: north}}\n"
        "preferences: {north: {weights: {a: 1}}, guest: {ranking: [1, 2]}}\n"
    )
    with pytest.raises(CaseError, match="there is no decision maker 'guest'"):
        model_of(text)
    named = "decision_makers: {north: North, guest: Guest}\n" + text
    assert model_of(named).section.decision_makers == ("north", "guest")
