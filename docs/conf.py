"""How the documentation is built: from these pages, the docstrings, and nothing from outside."""

from __future__ import annotations

from docutils import nodes
from docutils.utils.math.latex2mathml import tex2mathml
from sphinx.application import Sphinx

from foedus import __version__

project = "foedus"
author = "the foedus authors"
copyright = "the foedus authors, Apache-2.0"
version = release = __version__

extensions = ["myst_parser", "sphinx.ext.autodoc"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["_build"]
html_theme = "furo"
html_title = f"foedus {release}"
html_math_renderer = "mathml"
html_show_sourcelink = False
html_copy_source = False

myst_enable_extensions = ["amsmath", "colon_fence", "deflist", "dollarmath"]
myst_heading_anchors = 3

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
autodoc_preserve_defaults = True
nitpicky = False


def _inline(translator: nodes.NodeVisitor, node: nodes.math) -> None:
    translator.body.append(tex2mathml(node.astext()))
    raise nodes.SkipNode


def _block(translator: nodes.NodeVisitor, node: nodes.math_block) -> None:
    formula = tex2mathml(node.astext(), as_block=True)
    translator.body.append(f'<div style="margin: 1em 0">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Formulas become MathML while the pages are built, so that readers load no script."""
    app.add_html_math_renderer("mathml", (_inline, None), (_block, None))
