"""Many texts: every readable file of a folder, by several processes, to be taken up again."""

from foedus.reading.running.folder import Ended, Progress, run, stream
from foedus.reading.running.work import Job, Options

__all__ = ["Ended", "Job", "Options", "Progress", "run", "stream"]
