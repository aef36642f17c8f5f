"""Draw `answer.svg`, the answer to the packaged case as the terminal shows it.

Run from the root of the project: `.venv/bin/python docs/images/answer.py`.
"""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import SVG_EXPORT_THEME

import foedus
from foedus.cli.screen import show

WIDTH = 80
FONT = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def svg(console: Console, title: str) -> str:
    """The console's record as a picture that loads nothing: fonts of the reader's machine."""
    plain = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)
    plain = plain.replace("Fira Code, monospace", FONT).replace("<!-- Generated with Rich", "<!--")
    plain = re.sub(r"<!--.*?-->", "", plain, flags=re.DOTALL)
    drawn = console.export_svg(title=title, theme=SVG_EXPORT_THEME, code_format=plain)
    return "\n".join(line.rstrip() for line in drawn.splitlines() if line.strip()) + "\n"


def main() -> None:
    """Analyze with the defaults of `foedus analyze syria-2016`, print, and write the picture."""
    console = Console(
        record=True, width=WIDTH, highlight=False, force_terminal=True, file=io.StringIO()
    )
    show(foedus.analyze(foedus.load("syria-2016")), console)
    Path(__file__).with_suffix(".svg").write_text(
        svg(console, "foedus analyze syria-2016"), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
