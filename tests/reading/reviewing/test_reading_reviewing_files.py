"""The file of proposals, and decisions from a file."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_proposals import AGAIN, BLAME, OFFERS, PLEDGE, SHA

from foedus.reading.reviewing.decisions import decisions
from foedus.reading.reviewing.errors import ReviewError
from foedus.reading.reviewing.offered import keep_offers, offers, read_offers
from foedus.reading.reviewing.review import Choice
from foedus.reading.reviewing.scripted import scripted

OTHER = "cd" * 32


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "strait.reading.jsonl"


def test_proposals_come_back_the_same(file: Path) -> None:
    keep_offers(file, OFFERS, "courier.txt", SHA)
    assert read_offers(file) == OFFERS
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["proposal"] * 3
    assert lines[0]["bears"][0]["direction"] == "supports"


def test_texts_stand_side_by_side_and_the_same_text_takes_its_own_place(file: Path) -> None:
    other = offers((BLAME,), "other.txt", OTHER)
    keep_offers(file, OFFERS, "courier.txt", SHA)
    keep_offers(file, other, "other.txt", OTHER)
    assert read_offers(file) == (*OFFERS, *other)
    keep_offers(file, OFFERS[:1], "moved/courier.txt", SHA)  # the same bytes
    assert read_offers(file) == (*other, *OFFERS[:1])
    changed = offers((AGAIN,), "other.txt", "ef" * 32)  # the same name
    keep_offers(file, changed, "other.txt", "ef" * 32)
    assert read_offers(file) == (*OFFERS[:1], *changed)


def test_two_texts_from_standard_input_are_two(file: Path) -> None:
    keep_offers(file, offers((BLAME,), "-", SHA), "-", SHA)
    keep_offers(file, offers((AGAIN,), "-", OTHER), "-", OTHER)
    assert len(read_offers(file)) == 2


def test_a_key_is_of_the_text_and_the_place_and_not_of_the_wording() -> None:
    (one,) = offers((replace(PLEDGE, id="other", says="Other.", repeats="e1"),), "b.txt", SHA)
    assert one.key == OFFERS[0].key
    assert len({one.key for one in OFFERS}) == len(OFFERS)
    assert offers((PLEDGE,), "courier.txt", OTHER)[0].key != OFFERS[0].key


def test_proposals_of_the_same_words_are_told_apart() -> None:
    aims = (PLEDGE, replace(PLEDGE, id="second"), replace(PLEDGE, id="third"))
    keys = [one.key for one in offers(aims, "courier.txt", SHA)]
    assert len(set(keys)) == 3
    assert keys[0] == OFFERS[0].key


def test_a_file_that_cannot_be_written_is_as_it_was(file: Path) -> None:
    keep_offers(file, OFFERS, "courier.txt", SHA)
    file.write_text(file.read_text("utf-8") + "{}\n", "utf-8")
    before = file.read_bytes()
    with pytest.raises(ReviewError, match=r"jsonl:4: is no proposal"):
        keep_offers(file, (), "x", OTHER)
    assert file.read_bytes() == before


def line(**changes: Any) -> str:
    return json.dumps(OFFERS[0].to_dict() | changes)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "1: is not JSON"),
        ("[]", "1: should be an object"),
        ("[" * 100_000, "1: is not JSON"),
        (line(kind="event"), "1: is no proposal"),
        (line(bears=[{"on": 1}]), "1: is no proposal"),
        (line(bears=3), "1: is no proposal"),
        (line(new_source=[]), "1: is no proposal"),
        (line(says=None), "1: is no proposal"),
        (line(kinds=None), "1: is no proposal"),
    ],
)
def test_what_is_no_proposal_is_refused_by_line(file: Path, text: str, says: str) -> None:
    file.write_text(text + "\n", "utf-8")
    with pytest.raises(ReviewError, match=says):
        read_offers(file)


def test_bytes_that_are_no_text_are_refused(file: Path) -> None:
    file.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ReviewError, match="is not UTF-8"):
        read_offers(file)


def test_decisions_are_taken_from_a_file(tmp_path: Path) -> None:
    script = tmp_path / "decide.jsonl"
    told = [
        {"proposal": OFFERS[1].key, "decision": "reject", "reason": "old"},
        {"proposal": PLEDGE.id, "decision": "edited", "fields": {"says": "Mine."}},
        {"proposal": AGAIN.id, "decision": "accept", "fields": {"reliability": "B"}},
    ]
    script.write_text("\n".join(json.dumps(one) for one in told), "utf-8")
    found = scripted(script, OFFERS)
    assert [one.offered for one in found] == [OFFERS[1], OFFERS[0], OFFERS[2]]
    assert [one.choice for one in found] == [
        Choice("rejected", {}, "old"),
        Choice("edited", {"says": "Mine."}),
        Choice("accepted", {"reliability": "B"}),
    ]


@pytest.mark.parametrize(
    ("decision", "says"),
    [
        ({"proposal": "nothing", "decision": "accept"}, "2: there is no proposal 'nothing'"),
        ({"proposal": 3, "decision": "accept"}, "2: there is no proposal 3"),
        ({"decision": "accept"}, "2: there is no proposal None"),
        ({"proposal": PLEDGE.id, "decision": "accept"}, "2: decided already on line 1"),
        ({"proposal": BLAME.id, "decision": "perhaps"}, "2: decision should be accept, edit"),
        ({"proposal": BLAME.id, "decision": ["accept"]}, "2: decision should be accept, edit"),
        ({"proposal": BLAME.id, "decision": "edit", "fields": {"mode": 1}}, "2: fields should be"),
        ({"proposal": BLAME.id, "decision": "edit", "fields": 1}, "2: fields should be an object"),
        (
            {"proposal": BLAME.id, "decision": "accept", "fields": {"says": "x"}},
            "2: fields are changed by edit",
        ),
        (
            {"proposal": BLAME.id, "decision": "skip", "fields": {"reliability": "A"}},
            "2: fields are changed by edit",
        ),
        ({"proposal": BLAME.id, "decision": "reject", "reason": 1}, "2: reason should be text"),
        ({"proposal": BLAME.id, "decision": "accept", "says": "x"}, "2: there is no key 'says'"),
    ],
)
def test_a_wrong_decision_is_refused_by_line(
    tmp_path: Path, decision: dict[str, Any], says: str
) -> None:
    script = tmp_path / "decide.jsonl"
    first = {"proposal": PLEDGE.id, "decision": "skip"}
    script.write_text(f"{json.dumps(first)}\n{json.dumps(decision)}\n", "utf-8")
    with pytest.raises(ReviewError, match=says):
        scripted(script, OFFERS)


def test_an_id_that_two_proposals_have_is_refused(tmp_path: Path) -> None:
    script = tmp_path / "decide.jsonl"
    script.write_text(json.dumps({"proposal": PLEDGE.id, "decision": "skip"}), "utf-8")
    both = (*OFFERS, *offers((PLEDGE,), "other.txt", OTHER))
    with pytest.raises(ReviewError, match="2 proposals are called"):
        scripted(script, both)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{}", "is no decision"),
        ('{"proposal": "a", "id": "b", "at": "", "by": "", "decision": "won"}', "'won'"),
    ],
)
def test_a_log_that_is_none_is_refused(tmp_path: Path, text: str, says: str) -> None:
    log = tmp_path / "log.jsonl"
    log.write_text(text + "\n", "utf-8")
    with pytest.raises(ReviewError, match=f"log.jsonl:1: .*{says}"):
        decisions(log)
