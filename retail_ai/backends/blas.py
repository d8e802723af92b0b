"""Holds numpy's linear algebra to one thread while models run in threads of our own. Runs nothing itself.

OpenBLAS's own threads wait for each other in a busy loop: on two cores shared with other work, the same
sentence encoder gave 68 texts/s with 2 BLAS threads and 375 with two Python threads of one BLAS thread each.
"""

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from retail_ai.backends.packages import require


class _Hold:
    """Counts who wants one thread; the first sets it, the last restores what was before."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.wanted = 0
        self.limit: Any = None

    def enter(self) -> None:
        with self.lock:
            if self.wanted == 0:
                self.limit = _limit_to_one()
            self.wanted += 1

    def leave(self) -> None:
        with self.lock:
            self.wanted -= 1
            if self.wanted == 0 and self.limit is not None:
                self.limit.restore_original_limits()
                self.limit = None


_hold = _Hold()
os.register_at_fork(after_in_child=_hold.__init__)  # type: ignore[misc]


@contextmanager
def single_threaded_blas() -> Iterator[None]:
    """Within it, matrix products in this process use one thread each. May be entered by many threads at once."""
    _hold.enter()
    try:
        yield
    finally:
        _hold.leave()


def _limit_to_one() -> Any:
    return _controller(len(sys.modules)).limit(limits=1, user_api="blas")


@lru_cache(maxsize=1)
def _controller(_modules: int) -> Any:
    """Knows the linear algebra libraries that are loaded. Finding them takes longer than a short sentence's vector, so
    it is done again only where more modules, perhaps with a library, have been imported."""
    return require("threadpoolctl", extra="").ThreadpoolController()
