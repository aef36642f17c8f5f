from __future__ import annotations

import pytest

from foedus.lenses.cells import Cell, TableError, delimiter_of, plain_number


@pytest.mark.parametrize(
    ("text", "value"),
    [("10", 10.0), ("-0.5", -0.5), ("+3", 3.0), (".5", 0.5), ("5.", 5.0), ("1e3", 1000.0),
     ("-2.5E-1", -0.25)],
)  # fmt: skip
def test_numbers_are_read_as_they_are_written(text: str, value: float) -> None:
    assert plain_number(text) == value
    assert Cell("t.csv", "line 2", text).number() == value


@pytest.mark.parametrize(
    "text",
    ["1_0", "nan", "inf", "-Infinity", "1e999", "0x10", "\u0661", "\uff11", "1,5", "e3", "."],
)
def test_what_only_a_programmer_would_take_for_a_number_is_refused(text: str) -> None:
    assert plain_number(text) is None
    with pytest.raises(TableError, match="should be a number"):
        Cell("t.csv", "line 2", text).number()


@pytest.mark.parametrize(
    ("text", "cut"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b,c,d,e\n", ";"),
        ("a\tb;c;d\n", "\t"),
        ('"a, b";c,d,e\n', ";"),
        ('  "a ""x"", b"\t,,\n', "\t"),
        ('"a\nb";c\n', ";"),
        ('5" pipe;b\n', ";"),
        (";a,b,c\n", ";"),
        ("alone\n1;2\n", ","),
        ("", ","),
    ],
)
def test_a_table_is_cut_at_what_follows_its_first_head(text: str, cut: str) -> None:
    assert delimiter_of(text) == cut
