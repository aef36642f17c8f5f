from __future__ import annotations

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
import pytest
from toy_pact import TEXT, changed

from foedus.cli.main import COMMANDS, run

Command = Callable[..., tuple[int, str, str]]
NOW = "endurance.position.now"
WRONG = (
    ("reliability: B", "reliability: Z"),
    ("members: [north, south]", "members: [north, sooth]"),
    ("now: {mode: -0.1, low: -0.4", "now: {mode: -1.4, low: -1.8"),
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "toy.yaml"
    path.write_text(TEXT, "utf-8")
    return path


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    path = tmp_path / "wrong.yaml"
    path.write_text(changed(WRONG[0], WRONG[2]), "utf-8")
    return path


@pytest.fixture(autouse=True)
def _no_tracebacks_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOEDUS_TRACEBACK", raising=False)


def errors(out: str) -> list[dict[str, Any]]:
    told = json.loads(out)
    assert list(told) == ["errors"]
    assert out.count("\n") == 1
    assert all(error["message"] for error in told["errors"])
    return told["errors"]


def refused(foedus: Command, *arguments: object) -> str:
    """The one line a wrong command gets on standard error; with --json the same as an object."""
    code, out, err = foedus(*arguments)
    assert (code, out) == (2, "")
    assert "Traceback" not in err
    lines = err.splitlines()
    assert len(lines) == 1
    command = str(arguments[0])
    if command in COMMANDS and command not in ("new", "schema"):
        code, out, silent = foedus(*arguments, "--json")
        assert (code, silent) == (2, "")
        (error,) = errors(out)
        assert error["message"] in lines[0]
    return lines[0]


# Exit codes


def test_run_leaves_with_the_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, code in ((["cases"], 0), (["casses"], 2)):
        with pytest.raises(SystemExit) as left:
            run(arguments)
        assert left.value.code == code
    capsys.readouterr()


@pytest.mark.parametrize("as_json", [True, False])
def test_our_fault_is_said_to_be_ours(
    as_json: bool, foedus: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the roof leaks")

    monkeypatch.setattr("foedus.lenses.table.load", broken)
    code, out, err = foedus("check", "syria-2016", *(["--json"] if as_json else []))
    assert code == 1
    assert "FOEDUS_TRACEBACK=1" in err
    assert "Traceback" not in err
    said = errors(out)[0]["message"] if as_json else err
    assert "the fault is ours: RuntimeError: the roof leaks" in said
    monkeypatch.setenv("FOEDUS_TRACEBACK", "1")
    with pytest.raises(RuntimeError, match="the roof leaks"):
        foedus("check", "syria-2016")


@pytest.mark.parametrize("stop", [KeyboardInterrupt, click.Abort])
def test_stopping_is_no_fault(
    stop: type[BaseException], foedus: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(*_: object) -> None:
        raise stop

    monkeypatch.setattr("foedus.lenses.table.load", stopped)
    code, out, err = foedus("check", "syria-2016")
    assert (code, out) == (130, "")
    assert err.strip() == "stopped"


# A file that is wrong


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "{}"),
        ("analyze", "{}"),
        ("explain", "{}", NOW),
        ("compare", "{}", "syria-2016"),
        ("compare", "syria-2016", "{}"),
    ],
)
def test_every_error_of_a_file_has_a_line(
    arguments: tuple[str, ...], foedus: Command, wrong: Path
) -> None:
    given = [word.format(wrong) for word in arguments]
    code, out, err = foedus(*given)
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert len(lines) == 2
    assert lines[0].startswith(f"{wrong}:8: sources.paper.reliability: ")
    assert lines[1].startswith(f"{wrong}:22: {NOW}: ")
    assert "between -1 and 1" in lines[1]
    code, out, err = foedus(*given, "--json")
    assert (code, err) == (2, "")
    told = errors(out)
    assert [error["line"] for error in told] == [8, 22]
    assert [error["path"] for error in told] == ["sources.paper.reliability", NOW]
    assert {error["file"] for error in told} == {str(wrong)}
    assert all(set(error) == {"file", "line", "path", "message"} for error in told)


def test_a_file_with_very_many_errors_does_not_flood(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "many.yaml"
    more = "".join(f"  x{k}: {{name: 3, kind: sate}}\n" for k in range(300))
    path.write_text(changed(("actors:\n", f"actors:\n{more}")), "utf-8")
    code, _, err = foedus("check", path)
    assert code == 2
    assert len(err.splitlines()) <= 101


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("empty.yaml", b"", "empty.yaml"),
        ("binary.yaml", bytes(range(256)), "binary.yaml"),
        ("list.yaml", b"[1, 2]", "list.yaml"),
        ("alias.yaml", b"a: &x 1\nb: *x\n", "alias.yaml:1"),
        ("twice.yaml", b"foedus: 1\nfoedus: 1\n", "twice"),
        ("tag.yaml", b"a: !!python/object:os.system {}\n", "tag.yaml:1"),
        ("deep.yaml", b"[" * 30000, "deep.yaml:1"),
        ("large.yaml", b"#" * 1_100_000, "bytes"),
    ],
)
def test_what_is_no_case_is_refused(
    name: str, text: bytes, said: str, foedus: Command, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(text)
    code, out, err = foedus("check", path)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err
    assert foedus("check", path, "--json")[0] == 2


def test_there_is_no_such_case(foedus: Command, tmp_path: Path) -> None:
    assert "did you mean 'syria-2016'" in refused(foedus, "analyze", "syria-2061")
    assert "syria-2016" in refused(foedus, "check", "tarot.yaml")
    assert "cannot be read" in refused(foedus, "check", tmp_path)
    refused(foedus, "check", "")
    refused(foedus, "check", "x" * 300)
    refused(foedus, "check", "a\0b")
    refused(foedus, "compare", "syria-2016", "nowhere")


# Commands and options


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("analyse", "Did you mean analyze?"),
        ("chek", "Did you mean check?"),
        ("tarot", "There are: analyze, check"),
        ("", "There are: analyze, check"),
    ],
)
def test_there_is_no_such_command(word: str, said: str, foedus: Command) -> None:
    line = refused(foedus, word)
    assert f"No such command {word!r}." in line
    assert said in line


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--draws", "100"), "'100' should be a power of two from 8 to 65536, or auto"),
        (("--draws", "4"), "power of two"),
        (("--draws", "131072"), "power of two"),
        (("--draws", "some"), "power of two"),
        (("--draws", "1e3"), "power of two"),
        (("--seed", "-1"), "--seed"),
        (("--seed", str(2**63)), "--seed"),
        (("--seed", "one"), "--seed"),
        (("--workers", "0"), "--workers"),
        (("--workers", "many"), "--workers"),
        (("--lens", "tarot"), "there is no lens 'tarot'; there are: endurance"),
        (("--scenario", "last"), "did you mean 'lost'"),
        (("--scenario", "tarot"), "lost, same, offer"),
        (("--darws", "8"), "--draws"),
        (("--set", NOW), "should be PATH=VALUE"),
        (("--set", "=0.3"), "should be PATH=VALUE"),
        (("--set", "endurance.position.nwo=0.3"), "did you mean 'now'"),
        (("--set", "endurance.members.nroth.stake=0.3"), "north"),
        (("--set", "endurence.position.now=0.3"), "did you mean 'endurance'"),
        (("--set", f"{NOW}=3"), "between -1 and 1"),
        (("--set", f"{NOW}=high"), "number"),
        (("--set", f"{NOW}="), "endurance.position.now"),
        (("--set", f"{NOW}={{mode: 0.5, low: 0.6, high: 0.7}}"), "low ≤ mode ≤ high"),
        (("--set", f"{NOW}={{mode: 0.5, low: 0.4}}"), "both low and high"),
        (("--set", f"{NOW}={{mode: 0.5"), "--set"),
        (("--set", f"{NOW}=&a 1"), "--set"),
        (("--set", f"{NOW}.mode.more=1"), "number"),
        (("--set", "title.more=1"), "holds no further keys"),
        (("--set", "pact.members=[north]"), "at least 2 members"),
        (("--set", "horizon=2015-01-01"), "as_of"),
        (("--report", "/"), "--report"),
        (("another",), "another"),
    ],
)
def test_a_wrong_option_gets_one_line(
    options: tuple[str, ...], said: str, foedus: Command, file: Path
) -> None:
    assert said in refused(foedus, "analyze", file, *options)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("analyze",), "CASE"),
        (("check",), "CASE"),
        (("explain", "{}"), "PATH"),
        (("compare", "{}"), "AFTER"),
        (("new",), "FILE"),
        (("explain", "{}", "endurance.postion.now"), "did you mean 'endurance.position.now'"),
        (("explain", "{}", NOW, "--draws", "auto"), "should be a power of two"),
        (("compare", "{}", "lost", "--draws", "auto"), "should be a power of two"),
        (("explain", "{}", NOW, "--set", "x"), "PATH=VALUE"),
    ],
)
def test_a_missing_or_wrong_argument_gets_one_line(
    arguments: tuple[str, ...], said: str, foedus: Command, file: Path
) -> None:
    assert said in refused(foedus, *(word.format(file) for word in arguments))


def test_a_case_no_lens_can_look_at_says_what_it_misses(foedus: Command, tmp_path: Path) -> None:
    path = tmp_path / "part.yaml"
    path.write_text(changed(("      capability: 1.0\n", "")), "utf-8")
    for arguments in (("analyze", path), ("compare", path, "lost")):
        line = refused(foedus, *arguments)
        assert "endurance still needs endurance.members.north.capability" in line


def test_an_anchor_that_cannot_be_reached_is_bad_input(foedus: Command, file: Path) -> None:
    file.write_text(changed(("precision: 10", "precision: 0")), "utf-8")
    line = refused(foedus, "analyze", file, "--draws", 8)
    assert "give another anchor" in line


def test_without_a_command_the_help_is_shown(foedus: Command) -> None:
    _, out, err = foedus()
    assert "foedus: Usage" not in err
    assert "Commands:" in out + err


# Files that were bent


JUNK = (
    "", " ", "\t", ":", "- ", "{", "}", "[", "]", "'", '"', "#", "&a ", "*a", "!!", "|", ">", "%",
    "null", "true", "NaN", ".inf", "-1e999", "1_000", "0x1F", "2016-13-40", "\u202e", "\0", "é",
    "x" * 200, "{mode: 1, low: 2}", "[[[]]]", "? ", "---\n", "<<: ", "\r", "\n",
)  # fmt: skip


def bend(text: str, chance: random.Random) -> str:
    """The text with a few things done to it that tired people and broken programs do."""
    for _ in range(chance.choice((1, 1, 1, 2, 4))):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        place = chance.randrange(len(text)) if text else 0
        deed = chance.randrange(8)
        if deed == 0:
            del lines[at]
        elif deed == 1:
            lines.insert(chance.randrange(len(lines)), lines[at])
        elif deed == 2:
            lines[at] = " " * chance.randrange(1, 5) + lines[at]
        elif deed == 3:
            key, sign, _ = lines[at].partition(":")
            lines[at] = f"{key}{sign} {chance.choice(JUNK)}"
        elif deed == 4:
            lines[at] = lines[at].replace("0", chance.choice(("-", "9", "1e", "..")), 1)
        text = "\n".join(lines)
        if deed == 5:
            text = text[:place] + chance.choice(JUNK) + text[place:]
        elif deed == 6:
            text = text[:place] + text[place + chance.randrange(1, 8) :]
        elif deed == 7 and chance.random() < 0.3:
            text = text[:place]
    return text


@pytest.mark.parametrize("seed", range(10))
def test_bent_files_are_right_or_refused(seed: int, foedus: Command, tmp_path: Path) -> None:
    chance = random.Random(seed)
    codes = set()
    for k in range(25):
        path = tmp_path / f"bent-{k}.yaml"
        path.write_text(bend(TEXT, chance), "utf-8", newline="")
        code, out, err = foedus("check", path)
        codes.add(code)
        assert code in (0, 2), (err, path.read_text("utf-8"))
        assert "Traceback" not in out + err
        if code == 2:
            assert out == ""
            assert all(line.startswith(str(path)) for line in err.splitlines()), err
            told = errors(foedus("check", path, "--json")[1])
            assert len(told) == len(err.splitlines())
    assert codes == {0, 2}
