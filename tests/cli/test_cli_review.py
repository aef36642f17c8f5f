from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from rich.cells import cell_len

from foedus.case import Case
from foedus.lenses.table import load

Command = Callable[..., tuple[int, str, str]]
STRAIT = Path(__file__).parents[2] / "docs" / "examples" / "strait.yaml"
TEXT = """\
Ports for a squadron
By Mara Quill
22 February 2024

Aldia pledged to keep its squadron in the strait. “We will not leave Berrin alone,” Aldia said.

Berrin blamed Aldia for the loss of the two outposts.
"""


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, foedus: Command) -> Path:
    """A case in the folder where commands run, with proposals beside it."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "ada")
    for name in ("FOEDUS_LLM_URL", "FOEDUS_LLM_MODEL", "FOEDUS_LLM_KEY"):
        monkeypatch.delenv(name, raising=False)
    shutil.copy(STRAIT, "my-pact.yaml")
    Path("news.txt").write_text(TEXT, "utf-8")
    assert foedus("read", "news.txt", "--case", "my-pact.yaml", "--json")[0] == 0
    return tmp_path / "my-pact.yaml"


@pytest.fixture
def typing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Somebody who types lines."""

    def types(*lines: str) -> None:
        coming = iter(lines)

        def line(_: str) -> str:
            try:
                return next(coming)
            except StopIteration:
                raise EOFError from None

        def prompt(text: str, **more: Any) -> Any:
            click.echo(f"{text}: ", nl=False)
            said = line(text) or more.get("default", "")
            click.echo(said)
            return said

        monkeypatch.setattr(click, "prompt", prompt)

    return types


def proposals(case: Path) -> list[dict[str, Any]]:
    text = case.with_name(f"{case.stem}.reading.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def log(case: Path) -> list[dict[str, Any]]:
    path = case.with_name(f"{case.stem}.review.jsonl")
    text = path.read_text("utf-8") if path.exists() else ""
    return [json.loads(line) for line in text.splitlines()]


def loaded(case: Path) -> Case:
    return load(str(case))


def deciding(*decisions: dict[str, Any]) -> str:
    Path("decide.jsonl").write_text("\n".join(map(json.dumps, decisions)), "utf-8")
    return "decide.jsonl"


def test_there_is_something_to_review(case: Path) -> None:
    assert len(proposals(case)) >= 3
    assert all(one["repeats"] is None for one in proposals(case))
    assert all(one["new_source"]["id"] == one["source"] for one in proposals(case))


def test_a_person_goes_through_the_proposals(
    case: Path, foedus: Command, typing: Callable[..., None]
) -> None:
    one, two, *_ = proposals(case)
    before = case.read_text("utf-8")
    typing("", "a", "B", "r", "no news")
    code, out, err = foedus("review", "my-pact.yaml", "--keep", "before.yaml")
    assert (code, err) == (0, "")
    assert all(cell_len(line) <= 80 for line in out.splitlines())
    flat = " ".join(out.split())
    assert " ".join(one["quoted"].split()) in flat
    assert one["rule"] in flat
    assert "Type one of the letters" in out
    assert "1 accepted, 1 rejected" in out
    assert "foedus compare before.yaml my-pact.yaml" in flat
    item = loaded(case).evidence[one["id"]]
    assert item.says == one["says"].removeprefix("[draft] ")
    assert loaded(case).sources[one["source"]].reliability == "B"
    told = log(case)
    assert [(d["proposal"], d["decision"], d["by"]) for d in told] == [
        (one["key"], "accepted", "ada"),
        (two["key"], "rejected", "ada"),
    ]
    assert told[1]["reason"] == "no news"
    assert Path("before.yaml").read_text("utf-8") == before
    kept = iter(case.read_text("utf-8").splitlines())
    assert all(line in kept for line in before.splitlines())


def test_a_review_goes_on_where_it_was_left(
    case: Path, foedus: Command, typing: Callable[..., None]
) -> None:
    total = len(proposals(case))
    typing("s", "q")
    _, out, _ = foedus("review", "my-pact.yaml")
    assert f"1 of {total}" in out
    assert f"1 skipped; {total} left" in out
    typing("r", "")
    _, out, _ = foedus("review", "my-pact.yaml")
    assert f"1 of {total}" in out  # what was skipped is asked again
    typing("q")
    _, out, _ = foedus("review", "my-pact.yaml")
    assert f"1 of {total - 1}" in out


def test_fields_are_edited_one_by_one(
    case: Path, foedus: Command, typing: Callable[..., None]
) -> None:
    typing("e", "ships-attacked", "Ships were shot at.", "-", "-", "4", "2024-02", "C", "q")
    assert foedus("review", "my-pact.yaml")[0] == 0
    item = loaded(case).evidence["ships-attacked"]
    assert (item.says, item.by, item.through) == ("Ships were shot at.", None, ())
    assert (item.credibility, item.date) == (4, "2024-02")
    (told,) = log(case)
    assert told["decision"] == "edited"
    assert told["changed"]["says"] == "Ships were shot at."


def test_an_edit_that_the_case_refuses_is_asked_again(
    case: Path, foedus: Command, typing: Callable[..., None]
) -> None:
    before = case.read_bytes()
    typing("e", "", "Mine.", "nobody-known", "", "", "", "C", "q")
    code, out, _ = foedus("review", "my-pact.yaml")
    assert code == 0
    assert "nobody-known" in out
    assert "Nothing was written" in out
    assert case.read_bytes() == before
    assert log(case) == []


def test_decisions_come_from_a_file(case: Path, foedus: Command) -> None:
    one, two, *_ = proposals(case)
    script = deciding(
        {"proposal": two["key"], "decision": "reject", "reason": "old"},
        {
            "proposal": one["id"],
            "decision": "edit",
            "fields": {"says": "Mine.", "reliability": "C"},
        },
    )
    code, out, err = foedus("review", "my-pact.yaml", "--decide", script, "--json", "--by", "bob")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert [d["decision"] for d in told["decisions"]] == ["rejected", "edited"]
    assert told["case_hash"] == loaded(case).hash
    assert told["left"] == len(proposals(case)) - 2
    assert loaded(case).evidence[one["id"]].says == "Mine."
    assert {d["by"] for d in log(case)} == {"bob"}
    after = case.read_bytes()
    code, out, _ = foedus("review", "my-pact.yaml", "--decide", script, "--json")
    assert json.loads(out)["decisions"] == []  # they are decided
    assert (code, case.read_bytes()) == (0, after)


def test_a_decision_that_cannot_be_carried_out_stops_the_script_there(
    case: Path, foedus: Command
) -> None:
    one, two, *_ = proposals(case)
    script = deciding(
        {"proposal": one["key"], "decision": "accept"},
        {"proposal": two["key"], "decision": "edit", "fields": {"credibility": 7}},
    )
    code, out, err = foedus("review", "my-pact.yaml", "--decide", script)
    assert (code, out) == (2, "")
    assert "decide.jsonl:2: " in err
    assert "credibility" in err
    assert [d["decision"] for d in log(case)] == ["accepted"]
    assert one["id"] in loaded(case).evidence
    assert two["id"] not in loaded(case).evidence


def test_reading_again_knows_what_was_accepted(case: Path, foedus: Command) -> None:
    one, *_ = proposals(case)
    foedus(
        "review",
        "my-pact.yaml",
        "--decide",
        deciding({"proposal": one["key"], "decision": "accept"}),
    )
    foedus("read", "news.txt", "--case", "my-pact.yaml", "--json")
    again = next(data for data in proposals(case) if data["key"] == one["key"])
    assert again["repeats"] == one["id"]
    assert again["new_source"] is None


def test_repeats_are_asked_about_on_request_only(
    case: Path, foedus: Command, typing: Callable[..., None]
) -> None:
    path = case.with_name("my-pact.reading.jsonl")
    first, *rest = proposals(case)
    first |= {"repeats": "vital", "because": "said before"}
    path.write_text("".join(json.dumps(one) + "\n" for one in (first, *rest)), "utf-8")
    typing("q")
    _, out, _ = foedus("review", "my-pact.yaml")
    assert f"1 of {len(rest)}" in out
    assert "1 more repeat evidence" in " ".join(out.split())
    typing("q")
    _, out, _ = foedus("review", "my-pact.yaml", "--repeats")
    assert f"1 of {len(rest) + 1}" in out
    assert "vital" in out


def test_what_was_accepted_can_be_compared(case: Path, foedus: Command) -> None:
    one, *_ = proposals(case)
    script = deciding({"proposal": one["key"], "decision": "accept"})
    foedus("review", "my-pact.yaml", "--decide", script, "--keep", "before.yaml")
    code, out, err = foedus("compare", "before.yaml", "my-pact.yaml", "--draws", 8)
    assert (code, err) == (0, "")
    assert one["id"] in " ".join(out.split())


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["syria-2016"], "is a packaged case, which is not written to"),
        (["my-pact.yaml", "--proposals", "none.jsonl"], "none.jsonl: there are no proposals"),
        (["my-pact.yaml", "--proposals", "news.txt"], "news.txt:1: is not JSON"),
        (["my-pact.yaml", "--decide", "news.txt"], "news.txt:1: is not JSON"),
        (["my-pact.yaml", "--log", "news.txt"], "news.txt:1: is not JSON"),
        (["my-pact.yaml", "--keep", "news.txt"], "--keep news.txt: is there already"),
        (["my-pact.yaml", "--keep", "my-pact.yaml"], "is the file that is read"),
        (["my-pact.yaml", "--decide", "nothing.jsonl"], "nothing.jsonl"),
    ],
)
def test_what_cannot_be_is_refused_in_a_line(
    arguments: list[str], says: str, case: Path, foedus: Command
) -> None:
    before = case.read_bytes()
    code, out, err = foedus("review", *arguments)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert says in err
    assert case.read_bytes() == before


def test_json_needs_decisions(case: Path, foedus: Command) -> None:
    code, out, _ = foedus("review", "my-pact.yaml", "--json")
    assert code == 2
    assert "--json goes with --decide" in json.loads(out)["errors"][0]["message"]


def test_what_is_typed_into_a_pipe_is_taken(case: Path) -> None:
    import subprocess

    one, *_ = proposals(case)
    code = "import sys; from foedus.cli.main import _run; sys.exit(_run(sys.argv[1:]))"
    done = subprocess.run(
        [sys.executable, "-c", code, "review", "my-pact.yaml"],
        input="a\nC\n", capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 accepted" in done.stdout
    assert [(d["proposal"], d["decision"]) for d in log(case)] == [(one["key"], "accepted")]
