"""Peak memory of a stretch of work, in MB: the kernel's own mark, set back between stretches where it can be."""

import resource
from pathlib import Path

_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def reset_peak() -> None:
    """Forget the peak so far; without effect outside Linux, where the peak is then of the process so far."""
    try:
        _CLEAR.write_text("5")
    except OSError:
        return


def peak_mb() -> int:
    """The highest resident memory since the last reset."""
    try:
        line = next(line for line in _STATUS.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) // 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
