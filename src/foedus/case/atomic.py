"""Files that are always wholly old or wholly new."""

from __future__ import annotations

import errno
import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_atomically(path: str | os.PathLike[str], text: str | bytes) -> None:
    """Write a file so that whoever reads it finds the whole old one or the whole new one.

    The text goes to a file beside it, is forced to the disk and then takes its name; permissions
    stay as they were, and a symbolic link stays a link. On any failure the old file is whole and
    nothing is left beside it. Raises ``OSError`` as the system does, and for what is there and no
    file: a device would be replaced by one.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        code = errno.EISDIR if target.is_dir() else errno.EINVAL
        raise OSError(code, "is a folder" if target.is_dir() else "is no file", str(path))
    raw = text.encode("utf-8") if isinstance(text, str) else text
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name[:100]}.", suffix="~")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(raw)
            stream.flush()
            os.chmod(name, _mode(target))  # noqa: PTH101 (the name is what mkstemp gave)
            os.fsync(stream.fileno())
        os.replace(name, target)  # noqa: PTH105
    except BaseException:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise
    settle(target.parent)


def _mode(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o7777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def settle(folder: Path) -> None:
    """Force the new name to the disk too, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
