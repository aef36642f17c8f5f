"""The house itself: who may lean on whom, and what every part has to say for itself."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

import foedus

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "foedus"
MODULES = sorted(SOURCE.rglob("*.py"))
LENS_ROOMS = sorted(p.name for p in (SOURCE / "lenses").iterdir() if (p / "lens.py").exists())
HEAVY = (
    "numpy",
    "numba",
    "pydantic",
    "rich",
    "scipy",
    "pandas",
    "pyarrow",
    "distributed",
    "altair",
    "ruamel",
    "jinja2",
    "lark",
    "lifelines",
    "pooch",
    "requests",
    "httpx",
    "trafilatura",
    "lxml",
    "pypdf",
)


def name_of(path: Path) -> str:
    parts = path.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """Every module, and every name of one, that a file imports, wherever in it."""
    package = name_of(path).split(".")
    package = package if path.name == "__init__.py" else package[:-1]
    out = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            out |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            out |= {base} | {f"{base}.{alias.name}" for alias in node.names}
    return out


@pytest.mark.parametrize("room", LENS_ROOMS)
def test_lenses_never_import_each_other(room: str) -> None:
    others = [f"foedus.lenses.{other}" for other in LENS_ROOMS if other != room]
    for path in (SOURCE / "lenses" / room).rglob("*.py"):
        for name in imported(path):
            assert not any(f"{name}.".startswith(f"{other}.") for other in others), (path, name)
            assert name != "foedus.lenses.table", path


def test_no_lens_is_known_outside_the_table_and_its_room() -> None:
    for path in MODULES:
        inside = path.relative_to(SOURCE).parts[:2]
        if inside[0] == "lenses" and (inside[1] in LENS_ROOMS or inside[1] == "table.py"):
            continue
        if inside[0] == "record" and inside[1] in ("models", "rates"):
            continue  # they fit and write the tables that the base_rate lens goes by
        for name in imported(path):
            for room in LENS_ROOMS:
                assert not f"{name}.".startswith(f"foedus.lenses.{room}."), (path, name)


def test_arrows_go_down_the_house() -> None:
    command = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports({}))"
    done = subprocess.run(
        [sys.executable, "-c", command.format("no_cache=True")],
        cwd=ROOT, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


def test_few_names_are_public_and_each_is_documented() -> None:
    assert len(foedus.__all__) < 30
    assert sorted(foedus.__all__) == foedus.__all__
    assert dir(foedus) == foedus.__all__
    for name in foedus.__all__:
        thing = getattr(foedus, name)
        if name != "__version__":
            assert thing.__doc__, name
            assert not thing.__doc__.startswith(f"{name}("), name  # as dataclasses write it
    with pytest.raises(AttributeError, match="nothing"):
        foedus.nothing  # noqa: B018


def test_the_changelog_tells_of_this_version() -> None:
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    assert re.search(rf"^##? .*\b{re.escape(foedus.__version__)}\b", text, re.MULTILINE)


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_every_module_says_what_it_is_and_is_of_a_size(path: Path) -> None:
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), path
    assert len(text.splitlines()) <= 800
    assert path.stem not in ("utils", "util", "helpers", "common", "misc")


def test_most_modules_are_short() -> None:
    lengths = sorted(len(path.read_text("utf-8").splitlines()) for path in MODULES)
    assert lengths[len(lengths) // 2] < 200


def test_every_public_function_and_class_is_documented() -> None:
    bare = []
    for path in MODULES:
        for node in ast.parse(path.read_text("utf-8")).body:
            kinds = (ast.FunctionDef, ast.ClassDef)
            public = isinstance(node, kinds) and not node.name.startswith("_")
            if public and not ast.get_docstring(node):
                bare.append(f"{name_of(path)}.{node.name}")
    assert bare == []


def test_randomness_has_no_global_state() -> None:
    for path in MODULES:
        text = path.read_text("utf-8")
        assert not re.search(r"np\.random\.(seed|rand|uniform|normal|random)\b", text), path
        assert "random" not in {name.split(".")[0] for name in imported(path)}, path


def loaded_by(code: str) -> set[str]:
    """The heavy modules that are loaded after some code has run in a new process."""
    show = f"import sys; print(*sorted({{m.split('.')[0] for m in sys.modules}} & {set(HEAVY)}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{show}"],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    return set(done.stdout.splitlines()[-1].split())


@pytest.mark.parametrize(
    "code",
    [
        "import foedus",
        "import foedus; dir(foedus); foedus.__version__",
        "import foedus.cli.main as m; m._run(['--help'])",
        "import foedus.cli.main as m; m._run(['--version'])",
        "import foedus.cli.main as m; m._run(['analyze', '--help'])",
    ],
)
def test_what_is_not_needed_is_not_imported(code: str) -> None:
    assert loaded_by(code) == set()


def test_checking_a_case_needs_no_printing() -> None:
    loaded = loaded_by("import foedus.cli.main as m; m._run(['cases'])")
    assert not {"rich", "altair", "pandas", "jinja2"} & loaded
