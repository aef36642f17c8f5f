"""What a person accepts is in the file, what he decides is in the log, whatever happens."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from made_proposals import AGAIN, BLAME, CASE, OFFERS, PLEDGE

from foedus.case import Case, load
from foedus.lenses.table import SECTIONS
from foedus.reading.reviewing.decisions import decisions, settled
from foedus.reading.reviewing.offered import Offered
from foedus.reading.reviewing.review import Choice, Desk, Reviewed, Turn, news_of, review

Ask = Callable[[Turn], Choice]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    file = tmp_path / "strait.yaml"
    file.write_text(CASE, "utf-8")
    return Desk(file, tmp_path / "log.jsonl", SECTIONS, "ada", lambda: "2024-03-02T10:00:00Z")


def saying(*choices: Choice) -> tuple[Ask, list[Turn]]:
    """Somebody who says this, in turn; and what he was asked."""
    coming: Iterator[Choice] = iter(choices)
    turns: list[Turn] = []

    def ask(turn: Turn) -> Choice:
        turns.append(turn)
        return next(coming)

    return ask, turns


def reviewed(desk: Desk, ask: Ask, offered: tuple[Offered, ...] = OFFERS) -> Reviewed:
    return review(desk, load(desk.file, SECTIONS), offered, ask, news_of(OFFERS))


def case_of(desk: Desk) -> Case:
    return load(desk.file, SECTIONS)


ACCEPT, SKIP, QUIT = Choice("accepted"), Choice("skipped"), Choice("quit")


def test_an_accepted_item_is_in_the_file_with_the_sources_it_needs(desk: Desk) -> None:
    ask, _ = saying(Choice("accepted", {"reliability": "C"}), QUIT)
    told = reviewed(desk, ask)
    case = case_of(desk)
    item = case.evidence["aldia-pledge-squadron"]
    assert item.says == "Pledge of Aldia: keep its squadron in the strait."
    assert (item.source, item.where, item.by) == ("courier", "paragraph 2", "envoy")
    assert (item.through, item.date, item.credibility) == (("letter",), "2024-02", 3)
    assert item.note == "Bears on, as read: supports endurance.members.aldia.stake."
    assert case.sources["courier"].author == "B. Reporter"
    assert case.sources["courier"].reliability == "C"
    assert case.sources["letter"].title == "A letter in The Courier"
    assert (told.left, told.case.hash) == (2, case.hash)


def test_nothing_else_of_the_file_moves(desk: Desk) -> None:
    ask, _ = saying(ACCEPT, Choice("edited", {"says": "Others say so."}), ACCEPT)
    reviewed(desk, ask)
    new = desk.file.read_text("utf-8").splitlines()
    old = CASE.splitlines()
    kept = iter(new)
    assert all(line in kept for line in old)  # each after the one before
    assert list(case_of(desk).evidence) == ["vital", PLEDGE.id, BLAME.id, AGAIN.id]


def test_a_source_is_added_once(desk: Desk) -> None:
    ask, _ = saying(ACCEPT, ACCEPT, QUIT)
    reviewed(desk, ask)
    assert list(case_of(desk).sources) == ["gazette", "courier", "letter"]


def test_every_decision_is_logged_with_who_and_when(desk: Desk) -> None:
    edit = Choice("edited", {"id": "outposts", "says": "Mine.", "credibility": 4})
    ask, _ = saying(SKIP, edit, Choice("rejected", reason="said before"))
    reviewed(desk, ask)
    told = decisions(desk.log)
    assert [one.decision for one in told] == ["skipped", "edited", "rejected"]
    assert [one.proposal for one in told] == [one.key for one in OFFERS]
    assert {(one.by, one.at, one.case) for one in told} == {
        ("ada", "2024-03-02T10:00:00Z", "strait")
    }
    assert told[1].changed == {"id": "outposts", "says": "Mine.", "credibility": 4}
    assert (told[1].evidence, told[1].id) == ("outposts", BLAME.id)
    assert (told[2].evidence, told[2].reason) == (None, "said before")
    assert case_of(desk).evidence["outposts"].credibility == 4
    assert set(settled(desk.log)) == {OFFERS[1].key, OFFERS[2].key}


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"by": "nobody-known"}, "nobody-known"),
        ({"credibility": 9}, "credibility"),
        ({"credibility": "high"}, "credibility"),
        ({"date": "soon"}, "date"),
        ({"id": "Not An Id"}, "Not An Id"),
        ({"id": "vital"}, "is there already"),
        ({"id": "a.b"}, "a.b"),
        ({"id": 5}, "5"),
        ({"says": ""}, "says"),
        ({"says": "a\x07b"}, "U\\+0007"),
        ({"through": "envoy"}, "through"),
        ({"source": "unheard-of"}, "unheard-of"),
    ],
)
def test_what_the_case_does_not_take_is_told_and_asked_again(
    desk: Desk, values: dict[str, Any], says: str
) -> None:
    import re

    ask, turns = saying(Choice("edited", values), QUIT)
    told = reviewed(desk, ask)
    assert desk.file.read_text("utf-8") == CASE
    assert [turn.problem is None for turn in turns] == [True, False]
    assert re.search(says, turns[1].problem or "")
    assert turns[1].offered is turns[0].offered
    assert (told.decisions, decisions(desk.log)) == ((), ())


def test_news_after_the_judgement_are_not_taken(desk: Desk) -> None:
    text = CASE.replace("as_of: 2024-03-01", "as_of: 2024-02-21")
    desk.file.write_text(text, "utf-8")
    ask, turns = saying(ACCEPT, QUIT)
    reviewed(desk, ask)
    assert "hindsight" in (turns[1].problem or "")
    assert desk.file.read_text("utf-8") == text


def test_a_draft_that_was_not_taken_is_kept_for_the_next_try(desk: Desk) -> None:
    wrong = Choice("edited", {"says": "My words.", "by": "nobody"})
    ask, turns = saying(wrong, Choice("edited", {"by": "berrin"}), QUIT)
    reviewed(desk, ask)
    assert turns[1].draft.entry["says"] == "My words."
    item = case_of(desk).evidence[PLEDGE.id]
    assert (item.says, item.by) == ("My words.", "berrin")


def test_an_id_that_was_taken_meanwhile_gets_a_number(desk: Desk) -> None:
    taken = CASE.replace("  vital:\n", f"  {PLEDGE.id}:\n")
    desk.file.write_text(taken, "utf-8")
    ask, _ = saying(ACCEPT, QUIT)
    reviewed(desk, ask)
    assert list(case_of(desk).evidence) == [PLEDGE.id, f"{PLEDGE.id}-2"]


def test_what_was_written_and_not_logged_is_not_written_twice(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    ask, _ = saying(ACCEPT)
    with monkeypatch.context() as patch:
        patch.setattr("foedus.reading.reviewing.review.decide", killed)
        with pytest.raises(KeyboardInterrupt):
            reviewed(desk, ask)
    text = desk.file.read_text("utf-8")
    assert PLEDGE.id in text
    again, turns = saying(QUIT)
    told = reviewed(desk, again)
    assert desk.file.read_text("utf-8") == text
    assert [turn.offered for turn in turns] == [OFFERS[1]]
    assert [(one.decision, one.evidence) for one in told.decisions] == [("accepted", PLEDGE.id)]


def test_a_hand_that_edits_the_file_meanwhile_is_not_overwritten(desk: Desk) -> None:
    def ask(turn: Turn) -> Choice:
        if turn.number == 1:
            desk.file.write_text(CASE.replace("# what we know", "# edited"), "utf-8")
            return ACCEPT
        return QUIT

    reviewed(desk, ask)
    assert desk.file.read_text("utf-8").startswith("# edited\n")
    assert PLEDGE.id in case_of(desk).evidence


def test_a_log_that_was_cut_short_goes_on(desk: Desk) -> None:
    ask, _ = saying(SKIP, QUIT)
    reviewed(desk, ask)
    whole = desk.log.read_text("utf-8")
    desk.log.write_text(whole + '{"proposal": "12', "utf-8")
    assert len(decisions(desk.log)) == 1
    reviewed(desk, saying(SKIP, QUIT)[0])
    lines = desk.log.read_text("utf-8").splitlines()
    assert [json.loads(line)["decision"] for line in lines] == ["skipped", "skipped"]
    assert desk.log.read_text("utf-8").startswith(whole)
