"""The reader as a whole: its order, and where it stops."""

from __future__ import annotations

import pytest

from foedus.reading import Names, read
from foedus.reading.model import Source
from foedus.reading.reader import MOST, ReadingError

TEXT = "Iran blamed Russia for the loss of two ships.\nRussia attacked Ukraine on 3 May 2016.\n"


def test_items_come_in_the_order_of_the_text_and_their_ids_stay() -> None:
    names = Names.of(None)
    one, again = (read(TEXT, Source(), names) for _ in range(2))
    starts = [item.start for item in one.items]
    assert starts == sorted(starts)
    assert [item.id for item in one.items] == [item.id for item in again.items]
    assert {"mention", "claim", "blame", "event", "date"} <= {item.kind for item in one.items}
    for item in one.items:
        assert 0 <= item.start < item.end <= len(TEXT)


def test_without_events_there_are_none() -> None:
    found = read(TEXT, Source(), Names.of(None), events=False)
    assert found.items
    assert "event" not in {item.kind for item in found.items}


def test_what_is_no_article_is_refused_before_the_work() -> None:
    with pytest.raises(ReadingError, match="cut it into articles"):
        read("a " * (MOST // 2 + 1), Source(), Names.of(None))
