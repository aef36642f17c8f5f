"""Will this alliance hold? Why, what would break it, who leaves first, and on which evidence?"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from foedus.version import __version__

if TYPE_CHECKING:
    from foedus.case import Case, CaseError
    from foedus.lenses.table import load
    from foedus.verdict.analysis import Analysis, analyze
    from foedus.verdict.comparing.compare import compare
    from foedus.verdict.saving.saved import load_run

__all__ = ["Analysis", "Case", "CaseError", "__version__", "analyze", "compare", "load", "load_run"]

_HOMES = {
    "Analysis": "foedus.verdict.analysis",
    "Case": "foedus.case",
    "CaseError": "foedus.case",
    "analyze": "foedus.verdict.analysis",
    "compare": "foedus.verdict.comparing.compare",
    "load": "foedus.lenses.table",
    "load_run": "foedus.verdict.saving.saved",
}


def __getattr__(name: str) -> Any:
    # imported when first used, so that `import foedus` costs next to nothing
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'foedus' has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
