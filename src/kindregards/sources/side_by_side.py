"""Sorting a large mailbox by several processes: reading is the work, and each core does its share.

Only the bytes go over and only what was found comes back, so that little is held at any time.
"""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Container, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain
from multiprocessing import get_context

from kindregards.sources.sorting import Acquainted, Sorted, sort_sources
from kindregards.sources.source import Source

WORTH_IT = 48 * 1024 * 1024
"""Bytes of input from which starting processes costs less than it saves."""
MOST_PROCESSES = 4
MESSAGES_AT_ONCE = 300
BYTES_AT_ONCE = 2 * 1024 * 1024
AHEAD = 3
"""Batches that wait for each process, so that none is ever idle."""


def sort_side_by_side(
    sources: Iterable[Source],
    *,
    size: int,
    chosen: Container[str] = (),
    acquainted: Acquainted | None = None,
) -> Iterator[Sorted]:
    """The same as `sort_sources`, in the same order; by several processes where `size` bytes of
    input are worth it and there is more than one core.

    Where a process is lost, this one goes on alone.
    """
    acquainted = acquainted or Acquainted()
    others = min(_cores() - 1, MOST_PROCESSES)
    if size < WORTH_IT or others < 1:
        yield from sort_sources(sources, chosen=chosen, acquainted=acquainted)
        return
    shared = _Shared(chosen, acquainted)
    pool = ProcessPoolExecutor(
        others, mp_context=get_context("spawn"), initializer=_begin, initargs=(shared,)
    )
    try:
        yield from _through(pool, others, sources, shared)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@dataclass(frozen=True, slots=True)
class _Shared:
    """What every process has to know."""

    chosen: Container[str]
    acquainted: Acquainted

    def sort(self, sources: Iterable[Source]) -> Iterator[Sorted]:
        return sort_sources(sources, chosen=self.chosen, acquainted=self.acquainted)


@dataclass(slots=True)
class _Batch:
    """Sources that are being sorted by another process, or were sorted by this one."""

    sources: list[Source]
    elsewhere: Future[list[Sorted]] | None = None
    found: list[Sorted] | None = None

    @property
    def is_ready(self) -> bool:
        return self.elsewhere is None or self.elsewhere.done()

    def sorted(self) -> list[Sorted]:
        """What was found, with the bytes again; waits for it."""
        if self.elsewhere is None:
            return self.found or []
        pairs = zip(self.elsewhere.result(), self.sources, strict=True)
        return [one._replace(source=source) for one, source in pairs]


def _through(
    pool: ProcessPoolExecutor, others: int, sources: Iterable[Source], shared: _Shared
) -> Iterator[Sorted]:
    waiting: deque[_Batch] = deque()
    batches = _batches(sources)
    try:
        for batch in batches:
            busy = sum(not one.is_ready for one in waiting)
            waiting.append(_Batch(batch))
            if busy < others * AHEAD:
                waiting[-1].elsewhere = pool.submit(_sort, batch)
            else:  # they have enough to do: this process takes its share
                waiting[-1].found = list(shared.sort(batch))
            while waiting and waiting[0].is_ready:
                yield from waiting[0].sorted()
                waiting.popleft()
        while waiting:
            yield from waiting[0].sorted()
            waiting.popleft()
    except BrokenProcessPool:
        for one in waiting:
            yield from one.found or shared.sort(one.sources)
        yield from shared.sort(chain.from_iterable(batches))


def _batches(sources: Iterable[Source]) -> Iterator[list[Source]]:
    batch: list[Source] = []
    size = 0
    for source in sources:
        batch.append(source)
        size += len(source.raw)
        if len(batch) >= MESSAGES_AT_ONCE or size >= BYTES_AT_ONCE:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _cores() -> int:
    """The cores that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


# In the other processes ---------------------------------------------------------------------

_NOTHING = Source("")
_known: list[_Shared] = []


def _begin(shared: _Shared) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started us says when to stop
    _known[:] = [shared]


def _sort(batch: list[Source]) -> list[Sorted]:
    return [one._replace(source=_NOTHING) for one in _known[0].sort(batch)]
