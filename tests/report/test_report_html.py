from __future__ import annotations

import dataclasses
import re
import subprocess
import sys
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from report_reader import Read, read
from report_toy import IMAGE, toy

from foedus.lenses.lens import Finding, Interval
from foedus.report import render, write
from foedus.verdict.analysis import Analysis


@pytest.fixture(scope="module")
def page() -> str:
    return render(toy())


@pytest.fixture(scope="module")
def seen(page: str) -> Read:
    return read(page)


def test_nothing_runs_and_nothing_is_loaded(page: str, seen: Read) -> None:
    forbidden = {"script", "iframe", "object", "embed", "link", "img", "image", "use", "base"}
    forbidden |= {"foreignobject", "animate", "set", "form", "video", "audio", "a:a"}
    assert not forbidden & {tag for tag, _ in seen.tags}
    for tag, attributes in seen.tags:
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name not in ("src", "srcset", "action", "xlink:href", "style", "background")
            assert "javascript:" not in (value or "")
    assert "<script" not in page.lower()
    assert all(found.startswith("url(#") for found in re.findall(r"url\([^)]*", page))
    assert "@import" not in "".join(seen.style)
    assert "url(" not in "".join(seen.style)
    assert set(seen.links) - {link for link in seen.links if link.startswith("#")} == {
        "https://example.org/?a=1&b=%22"
    }


def test_the_policy_forbids_what_is_not_there(seen: Read) -> None:
    policy = next(a["content"] for a in seen.of("meta") if "http-equiv" in a)
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "img-src data:" in policy
    assert "script-src" not in policy
    outward = next(a for a in seen.of("a") if (a["href"] or "").startswith("http"))
    assert "noreferrer" in (outward["rel"] or "")


def test_hostile_text_stays_text(page: str, seen: Read) -> None:
    said = "".join(seen.text)
    assert IMAGE in said
    assert "</style></title></script><script>alert(2)</script>" in said
    assert "{{ 7 * 7 }}" in said
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", page)
    assert "⟨U+202E⟩" in said


def test_every_link_has_its_target_and_every_id_is_its_own(seen: Read) -> None:
    assert len(seen.ids) == len(set(seen.ids))
    targets = {link[1:] for link in seen.links if link.startswith("#")}
    assert targets <= set(seen.ids)
    for _, attributes in seen.tags:
        for name in (attributes.get("aria-labelledby") or "").split():
            assert name in seen.ids


def test_every_number_links_to_its_evidence(page: str, seen: Read) -> None:
    case = toy().case
    for path, quantity in case.quantities().items():
        row = page.split(f'id="quantity-{path}"')[1].split("</tr>")[0]
        for item in quantity.because:
            assert f'href="#evidence-{item}"' in row
            assert f"evidence-{item}" in seen.ids
        if not quantity.because:
            assert "no evidence" in row
    row = page.split('id="quantity-endurance.anchor"')[1].split("</tr>")[0]
    assert 'href="#evidence-e2"' in row
    evidence = page.split('id="evidence-e1"')[1].split("</tr>")[0]
    assert 'href="#quantity-endurance.members.north.stake"' in evidence
    assert "B2" in evidence
    assert "1 April 2016" in evidence
    assert "Retracted" in page.split('id="evidence-e2"')[1].split("</tr>")[0]
    assert "used by nothing" in page.split('id="evidence-lone"')[1].split("</tr>")[0]


def test_the_answer_comes_first(page: str, seen: Read) -> None:
    said = re.sub(r"\s+", " ", "".join(seen.text))
    assert said.index(toy().words) < said.index("What the judgement rests on")
    assert "The front improves." in said.split("What the judgement rests on")[1][:300]
    assert page.count("<h1>") == 1


def test_figures_and_tables_are_told_apart_by_name(seen: Read) -> None:
    drawings = [a for a in seen.of("svg") if "id" in a]
    assert len(drawings) >= 12
    assert all(a["role"] == "img" and a["aria-labelledby"] for a in drawings)
    assert len(seen.of("table")) == len(seen.of("caption"))
    assert all("scope" in a for a in seen.of("th"))


def test_the_same_analysis_gives_the_same_bytes(page: str, tmp_path: Path) -> None:
    write(toy(), tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes() == page.encode()


def bare(analysis: Analysis, **changes: Any) -> Analysis:
    found = analysis.findings["endurance"]
    data = {**found.data, "split": None, "strengths": None}
    data["anchor"] = {**data["anchor"], "yearly_exit": None, "members": [], "because": []}
    finding = dataclasses.replace(found, data=data, warnings=(), reasons=())
    return dataclasses.replace(
        analysis,
        **{"findings": {"endurance": finding}, "scenarios": (), "assumptions": (), "drivers": ()}
        | {"unchecked": {}, "indicators": (), "views": (), "pairs": (), "pooled": None}
        | {"evidence": None}
        | changes,
    )


def test_what_is_missing_is_left_out() -> None:
    page = render(bare(toy(), missing={"stability": ("a section `stability`", "options")}))
    seen = read(page)
    assert {link[1:] for link in seen.links if link.startswith("#")} <= set(seen.ids)
    assert {"assumptions", "scenarios", "carries"}.isdisjoint(seen.ids)
    assert "Outside view: the base rate" not in page
    assert "still needs a section `stability` and options" in page


def test_another_lens_is_told_by_its_sentences() -> None:
    share = Interval(0.7, 0.6, 0.8)
    other = Finding("other_lens", "Which outcomes last?", f"Two {IMAGE}.", share_holding=share)
    seen = read(render(bare(toy(), findings={**toy().findings, "other_lens": other})))
    said = "".join(seen.text)
    assert f"Two {IMAGE}." in said
    assert "lens-other_lens" in seen.ids
    assert "Which outcomes last? The share of draws, or of what can last in them" in said


def test_without_a_number_there_is_no_answer() -> None:
    nothing = Interval(np.nan, np.nan, np.nan)
    page = render(bare(toy(), holds=nothing, sampling_error=nothing))
    assert '<span class="word">no answer</span>' in page
    assert "nan" not in re.sub("[a-z]+nan[a-z]+|nan[a-z]+", "", "".join(read(page).text).lower())


def test_options_are_told() -> None:
    told = MappingProxyType({"draws": 16, "scenario": "lost", "set": {"endurance.patience": 0.9}})
    said = "".join(read(render(bare(toy(), options=told))).text)
    assert "Asked of a variant of the case: Lost." in said
    assert "patience set to 0.9" in said
    assert "lost" in said
    assert "endurance.patience" in said


def test_importing_the_report_imports_no_drawing() -> None:
    code = "import sys, foedus.report; sys.exit(bool({'altair', 'vl_convert'} & {*sys.modules}))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
