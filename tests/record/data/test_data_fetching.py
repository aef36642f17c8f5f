from __future__ import annotations

import hashlib
import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from raw_files import raw_files
from served import Served, serving

from foedus.record.data import SOURCES, Cache, DataError, Fetched, fetch
from foedus.record.data.cache import SUMS, checked_sum, default_folder
from foedus.record.data.receiving import Receiver

ATOP, WARS = SOURCES["atop"], SOURCES["cow-wars"]
FILES = raw_files()
ZIP, CSV = FILES["atop_5.1__.csv_.zip"], FILES["Inter-StateWarData_v4.0.csv"]
SMALL = Receiver(most_bytes=50_000)


@pytest.fixture
def server() -> Iterator[Served]:
    with serving(FILES) as served:
        yield served


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache.at(tmp_path / "cache")


def sum_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def inside(cache: Cache) -> set[str]:
    return {path.name for path in cache.folder.iterdir()} if cache.folder.exists() else set()


def refused(
    cache: Cache,
    given: str,
    sha256: str | None = None,
    source: str = "atop",
    receiver: Receiver = SMALL,
) -> str:
    before = {name: (cache.folder / name).read_bytes() for name in inside(cache)}
    with pytest.raises(DataError) as told:
        fetch(SOURCES[source], cache, given, sha256, receiver)
    assert {name: (cache.folder / name).read_bytes() for name in inside(cache)} == before
    assert told.value.bad_input
    assert "\n" not in str(told.value)
    return str(told.value)


def got(cache: Cache, given: str, sha256: str | None = None) -> Fetched:
    return fetch(ATOP, cache, given, sha256, SMALL)


def test_the_first_download_is_kept_with_its_sum(server: Served, cache: Cache) -> None:
    found = got(cache, server.url)
    assert found.path == cache.folder / "atop-5.1.zip"
    assert found.path.read_bytes() == ZIP
    assert (found.sha256, found.was_there, found.pinned) == (sum_of(ZIP), False, False)
    assert json.loads((cache.folder / SUMS).read_text("utf-8")) == {"atop-5.1.zip": sum_of(ZIP)}
    assert inside(cache) == {"atop-5.1.zip", SUMS}
    assert stat.S_IMODE(found.path.stat().st_mode) == 0o644


def test_what_is_there_is_not_downloaded_again(server: Served, cache: Cache) -> None:
    got(cache, server.url)
    again = got(cache, server.url)
    assert (again.was_there, again.pinned) == (True, True)
    assert server.asked == ["/atop_5.1__.csv_.zip"]


def test_an_altered_file_is_replaced_by_the_true_one(server: Served, cache: Cache) -> None:
    path = got(cache, server.url).path
    path.write_bytes(ZIP + b"more")
    assert not got(cache, server.url).was_there
    assert path.read_bytes() == ZIP


def test_another_file_than_the_first_is_refused(server: Served, cache: Cache) -> None:
    path = got(cache, server.url).path
    path.unlink()
    server.files["atop_5.1__.csv_.zip"] = other = FILES["ucdp-brd-dyadic-261-csv.zip"]
    told = refused(cache, server.url)
    assert sum_of(ZIP) in told
    assert sum_of(other) in told
    assert "--sha256" in told
    assert got(cache, server.url, sum_of(other)).pinned
    assert cache.expected(ATOP) == sum_of(other)


def test_a_given_sum_is_checked(server: Served, cache: Cache) -> None:
    assert "should be" in refused(cache, server.url, "0" * 64)
    assert got(cache, server.url, sum_of(ZIP)).pinned


@pytest.mark.parametrize("text", ["", "12", "g" * 64, "0" * 65])
def test_a_sum_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(DataError, match="64 hexadecimal digits"):
        checked_sum(text)


def test_a_sum_may_be_written_as_others_write_it() -> None:
    assert checked_sum(f" SHA256:{'AB' * 32} ") == "ab" * 32


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("cut/atop_5.1__.csv_.zip", "broke off"),
        ("missing.zip", "answered 404"),
        ("broken", "answered 503"),
        ("loop", "on and on"),
        ("page", "is a web page; it should be a zip file"),
        ("empty", "is empty; it should be a zip file"),
        ("huge", "more than 50,000 bytes"),
        ("endless", "more than 50,000 bytes"),
        ("Inter-StateWarData_v4.0.csv", "is no zip file"),
    ],
)
def test_a_download_that_goes_wrong_leaves_nothing(
    server: Served, cache: Cache, path: str, said: str
) -> None:
    told = refused(cache, server.url + path)
    assert told.startswith(server.url + path)
    assert said in told
    assert inside(cache) == set()


def test_a_server_that_says_nothing_is_not_waited_for(server: Served, cache: Cache) -> None:
    hasty = Receiver(patience=(10.0, 0.1))
    said = refused(cache, f"{server.url}silent", receiver=hasty)
    assert "did not answer in time" in said
    assert inside(cache) == set()


def test_a_download_without_end_in_time_is_given_up(server: Served, cache: Cache) -> None:
    hasty = Receiver(most_seconds=0.0)
    assert "took longer than" in refused(cache, f"{server.url}endless", receiver=hasty)


def test_a_good_file_survives_a_bad_download(server: Served, cache: Cache) -> None:
    path = got(cache, server.url).path
    for bad in ("cut/atop_5.1__.csv_.zip", "page", "loop"):
        refused(cache, server.url + bad, "0" * 64)
    assert path.read_bytes() == ZIP


def test_a_zip_without_its_end_is_refused(server: Served, cache: Cache) -> None:
    server.files["half.zip"] = ZIP[: len(ZIP) // 2]
    assert "no whole zip file" in refused(cache, f"{server.url}half.zip")


def test_a_zip_where_a_table_should_be_is_refused(server: Served, cache: Cache) -> None:
    said = refused(cache, f"{server.url}atop_5.1__.csv_.zip", source="cow-wars")
    assert "is no csv file" in said


def test_a_redirection_is_followed(server: Served, cache: Cache) -> None:
    assert got(cache, f"{server.url}hop/atop_5.1__.csv_.zip").path.read_bytes() == ZIP


def test_an_address_where_nobody_listens(cache: Cache) -> None:
    with serving({}) as gone:
        url = gone.url
    assert "cannot be reached" in refused(cache, f"{url}a.zip")


@pytest.mark.parametrize("given", ["http://[", "http://a b:c/x.zip", "ftp://example.org/a.zip"])
def test_what_is_no_address(cache: Cache, given: str) -> None:
    assert any(said in refused(cache, given) for said in ("no address", "should begin with"))


def test_progress_is_told_to_the_end(server: Served, cache: Cache) -> None:
    seen: list[tuple[int, int | None]] = []
    fetch(ATOP, cache, server.url, None, Receiver(lambda got, size: seen.append((got, size))))
    assert seen[-1] == (len(ZIP), len(ZIP))


@pytest.mark.parametrize("name", ["atop-5.1.zip", "atop_5.1__.csv_.zip"])
def test_files_are_taken_from_a_folder(tmp_path: Path, cache: Cache, name: str) -> None:
    (tmp_path / name).write_bytes(ZIP)
    assert got(cache, str(tmp_path)).path.read_bytes() == ZIP
    assert (tmp_path / name).exists()


def test_a_folder_without_the_file(tmp_path: Path, cache: Cache) -> None:
    (tmp_path / "empty").mkdir()
    told = refused(cache, str(tmp_path / "empty"))
    assert "neither atop_5.1__.csv_.zip nor atop-5.1.zip" in told
    assert "should be a folder" in refused(cache, str(tmp_path / "nowhere"))


def test_a_damaged_list_of_sums_is_told(server: Served, cache: Cache) -> None:
    got(cache, server.url)
    for text in ("{", "[]", '{"atop-5.1.zip": 3}', '{"atop-5.1.zip": "xyz"}'):
        (cache.folder / SUMS).write_text(text, "utf-8")
        assert f"{SUMS}: should map file names" in refused(cache, server.url)


def test_the_folder_is_the_one_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_DATA", "/somewhere/else")
    assert default_folder() == Path("/somewhere/else")
    assert Cache.at().folder == Path("/somewhere/else")
    assert Cache.at("/here").folder == Path("/here")
    monkeypatch.delenv("FOEDUS_DATA")
    assert default_folder().name == "foedus"


def test_no_sum_is_claimed_that_nobody_published() -> None:
    for source in SOURCES.values():
        assert source.sha256 is None or checked_sum(source.sha256) == source.sha256
    assert len({source.file for source in SOURCES.values()}) == len(SOURCES)
