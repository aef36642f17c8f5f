"""Computing batches of draws on a Dask cluster."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from foedus.ensemble.engine import Batch, ClusterError, Session, Work

if TYPE_CHECKING:
    from distributed import Client

START = 60.0
"""Seconds that the worker processes of this machine may take to start."""
MOST = 256
"""Worker processes on this machine."""


@dataclass(frozen=True)
class Cluster:
    """A Dask cluster: `tcp://host:port`, `tls://host:port`, or `local:N` processes here.

    Raises ClusterError for any other address.
    """

    address: str

    def __post_init__(self) -> None:
        found = re.fullmatch(
            r"(tcp|tls)://([^:/\s\[\]]+|\[[0-9a-fA-F:]+\]):(\d{1,5})", self.address
        )
        known = found is not None and 1 <= int(found[3]) <= 65535
        if not known and not 1 <= self.local <= MOST:
            raise ClusterError(
                f"--cluster {self.address!r}: should be local:N (N processes on this machine, 1 to "
                f"{MOST}), tcp://host:port or tls://host:port"
            )

    @property
    def local(self) -> int:
        """How many processes on this machine; 0: a scheduler somewhere."""
        found = re.fullmatch(r"local:(\d{1,9})", self.address)
        return int(found[1]) if found else 0

    @contextmanager
    def open(self) -> Iterator[Session]:
        """Reach the cluster, or start the processes, and see that all run the same versions.

        Raises ClusterError if it cannot be reached, has no workers, or runs other versions.
        """
        try:
            from foedus.ensemble import connecting
        except ImportError as error:
            raise ClusterError("--cluster needs the extra: pip install 'foedus[dask]'") from error
        from foedus.ensemble.local_workers import local_workers

        with ExitStack() as stack:
            stack.enter_context(connecting.quiet())
            if self.local:
                address = stack.enter_context(local_workers(self.local))
                client = stack.enter_context(connecting.client(address))
                connecting.wait_for(client, self.local, START, self.address)
            else:
                connecting.probe(self.address)
                client = stack.enter_context(connecting.client(self.address))
                connecting.wait_for(client, 1, connecting.REACH, self.address)
            connecting.check_versions(client, self.address)
            yield ClusterSession(client, self.address)


@dataclass(frozen=True)
class ClusterSession:
    """A cluster that is connected."""

    client: Client
    address: str

    @property
    def workers(self) -> int:
        """How many threads the cluster's workers have together at the moment."""
        return max(int(sum(self.client.nthreads().values())), 1)

    def batches(self, work: Work) -> Generator[Batch, None, None]:
        """Compute the work.

        A batch whose worker dies is computed again by another, three times at most; then it comes
        back lost, with the reason. So does what is left when no worker is, or no connection.
        """
        from foedus.ensemble.dealing import Dealer

        dealer = Dealer(self.client, work, work.first)
        try:
            yield from dealer.deal()
        finally:
            dealer.call_off()
