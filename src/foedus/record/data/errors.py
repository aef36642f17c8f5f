"""What is wrong with data that were asked for."""

from __future__ import annotations


class DataError(Exception):
    """Data that cannot be got, or are not what they should be; the message is one clear line."""

    bad_input = True
