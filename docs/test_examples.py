"""Every example of README.md and of the documentation runs.

A page's blocks run in their order, in one folder that holds `docs/examples/`:

- ```` ```console ````: lines that begin with `$ foedus` are commands, the others what they print;
- ```` ```python ````: code, in one namespace a page;
- ```` ```yaml ````: a whole case (it begins with `foedus:`) has to load; a fragment has to be YAML;
- ```` ```json ````: with a shape marker, the shape of what a command prints; else valid JSON.

A marker stands in an HTML comment on the line before the block (blank lines between are fine):
`exact` compares the lines shown (`…` stands for any text, alone on a line for any lines),
`exit N` says which exit code a command ends with, `file NAME` writes a YAML block to a file,
`shape COMMAND` runs `foedus COMMAND` and compares. In a shape a value is `"text"`, `"number"`,
`"true or false"`, `"interval"`, `"any"`, any of them with ` or null`; a key in capitals stands for
ids; a list of one entry for lists of such entries.
"""

from __future__ import annotations

import io
import json
import re
import shlex
import shutil
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

import foedus as foedus_package
from foedus.case import loads
from foedus.case.tree import read
from foedus.cli.main import _run
from foedus.lenses.table import SECTIONS

HERE = Path(__file__).parent
ROOT = HERE.parent
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md")),
    *sorted(page for page in HERE.rglob("*.md") if "_build" not in page.parts),
]
FENCE = re.compile(
    r"(?:^<!-- *(?P<marker>[^\n]*?) *-->\n\s*)?"
    r"^(?P<ticks>```+)(?P<kind>console|python|yaml|json)\n(?P<text>.*?)^(?P=ticks)$",
    re.MULTILINE | re.DOTALL,
)


INTERVAL = {"value": "number", "low": "number", "high": "number"}


class Block(NamedTuple):
    """One example: where it stands, what it is, and how it is meant."""

    line: int
    kind: str
    marker: str
    text: str


def blocks(page: Path) -> Iterator[Block]:
    """The examples of a page, in order."""
    text = page.read_text(encoding="utf-8")
    for match in FENCE.finditer(text):
        line = text.count("\n", 0, match.start("ticks")) + 1
        yield Block(line, match["kind"], match["marker"] or "", match["text"])


def foedus(arguments: str) -> tuple[int, str]:
    """Run a command: its exit code, and all it prints."""
    said = io.StringIO()
    with redirect_stdout(said), redirect_stderr(said):
        code = _run(shlex.split(arguments))
    return code, said.getvalue()


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """The commands of a console block, each with the lines shown after it."""
    for part in re.split(r"^\$ ", text, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        while command.endswith("\\"):
            command = command[:-1] + shown.pop(0)
        yield command, shown


def as_pattern(shown: list[str]) -> str:
    """Lines of a page as a pattern of what is printed."""
    out = ""
    for line in shown:
        if line.strip() == "…":
            out += r"(?:.*\n)*?"
        else:
            out += ".*".join(re.escape(part.rstrip()) for part in line.rstrip().split("…")) + "\n"
    return out + r"\s*"


def check_console(block: Block) -> None:
    """Every command ends as it should, and prints what is shown where that is promised."""
    expected = re.match(r"exit (\d+)", block.marker)
    for command, shown in commands(block.text):
        program, _, arguments = command.partition(" ")
        assert program == "foedus", f"only foedus runs here, not {command!r}"
        code, said = foedus(arguments)
        assert code == (int(expected[1]) if expected else 0), f"{command}\n{said}"
        if "exact" in block.marker:
            printed = "\n".join(line.rstrip() for line in said.splitlines()) + "\n"
            assert re.fullmatch(as_pattern(shown), printed), f"{command}\n{said}"


def check_yaml(block: Block) -> None:
    """A whole case loads; a fragment is what a case file can hold."""
    if re.search(r"^foedus:", block.text, re.MULTILINE):
        loads(block.text, SECTIONS)
    else:
        read(block.text, "fragment")
    if block.marker.startswith("file "):
        Path(block.marker.removeprefix("file ")).write_text(block.text, encoding="utf-8")


def check_json(block: Block) -> None:
    """The block is JSON, and has the shape of what the command named prints."""
    shape = json.loads(block.text)
    if block.marker.startswith("shape "):
        _, said = foedus(block.marker.removeprefix("shape "))
        compare(shape, json.loads(said), "$")


def compare(shape: Any, value: Any, where: str) -> None:
    """Fail unless the value has the shape."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), where
        general = [key for key in shape if key.upper() == key and key.isascii()]
        if general:  # keys in capitals stand for any others
            assert set(shape) - set(general) <= set(value), where
            for key, inner in value.items():
                compare(shape.get(key, shape[general[0]]), inner, f"{where}.{key}")
        else:
            assert list(shape) == list(value), where
            for key, inner in shape.items():
                compare(inner, value[key], f"{where}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for place, inner in enumerate(value):
            compare(shape[0], inner, f"{where}[{place}]")
    elif shape == "any" or (value is None and shape.endswith(" or null")):
        return
    elif shape.startswith("interval"):
        compare(INTERVAL, value, where)
    else:
        kinds = {"text": str, "number": int | float, "true or false": bool}
        assert isinstance(value, kinds[shape.removesuffix(" or null")]), f"{where}: {value!r}"


def names_of(page: Path) -> str:
    """A page's name in the tests."""
    return str(page.relative_to(ROOT))


@pytest.mark.parametrize("page", [p for p in PAGES if any(blocks(p))], ids=names_of)
def test_examples_of_a_page(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every block of a page does what the page says, in order."""
    shutil.copytree(HERE / "examples", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    names: dict[str, Any] = {}
    checks = {"console": check_console, "yaml": check_yaml, "json": check_json}
    for block in blocks(page):
        place = f"{names_of(page)}:{block.line}"
        try:
            if block.kind == "python":
                code = "\n" * block.line + block.text
                exec(compile(code, place, "exec"), names)
            else:
                checks[block.kind](block)
        except Exception as error:
            pytest.fail(f"{place}: {type(error).__name__}: {error}")


@pytest.mark.parametrize("page", PAGES, ids=names_of)
def test_no_fence_is_left_untested_by_mistake(page: Path) -> None:
    """Blocks are of a kind that runs, or plainly text."""
    kinds = re.findall(r"^```+ *([^\s`]+)", page.read_text(encoding="utf-8"), re.MULTILINE)
    known = {"console", "python", "yaml", "json", "text", "make", "mermaid"}
    assert [kind for kind in kinds if kind not in known and not kind.startswith("{")] == []


def test_the_picture_is_of_the_packaged_case_as_it_stands() -> None:
    """Else draw it anew: `python docs/images/answer.py`."""
    drawn = (HERE / "images" / "answer.svg").read_text(encoding="utf-8")
    case = foedus_package.load("syria-2016").without_outcome()
    assert case.hash[:12] in drawn
    assert f"foedus&#160;{foedus_package.__version__}" in drawn
    assert "http" not in drawn.replace("http://www.w3.org/2000/svg", "")
