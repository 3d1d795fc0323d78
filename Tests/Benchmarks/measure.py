"""Runs one command and measures it: wall clock, CPU of all its processes, peak memory of them together."""
import os
import resource
import subprocess
import sys
import threading
import time
from dataclasses import dataclass

PAGE = os.sysconf("SC_PAGE_SIZE")
INTERVAL = 0.02
# Of the system's own maximum.
UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass
class Sample:
    wall: float
    # User and system time of the process and all descendants that were waited for.
    cpu: float
    # Bytes.
    peak: int


class Failed(Exception):
    """A command that did not end well; says the last line of what it had to say."""


def tree(pid):
    """A process and its descendants."""
    found = [pid]
    for parent in found:
        try:
            for thread in os.listdir(f"/proc/{parent}/task"):
                with open(f"/proc/{parent}/task/{thread}/children") as children:
                    found += map(int, children.read().split())
        except OSError:
            continue
    return found


def resident(pid):
    try:
        with open(f"/proc/{pid}/statm") as statm:
            return int(statm.read().split()[1]) * PAGE
    except (OSError, IndexError, ValueError):
        return 0


class Watch(threading.Thread):
    """Samples the memory of a process tree until it is told to stop."""

    def __init__(self, pid):
        super().__init__(daemon=True)
        self.pid, self.peak, self.is_alone, self.ended = pid, 0, True, threading.Event()

    def run(self):
        while not self.ended.wait(INTERVAL):
            processes = tree(self.pid)
            self.is_alone = self.is_alone and len(processes) == 1
            self.peak = max(self.peak, sum(map(resident, processes)))


def run(argv, output, env=None):
    """Runs a command with its output in a file. Raises Failed if it does not end with 0."""
    errors = output + ".err"
    with open(output, "wb") as out, open(errors, "wb") as err:
        start = time.monotonic()
        process = subprocess.Popen(argv, stdout=out, stderr=err, env={**os.environ, **(env or {})})
        watch = Watch(process.pid)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    watch.ended.set()
    watch.join()
    if process.returncode != 0:
        with open(errors, errors="replace") as text:
            lines = text.read().strip().splitlines() or ["no message"]
        raise Failed(f"exit {process.returncode}: {lines[-1][:200]}")
    os.remove(errors)
    # The system's own maximum sees what lies between two samples. It also counts what this script held
    # when it started the process, so it says nothing below that.
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    peak = usage.ru_maxrss * UNIT if watch.is_alone and usage.ru_maxrss > own else 0
    return Sample(wall, usage.ru_utime + usage.ru_stime, max(watch.peak, peak))
