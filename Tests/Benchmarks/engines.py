"""What is measured side by side: the floor, the program, and its peers."""
import functools
import os
import shutil
import subprocess
import sys
import zlib
from dataclasses import dataclass, field

import measure
from bench_sets import DATA, HERE, REPOSITORY
from job import KEYS

FLOOR, ZLIB, ISAL = "igzip", "counterfoil zlib", "counterfoil ISA-L"
OURS = [ZLIB, ISAL]
PEERS = ["polars", "chdb", "duckdb"]
SHORT = {"ours": OURS, "zlib": [ZLIB], "isal": [ISAL]}
# The order of a round.
NAMES = [FLOOR, *OURS, *PEERS]
WORKERS = 2
VENV = str(DATA / "venv")


@dataclass
class Engine:
    name: str
    version: str
    # The command for files and the result's path; a `None` path stands for an output nobody reads.
    command: object
    prints_result: bool = False
    env: dict = field(default_factory=dict)

    def run(self, files, result):
        output = result if self.prints_result else result + ".log"
        return measure.run(self.command(files, result), output, self.env)


def summarize(binary, files):
    return [binary, "summarize", *files, "--by", ",".join(KEYS), "--workers", str(WORKERS)]


def said(*words):
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def floor():
    if not shutil.which("igzip"):
        raise LookupError("igzip is not installed (Debian, Ubuntu: isal)")
    script = f'printf "%s\\0" "$@" | xargs -0 -n 1 -P {WORKERS} igzip -dc >/dev/null'
    return Engine(
        FLOOR, said("igzip", "--version").splitlines()[0],
        lambda files, _: ["sh", "-c", script, "sh", *files])


def ours(name, binary):
    if not os.access(binary, os.X_OK):
        raise LookupError(f"{binary} is not built")
    version = said(binary, "--version")
    if name == ZLIB:
        version += f", zlib {zlib.ZLIB_RUNTIME_VERSION}"
    return Engine(name, version, lambda files, _: summarize(binary, files), prints_result=True)


def built_with_isal():
    """The program built with the package trait, or LookupError where that cannot be built."""
    words = ["swift", "build", "-c", "release", "--scratch-path", ".build-isal", "--traits", "ISAL"]
    print("building counterfoil with ISA-L", file=sys.stderr)
    try:
        built = subprocess.run(
            [*words, "--product", "counterfoil"], cwd=REPOSITORY, capture_output=True, text=True)
        if built.returncode == 0:
            return said(*words, "--package-path", str(REPOSITORY), "--show-bin-path") + "/counterfoil"
    except OSError as error:
        raise LookupError(str(error))
    errors = [line for line in (built.stdout + built.stderr).splitlines() if "error" in line]
    raise LookupError("does not build with ISA-L: " + (errors or ["no message"])[0].strip())


def environment(named):
    """The interpreter that has the peers; installed below bench-data/ unless another one is named."""
    python = os.path.join(named or VENV, "bin", "python")
    if not named and (fault := installed(python)):
        raise LookupError(fault)
    return python


@functools.cache
def installed(python):
    """None, or why the peers cannot be installed."""
    complete = os.path.join(VENV, "complete")
    if os.path.exists(complete):
        return None
    print("installing the peers into bench-data/venv", file=sys.stderr)
    requirements = str(HERE / "requirements.txt")
    for words in ([sys.executable, "-m", "venv", VENV],
                  [python, "-m", "pip", "install", "--quiet", "-r", requirements]):
        if subprocess.run(words, stdout=sys.stderr).returncode != 0:
            return "the peers cannot be installed: " + " ".join(words[1:4]) + " failed"
    open(complete, "w").close()
    return None


def peer(name, python):
    tried = subprocess.run(
        [python, "-c", f"import {name}; print({name}.__version__)"], capture_output=True, text=True)
    if tried.returncode != 0:
        raise LookupError((tried.stderr.strip().splitlines() or ["cannot be imported"])[-1])
    script = str(HERE / "peers" / f"{name}_job.py")
    return Engine(
        name, tried.stdout.strip(), lambda files, result: [python, script, result, *files],
        env={"PYTHONPATH": str(HERE)})


def opened(name, given):
    """The engine of a name, or LookupError."""
    if name == FLOOR:
        return floor()
    if name == ZLIB:
        return ours(name, os.path.abspath(given.counterfoil))
    if name == ISAL:
        return ours(name, given.counterfoil_isal or built_with_isal())
    return peer(name, environment(given.venv))


def found(given):
    """The engines that were asked for and are there, and why the others are not."""
    engines, missing = [], {}
    for name in given.engines:
        try:
            engines.append(opened(name, given))
        except (LookupError, OSError, subprocess.CalledProcessError) as error:
            missing[name] = str(error)
    return engines, missing
