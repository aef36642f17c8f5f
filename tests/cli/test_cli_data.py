from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from rich.cells import cell_len

sys.path.append(str(Path(__file__).parents[1] / "record" / "data"))  # raw_files and served

from raw_files import raw_files, written, zipped
from served import Served, serving

from foedus.record.data import PANELS, SOURCES
from foedus.record.data.panels import alliances, sponsors

Command = Callable[..., tuple[int, str, str]]
KEPT = "not pinned: the first download's sum is kept and checked"


@pytest.fixture
def server() -> Iterator[Served]:
    with serving(raw_files()) as served:
        yield served


@pytest.fixture
def cache(tmp_path: Path) -> Path:
    return tmp_path / "cache"


def get(foedus: Command, cache: Path, *arguments: object) -> str:
    code, out, err = foedus("data", "get", *arguments, "--cache", cache)
    assert (code, err) == (0, ""), err
    return " ".join(out.split())


def refused(foedus: Command, cache: Path, *arguments: object) -> str:
    code, out, err = foedus("data", "get", *arguments, "--cache", cache)
    assert code == 2
    assert err.count("\n") == 1, err
    assert "Traceback" not in out + err
    return err


def test_the_list_tells_all_of_every_source(foedus: Command, cache: Path) -> None:
    code, out, err = foedus("data", "list", "--cache", cache)
    assert (code, err) == (0, "")
    told = " ".join(out.split())
    for source in SOURCES.values():
        for text in (source.name, source.version, source.citation, source.terms, source.url):
            assert text in told
    assert KEPT in told
    assert "left empty: dem_min (UDS)" in told
    assert f"The cache is {cache}" in told
    assert not cache.exists()
    assert all(cell_len(line) <= 80 for line in out.splitlines() if "://" not in line)


def test_the_list_for_programs(foedus: Command, cache: Path, server: Served) -> None:
    get(foedus, cache, "atop", "--from", server.url)
    code, out, err = foedus("data", "list", "--json", "--cache", cache)
    assert (code, err, out.count("\n")) == (0, "", 1)
    told = json.loads(out)
    assert told["cache"] == str(cache)
    assert [entry["name"] for entry in told["sources"]] == list(SOURCES)
    assert [entry["name"] for entry in told["panels"]] == list(PANELS)
    by_name = {entry["name"]: entry for entry in told["sources"]}
    content = raw_files()["atop_5.1__.csv_.zip"]
    assert by_name["atop"]["sha256"] == hashlib.sha256(content).hexdigest()
    assert by_name["atop"]["cached"] == str(cache / "atop-5.1.zip")
    assert not by_name["atop"]["pinned"]
    assert (by_name["cow-mid"]["sha256"], by_name["cow-mid"]["cached"]) == (None, None)
    assert set(by_name["atop"]) == {
        "name", "title", "version", "citation", "terms", "url", "pinned", "sha256", "cached",
    }  # fmt: skip


def test_a_source_is_got_and_cited(foedus: Command, cache: Path, server: Served) -> None:
    told = get(foedus, cache, "cow-wars", "--from", server.url)
    assert f"cow-wars 4.0: got, {cache / 'cow-wars-4.0.csv'}" in told
    assert f"cite: {SOURCES['cow-wars'].citation}" in told
    assert KEPT in told
    again = get(foedus, cache, "cow-wars", "--from", server.url)
    assert "was in the cache" in again
    assert KEPT not in again


@pytest.mark.parametrize(
    ("name", "order", "rows", "first", "last"),
    [
        ("panel-sponsor-exit", sponsors.ORDER, 9, 1975, 1979),
        ("panel-alliance-end", alliances.ORDER, 9, 1816, 1904),
    ],
)
def test_a_panel_is_made_from_raw_files_to_the_end(
    foedus: Command,
    cache: Path,
    server: Served,
    name: str,
    order: tuple[str, ...],
    rows: int,
    first: int,
    last: int,
) -> None:
    told = get(foedus, cache, name, "--from", server.url)
    path = cache / f"{name}.parquet"
    assert f"{name}: {rows} rows, {first} to {last}, {path}" in told
    for source in PANELS[name].sources:
        assert f"cite: {SOURCES[source].citation}" in told
    panel = pq.read_table(path)
    assert panel.column_names == list(order)
    event = panel["exit" if name == "panel-sponsor-exit" else "any"].to_pylist()
    assert sum(event) == (4 if name == "panel-sponsor-exit" else 1)
    assert not [p for p in cache.iterdir() if p.name.startswith(".")]
    if PANELS[name].empty:
        assert "left empty, for want of data: dem_min (UDS)" in told


def test_panels_are_made_from_a_folder_without_a_network(
    foedus: Command, cache: Path, tmp_path: Path
) -> None:
    (tmp_path / "raw").mkdir()
    get(foedus, cache, *PANELS, "--from", written(tmp_path / "raw"))
    first = {name: (cache / f"{name}.parquet").read_bytes() for name in PANELS}
    get(foedus, cache, *PANELS)  # now from the cache
    assert {name: (cache / f"{name}.parquet").read_bytes() for name in PANELS} == first


def test_unknown_names_are_told_with_the_nearest(foedus: Command, cache: Path) -> None:
    assert "'cow-nmcs', did you mean 'cow-nmc'?" in refused(foedus, cache, "cow-nmcs")
    assert "did you mean 'panel-alliance-end'?" in refused(foedus, cache, "panel-aliance-end")
    assert not cache.exists()


def test_options_that_do_not_fit_are_refused(foedus: Command, cache: Path, server: Served) -> None:
    both = ("atop", "cow-mid")
    assert "is of one file, but 2" in refused(foedus, cache, *both, "--sha256", "0" * 64)
    assert "is one file, but 2" in refused(foedus, cache, *both, "--from", f"{server.url}a.zip")
    assert "64 hexadecimal" in refused(foedus, cache, "atop", "--sha256", "12")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("cut/atop_5.1__.csv_.zip", "broke off"),
        ("nothing.zip", "answered 404 Not Found: the file is no longer there"),
        ("loop", "on and on"),
        ("page", "is a web page; it should be a zip file"),
        ("huge", "more than 500,000,000 bytes"),
    ],
)
def test_downloads_that_go_wrong_are_one_line(
    foedus: Command, cache: Path, server: Served, path: str, said: str
) -> None:
    assert said in refused(foedus, cache, "atop", "--from", server.url + path)
    assert list(cache.iterdir()) == []


def test_an_altered_source_is_refused(foedus: Command, cache: Path, server: Served) -> None:
    get(foedus, cache, "cow-wars", "--from", server.url)
    (cache / "cow-wars-4.0.csv").unlink()
    server.files["Inter-StateWarData_v4.0.csv"] += b"altered"
    told = refused(foedus, cache, "cow-wars", "--from", server.url)
    assert "is not the file it should be" in told
    assert not (cache / "cow-wars-4.0.csv").exists()
    new = hashlib.sha256(server.files["Inter-StateWarData_v4.0.csv"]).hexdigest()
    get(foedus, cache, "cow-wars", "--from", server.url, "--sha256", new)


def test_a_panel_whose_raw_files_do_not_fit_is_not_written(
    foedus: Command, cache: Path, server: Served
) -> None:
    server.files["ucdp-brd-dyadic-261-csv.zip"] = zipped({"BattleDeaths_v26_1.csv": "a,b\n1,2\n"})
    told = refused(foedus, cache, "panel-sponsor-exit", "--from", server.url)
    assert "BattleDeaths_v26_1.csv: has no column dyad_id" in told
    assert not (cache / "panel-sponsor-exit.parquet").exists()
    server.files["atop_5.1__.csv_.zip"] = zipped({"readme.txt": "x"})
    told = refused(foedus, cache, "panel-alliance-end", "--from", server.url)
    assert "in it; it has readme.txt" in told
    assert not (cache / "panel-alliance-end.parquet").exists()


def test_a_file_where_the_folder_should_be(foedus: Command, tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("", "utf-8")
    refused(foedus, tmp_path / "cache", "atop", "--from", tmp_path)
