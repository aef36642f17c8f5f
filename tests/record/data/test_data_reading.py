from __future__ import annotations

import struct
import zipfile
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from raw_files import ALLIANCES, WARS, raw_files, support_csv, zipped

from foedus.record.data import DataError, archives, forms
from foedus.record.data.archives import check_kind, member
from foedus.record.data.raw import read_csv, read_dta


def put(folder: Path, content: bytes, name: str = "x.zip") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def refused(raw: bytes | str) -> str:
    content = raw.encode() if isinstance(raw, str) else raw
    with pytest.raises(DataError) as told:
        read_csv(content, "t.csv", {"a": "number", "b": "text"})
    assert str(told.value).startswith("t.csv: ")
    assert "\n" not in str(told.value)
    return str(told.value)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_line_ends_letters_and_the_case_of_headers_do_not_matter(end: str, encoding: str) -> None:
    text = end.join(["B, A ,c", "Côte,1.5,9", '"x, y",.,9', ",,", ""])
    found = read_csv(text.encode(encoding), "t.csv", {"a": "number", "b": "text"})
    np.testing.assert_array_equal(found["a"], [1.5, np.nan])
    assert list(found["b"]) == ["Côte", "x, y"]
    assert found.size == 2


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("b,c\n1,2\n", "has no column a"),
        ("abc,b\n1,2\n", "has no column a; it has: abc, b"),
        ("a,b\n", "has no rows"),
        ("", "has no column a"),
        ("a,b\nthree,x\n", "column a is 'three' in row 1; it should be a number"),
        ("a,b\n1,x\n2\n", "row 2 has 1 cells, the header 2"),
        ("a,b\n1,x\n".encode("utf-16"), "is no csv file"),
        (b"a,b\n1,\x81\x8d\n", "its letters cannot be read"),
        ("a,b\n1," + "x" * (1 << 21), "cannot be read as a csv file"),
    ],
)
def test_tables_that_are_not_as_they_should_be(raw: bytes | str, said: str) -> None:
    assert said in refused(raw)


def test_ids_have_to_be_whole() -> None:
    found = read_csv(b"a,b\n1,x\n2.5,y\n", "t.csv", {"a": "number", "b": "text"})
    with pytest.raises(DataError, match=r"column a is 2\.5 in row 2"):
        found.whole("a")


def test_a_stata_file_is_read_as_a_table_is() -> None:
    published = forms.SUPPORT
    from_csv = read_csv(support_csv().encode(), "s.csv", published.columns)
    content = member_of("ucdp-esd-ty-181.zip", "*.dta")
    from_dta = read_dta(content, "s.dta", published.columns)
    for name in published.columns:
        np.testing.assert_array_equal(from_csv[name], from_dta[name], err_msg=name)


def member_of(file: str, pattern: str) -> bytes:
    with zipfile.ZipFile(BytesIO(raw_files()[file])) as archive:
        return archive.read("ucdp-esd-ty-181.dta" if pattern == "*.dta" else pattern)


def test_a_damaged_stata_file_is_told() -> None:
    with pytest.raises(DataError, match="cannot be read as a Stata file"):
        read_dta(b"<stata_dta><header>", "s.dta", forms.SUPPORT.columns)
    with pytest.raises(DataError, match="has no column nothing"):
        read_dta(member_of("ucdp-esd-ty-181.zip", "*.dta"), "s.dta", {"nothing": "number"})


def test_every_form_reads_its_file(tmp_path: Path) -> None:
    files = raw_files()
    for form, name, rows in (
        (forms.ALLIANCES, "atop_5.1__.csv_.zip", 3),
        (forms.MEMBERS, "atop_5.1__.csv_.zip", 8),
        (forms.CAPABILITIES, "NMC_Documentation-6.0.zip", 6),
        (forms.DISPUTES, "MID-5-Data-and-Supporting-Materials.zip", 5),
        (forms.WARS, "Inter-StateWarData_v4.0.csv", 2),
        (forms.DEATHS, "ucdp-brd-dyadic-261-csv.zip", 2),
        (forms.SUPPORT, "ucdp-esd-ty-181.zip", 16),
    ):
        found = forms.read(form, put(tmp_path, files[name], name))
        assert found.size == rows, name
        assert set(found.columns) == set(form.columns)


def test_an_older_edition_is_read_too(tmp_path: Path) -> None:
    path = put(tmp_path, zipped({"ATOP V4.01/atop4_01a.csv": ALLIANCES}))
    assert forms.read(forms.ALLIANCES, path).size == 3


def test_a_missing_column_names_file_member_and_column(tmp_path: Path) -> None:
    path = put(tmp_path, zipped({"d/atop5_1a.csv": ALLIANCES.replace("term", "terms")}))
    with pytest.raises(DataError) as told:
        forms.read(forms.ALLIANCES, path)
    assert str(told.value) == (f"{path}: d/atop5_1a.csv: has no column term, did you mean 'terms'?")
    path = put(tmp_path, WARS.replace("EndYear1", "x").encode(), "w.csv")
    with pytest.raises(DataError, match="has no column endyear1"):
        forms.read(forms.WARS, path)


def test_a_zip_without_the_member_says_what_it_has(tmp_path: Path) -> None:
    path = put(tmp_path, zipped({f"f{k}.txt": "x" for k in range(20)}))
    with pytest.raises(DataError, match=r"has no a\.csv in it; it has f0\.txt, .*, …$"):
        member(path, ("a.csv",))
    with pytest.raises(DataError, match="it has nothing"):
        member(put(tmp_path, zipped({}), "e.zip"), ("a.csv",))


def test_a_member_is_found_wherever_it_lies(tmp_path: Path) -> None:
    inner = zipped({"deep/A.CSV": "inner"})
    path = put(
        tmp_path, zipped({"d\\x.csv": "1", "b/c/y.csv": "2", "b/y.csv": "3", "i.zip": inner})
    )
    assert member(path, ("x.csv",))[1] == b"1"
    assert member(path, ("none.csv", "y.csv")) == ("b/y.csv", b"3")
    assert member(path, ("i.zip!a.csv",)) == ("deep/A.CSV", b"inner")


def test_names_that_lead_out_of_the_folder_lead_nowhere(tmp_path: Path) -> None:
    """Nothing is unpacked to the disk, so a name can do no harm."""
    path = put(tmp_path, zipped({"../../evil.csv": "a", "/etc/evil.csv": "b"}))
    before = set(tmp_path.rglob("*"))
    member(path, ("evil.csv",))
    assert set(tmp_path.rglob("*")) == before
    assert not (tmp_path.parent.parent / "evil.csv").exists()


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_UNPACKED", 100_000)
    honest = zipped({"a.csv": b"0" * 1_000_000})
    with pytest.raises(DataError, match="unpacks to more than 100,000 bytes"):
        member(put(tmp_path, honest), ("a.csv",))
    # one that states a small size: the field is in the header and in the directory
    lying = honest.replace(struct.pack("<L", 1_000_000), struct.pack("<L", 10))
    with pytest.raises(DataError, match=r"damaged|unpacks to more"):
        member(put(tmp_path, lying), ("a.csv",))
    nested = zipped({"i.zip": honest})
    with pytest.raises(DataError, match="unpacks to more than"):
        member(put(tmp_path, nested), ("i.zip!a.csv",))
    monkeypatch.setattr(archives, "MOST_MEMBERS", 3)
    with pytest.raises(DataError, match="more than 3 members"):
        member(put(tmp_path, zipped({f"f{k}": "" for k in range(4)})), ("a.csv",))


def test_a_damaged_member_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.csv": bytes(range(256)) * 40}))
    content[60] ^= 0xFF
    with pytest.raises(DataError, match=r"a\.csv: is damaged"):
        member(put(tmp_path, bytes(content)), ("a.csv",))


def test_a_locked_member_is_told(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.csv": "x"}))
    for at in (6, content.index(b"PK\x01\x02") + 8):
        content[at] |= 1
    with pytest.raises(DataError, match=r"a\.csv: cannot be unpacked"):
        member(put(tmp_path, bytes(content)), ("a.csv",))


def test_a_zip_in_name_alone(tmp_path: Path) -> None:
    path = put(tmp_path, b"PK\x03\x04" + b"junk" * 50)
    with pytest.raises(DataError, match="cannot be read as a zip file"):
        member(path, ("a.csv",))
    with pytest.raises(DataError, match="no whole zip file"):
        check_kind(path, ".zip", "it")
