"""Parts counted by the workers of a Dask cluster; needs the extra ``scale``.

Must not know what is counted: it maps, as the built-in ``map`` does.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from analysis.engine.parts import Counted, Mapper, Part

if TYPE_CHECKING:
    from distributed import Client, Future

# What waits for each thread: enough that none rests, few enough to stay small.
AHEAD = 2


def on(client: Client, *, patience: float = 600.0) -> Mapper:
    """A ``mapper`` of ``crosstabs`` that has the parts counted by a cluster.

    Parameters
    ----------
    client : distributed.Client
        Of the cluster. Workers must see kept columns under the same path.
    patience : float
        Seconds after which one part counts as lost (``TimeoutError``).
    """

    def mapped(
        act: Callable[[Part], Counted], parts: Iterable[Part]
    ) -> Iterator[Counted]:
        waiting: deque[Future] = deque()
        most = AHEAD * max(1, sum(client.nthreads().values()))
        try:
            for part in parts:
                # Apart from the task: it may carry megabytes of weights.
                carried = client.scatter(part, hash=False)
                waiting.append(client.submit(act, carried, pure=False))
                if len(waiting) >= most:
                    yield waiting.popleft().result(timeout=patience)
            while waiting:
                yield waiting.popleft().result(timeout=patience)
        finally:
            client.cancel(list(waiting))

    return mapped
