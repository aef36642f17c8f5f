from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from foedus.lenses.dependence.game import GameError
from foedus.lenses.dependence.interchange import TableError, read_game
from foedus.lenses.dependence.interchange.sets import partition_of

WORTHS = "coalition,worth\nA,1\nB,2\nA+B,5\n"


Write = Callable[[str | bytes], Path]


@pytest.fixture
def table(tmp_path: Path) -> Write:
    """Write a table and say where."""

    def write(text: str | bytes) -> Path:
        path = tmp_path / "table.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def worths(path: Path, **more: Any) -> dict[str, float]:
    game = read_game(path, **more).game
    assert game is not None
    return {
        "+".join(m for i, m in enumerate(game.members) if mask >> i & 1): float(game.worth[mask])
        for mask in range(1, game.worth.size)
    }


@pytest.mark.parametrize(
    "text",
    [
        WORTHS,
        "worth;coalition;note\n1;A;x\n5;B & A;y\n2;B;\n",
        "Coalition\tWorth\nA\t1\nB\t2\nA;B\t5\n",
        "coalition,worth\n∅,0\nA,1\nB,2\nA B,5\n",
        'coalition,worth\n{},0\n{A},1\n{B},2\n"{A, B}",5\n',
        "\ufeffcoalition,worth\r\n,0\r\nA,1\r\nB,2\r\n A + B ,5\r\n\r\n",
    ],
)
def test_sets_are_read_however_they_are_written(table: Write, text: str) -> None:
    assert worths(table(text)) == {"A": 1.0, "B": 2.0, "A+B": 5.0}


def test_spaces_belong_to_names_where_a_sign_joins(table: Write) -> None:
    text = "coalition,worth\nSaudi Arabia,1\nIran,2\nIran + Saudi  Arabia,5\n"
    assert worths(table(text)) == {"Saudi Arabia": 1.0, "Iran": 2.0, "Saudi Arabia+Iran": 5.0}


def test_what_is_missing_is_named_or_counted_as_nothing(table: Write) -> None:
    path = table("coalition,worth\nA+B+C,9\nA,1\n")
    with pytest.raises(TableError) as refused:
        read_game(path)
    assert str(refused.value) == (
        f"{path}: lacks 5 of the 7 sets: B, C, A+B, A+C, …; "
        "--missing zero counts what is not there as 0"
    )
    assert worths(path, missing="zero") == {
        "A": 1.0, "B": 0.0, "A+B": 0.0, "C": 0.0, "A+C": 0.0, "B+C": 0.0, "A+B+C": 9.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is empty"),
        ("\n \n", "is empty"),
        ("coalition,worth\n", "has a head and no rows"),
        (WORTHS + "B+A,5\n", "line 5, column coalition: 'B+A' has a row already: line 4"),
        (WORTHS + "C,1\n", "lacks 3 of the 7 sets: A+C, B+C, A+B+C"),
        (WORTHS + "A+A,1\n", "line 5, column coalition: names 'A' twice"),
        (WORTHS + "A++B,1\n", "line 5, column coalition: has a sign that joins no members"),
        (WORTHS + "+,1\n", "line 5, column coalition: has a sign that joins no members"),
        (WORTHS + ",3\n", "line 5, column worth: should be 0, which the empty set"),
        (WORTHS.replace(",5", ",nan"), "line 4, column worth: should be a number, not 'nan'"),
        (WORTHS.replace(",5", ",inf"), "line 4, column worth: should be a number, not 'inf'"),
        (WORTHS.replace(",5", ",1e13"), "line 4, column worth: should be from -1e+12 to 1e+12"),
        (WORTHS.replace(",5", ","), "line 4, column worth: is empty"),
        (WORTHS.replace(",5", ",five"), "should be a number, not 'five'"),
        (WORTHS.replace(",5", ",5,6"), "line 4: has more cells than the head"),
        ("coalition,worth\n,0\n", "names no member"),
        ("coalition,worth,worth\nA,1,1\n", "has two columns 'worth'"),
        ("coalition,value\nA,1\n", "has no column 'member'; there should be coalition and"),
        ("coalition,wroth\nA,1\n", "has no column 'worth', did you mean it by 'wroth'?"),
        ("member,wieght\nA,1\n", "has no column 'weight', did you mean it by 'wieght'?"),
        ("x,y\n1,2\n", "has no column 'coalition'; there should be"),
        ("coalition,worth\n" + "A" * 501 + ",1\n", "has 501 characters"),
        ("coalition,worth\n" + "+".join(f"M{i}" for i in range(21)) + ",1\n",
         "names 'M20', one more than the 20 members"),
        ("coalition,worth\nA,1\nB,2\nA|B,5\n",
         "line 4, column coalition: 'A|B' joins members by '|'; what joins them is + & or ;"),
        ("coalition,worth\nSaudi Arabia,1\nIran / Saudi Arabia,5\nIran,1\n",
         "line 3, column coalition: 'Iran / Saudi Arabia' joins members by '/'"),
        ("coalition,worth\nA,1\nB,2\nC,2\nA+B,3\nA-C,4\nB+C,3\nA+B+C,9\n",
         "line 6, column coalition: 'A-C' joins members by '-'"),
        ("coalition,worth\n" + "".join(f"M{i},1\n" for i in range(19)) + "M0|M1,1\nM2|M3,1\n",
         "line 21, column coalition: 'M0|M1' joins members by '|'"),
        (WORTHS.replace(",5", ",1_0"), "line 4, column worth: should be a number, not '1_0'"),
        (WORTHS.replace("B", "B\u202e"), "unprintable character U+202E"),
        (b"coalition,worth\n\xff,1\n", "line 2: is not UTF-8"),
        ("coalition,worth\nA\x00,1\n", "line 2"),
    ],
)  # fmt: skip
def test_bad_tables_of_worths_are_refused(table: Write, text: str | bytes, said: str) -> None:
    with pytest.raises(TableError) as refused:
        read_game(table(text))
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_files_that_cannot_be_read_are_refused(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="cannot be read"):
        read_game(tmp_path / "nix.csv")
    with pytest.raises(TableError, match="cannot be read"):
        read_game(tmp_path)


# Votes


VOTE = "member,weight,veto\nP,3,yes\nQ,2,\nR,1,no\n"


def test_a_vote_passes_with_its_quota_and_all_who_have_a_veto(table: Write) -> None:
    path = table(VOTE)
    assert worths(path, quota=3) == {
        "P": 1.0, "Q": 0.0, "P+Q": 1.0, "R": 0.0, "P+R": 1.0, "Q+R": 0.0, "P+Q+R": 1.0,
    }  # fmt: skip
    plain = worths(table(VOTE.replace("yes", "no")), quota=3)
    assert plain["Q+R"] == 1.0
    assert worths(table("member,weight\nA,0.1\nB,0.2\n"), quota=0.3)["A+B"] == 1.0


def test_whole_weights_are_counted_exactly(table: Write) -> None:
    path = table("member,weight\nA,499999999999\nB,500000000000\nC,1000000000000\n")
    game = worths(path, quota=1_000_000_000_000.0)
    assert game["A+B"] == 0.0
    assert game["C"] == game["A+C"] == 1.0
    with pytest.raises(GameError, match="all weights together are"):
        read_game(path, quota=2_000_000_000_000.0)


@pytest.mark.parametrize(
    ("text", "quota", "kind", "said"),
    [
        (VOTE, None, TableError, "--quota Q says what it takes"),
        (VOTE, 7.0, GameError, "the quota is 7, but all weights together are 6"),
        (VOTE, 0.0, GameError, "should be a number above 0, not 0"),
        (VOTE, float("nan"), GameError, "should be a number above 0, not nan"),
        (VOTE + "P,1,\n", 3.0, TableError, "line 5, column member: 'P' has a row already: line 2"),
        (VOTE + "S,-1,\n", 3.0, TableError, "line 5, column weight: should be from 0 to"),
        (VOTE + "S,nan,\n", 3.0, TableError, "should be a number, not 'nan'"),
        (VOTE + ",1,\n", 3.0, TableError, "line 5, column member: is empty"),
        (VOTE + "S+T,1,\n", 3.0, TableError, "one member without + & ; in its name"),
        (VOTE + "S,1,maybe\n", 3.0, TableError, "column veto: should be yes or no, not 'maybe'"),
        ("member,weight\n" + "".join(f"M{i},1\n" for i in range(21)), 3.0, TableError,
         "line 22, column member: names 'M20', one more than the 20"),
        (WORTHS, 3.0, GameError, "is no vote (member, weight), so there is no quota"),
    ],
)  # fmt: skip
def test_bad_votes_are_refused(
    table: Write, text: str, quota: float | None, kind: type[Exception], said: str
) -> None:
    with pytest.raises(kind) as refused:
        read_game(table(text), quota=quota)
    assert said in str(refused.value)


# Preferences


PARTNERS = "member,partner,value\nA,B,2\nB,A,-1\nA,C,0.5\n"
SETS = "member,coalition,value\nA,A,0\nB,B,0\nA,A+B,2\nB,A+B,-1\n"


def test_values_of_partners_add_up_and_pairs_not_named_count_as_nothing(table: Write) -> None:
    game = read_game(table(PARTNERS)).hedonic
    assert game is not None
    assert game.members == ("A", "B", "C")
    assert game.utility[0, 0b111] == 2.5
    assert game.utility[1, 0b111] == -1.0
    assert game.utility[2, 0b101] == 0.0
    assert np.isnan(game.utility[1, 0b101])


def test_values_of_sets_are_read_as_they_are(table: Write) -> None:
    game = read_game(table(SETS)).hedonic
    assert game is not None
    np.testing.assert_array_equal(
        game.utility, [[np.nan, 0.0, np.nan, 2.0], [np.nan, np.nan, 0.0, -1.0]]
    )
    filled = read_game(table("member,coalition,value\nA,A+B,2\n"), missing="zero").hedonic
    assert filled is not None
    np.testing.assert_array_equal(filled.utility[:, 3], [2.0, 0.0])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (PARTNERS + "A,B,3\n", "line 5, column partner: this pair has a row already: line 2"),
        (PARTNERS + "C,C,3\n", "line 5, column partner: 'C' is the member itself"),
        (PARTNERS + "C,A,nan\n", "line 5, column value: should be a number, not 'nan'"),
        (PARTNERS + "C,,1\n", "line 5, column partner: is empty"),
        (PARTNERS + "C,A+B,1\n", "one member without + & ; in its name, not 'A+B'"),
        ("member,partner,value\n" + "".join(f"M0,M{i},1\n" for i in range(1, 21)),
         "line 21, column partner: names 'M20', one more than the 20"),
        (SETS + "C,A+B,3\n", "line 6, column member: 'C' is not in the set 'A+B'"),
        (SETS + "B,A,3\n", "line 6, column member: 'B' is not in the set 'A'"),
        (SETS + "A,B+A,3\n", "line 6, column coalition: 'B+A' has a row already: line 4"),
        (SETS.replace("B,A+B,-1\n", ""), "lacks 1 of the 2 sets with B in them: A+B"),
        (SETS.replace(",-1", ",x"), "line 5, column value: should be a number, not 'x'"),
        ("member,partner\nA,B\n", "has no column 'value'"),
    ],
)  # fmt: skip
def test_bad_preferences_are_refused(table: Write, text: str, said: str) -> None:
    with pytest.raises(TableError) as refused:
        read_game(table(text))
    assert said in str(refused.value)


def test_options_that_say_nothing_are_refused(table: Write) -> None:
    with pytest.raises(GameError, match="is no table of sets"):
        read_game(table(PARTNERS), missing="zero")
    with pytest.raises(GameError, match="one of refuse, zero, not 'guess'"):
        read_game(table(WORTHS), missing="guess")


def test_partitions_are_read_from_a_text() -> None:
    assert partition_of(" A + B ;C") == (("A", "B"), ("C",))
    for text in ("", "A+;B", "A;;B", ";"):
        with pytest.raises(GameError, match="should be sets as in"):
            partition_of(text)


def test_a_member_may_be_called_as_two_others_joined(table: Write) -> None:
    rows = ("A", "B", "A-B", "A+B", "A+A-B", "B+A-B", "A+B+A-B")
    text = "coalition,worth\n" + "".join(f"{row},{k}\n" for k, row in enumerate(rows))
    game = read_game(table(text)).game
    assert game is not None
    assert game.members == ("A", "B", "A-B")
