"""The schema accepts what the loader accepts, and refuses what it refuses."""

from __future__ import annotations

import json
from copy import deepcopy
from typing import Any

import pytest
from case_toy import SECTIONS, changed, toy
from jsonschema import Draft202012Validator

from foedus.case import CaseError, loads, packaged, schema
from foedus.case.guard import checked
from foedus.case.packages import packaged_file
from foedus.case.tree import read

VALIDATOR = Draft202012Validator(schema(SECTIONS))


def test_it_is_a_valid_schema() -> None:
    Draft202012Validator.check_schema(schema(SECTIONS))
    assert json.dumps(schema(SECTIONS), allow_nan=False) == json.dumps(schema(SECTIONS))


def test_the_toy_case_fits() -> None:
    assert list(VALIDATOR.iter_errors(toy().data)) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("stake: 1.5", "stakee: 1.5"),
        ("toy:\n", "tooy:\n"),
        ("stake: 1.5", "stake: 3.5"),
        ("high: 2\n", "high: 4\n"),
        ("stake: 1.5", "stake: 1\n      cost: 0"),
        ("low: -0.2, ", ""),
        ("stake: 1.5", "stake: '1.5'"),
        ("stake: 1.5", "stake: true"),
        ("title: The toy pact", "title: 1"),
        ("id: toy-pact", "id: Toy"),
        ("as_of: 2016-06-12", "as_of: June"),
        ("date: 2016-05,", "date: May,"),
        ("kind: person", "kind: king"),
        ("{front: falling}", "{front: rising}"),
        ("credibility: 2", "credibility: 7"),
        ("  e2:", "  E2:"),
        ("foedus: 1", "foedus: 2"),
        ("question: Will it hold?", ""),
    ],
)
def test_what_the_loader_refuses_the_schema_refuses(old: str, new: str) -> None:
    text = changed((old, new))
    with pytest.raises(CaseError):
        loads(text, SECTIONS)
    assert list(VALIDATOR.iter_errors(read(text, "toy.yaml").data))


def test_other_spellings_fit() -> None:
    data: dict[str, Any] = deepcopy(dict(toy().data))
    data["sources"]["paper"]["date"] = 2016
    data["assumptions"]["steady"]["fails_when"]["front"] = ["flat", "falling"]
    data["toy"]["members"]["south"]["stake"]["prior"] = {"mode": 1, "low": 0, "high": 2}
    assert list(VALIDATOR.iter_errors(data)) == []


@pytest.mark.parametrize("name", packaged())
def test_the_head_of_a_packaged_case_fits(name: str) -> None:
    raw = packaged_file(name).read_text(encoding="utf-8")
    data = read(checked(raw, name), name).data
    known = schema({})
    head = {key: value for key, value in data.items() if key in known["properties"]}
    assert list(Draft202012Validator(known).iter_errors(head)) == []
