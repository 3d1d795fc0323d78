"""The data that is measured: written once, from a seed, below bench-data/ (which git ignores)."""
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent
DATA = REPOSITORY / "bench-data"
ROWS = 1_392_000


@dataclass
class Set:
    """One month, as `SampleData bench` writes it."""
    folder: Path
    figures: dict
    reference_name: str = "reference.txt"

    @property
    def files(self):
        return [str(self.folder / file) for file in self.figures["files"]]

    @property
    def reference(self):
        return self.folder / self.reference_name


def made(generator, rows, seed, again=False):
    """The set of that size and seed; written if it is not there, its reference computed."""
    folder = DATA / f"rows-{rows}-seed-{seed}"
    figures = folder / "bench.json"
    if again or not figures.exists():
        subprocess.run(["rm", "-rf", str(folder)], check=True)
        folder.mkdir(parents=True)
        subprocess.run(
            [generator, "bench", "--rows", str(rows), "--seed", str(seed), str(folder)],
            stdout=sys.stderr, check=True)
    return referenced(Set(folder, json.loads(figures.read_text())))


def first_file(a_set):
    """The first file of a set, as a set of its own."""
    figures = {**a_set.figures, "files": a_set.figures["files"][:1]}
    return referenced(Set(a_set.folder, figures, "reference-of-first-file.txt"))


def referenced(a_set):
    if not a_set.reference.exists():
        print(f"computing {a_set.reference_name} of {a_set.folder.name} with Python", file=sys.stderr)
        unfinished = str(a_set.reference) + ".part"
        subprocess.run(
            [sys.executable, str(HERE / "results.py"), "compute", unfinished, *a_set.files],
            check=True)
        os.rename(unfinished, a_set.reference)
    return a_set


def linked(name, sets, times):
    """All files of the sets, each under as many names as it is to be read, in one folder."""
    folder = DATA / "links" / name
    subprocess.run(["rm", "-rf", str(folder)], check=True)
    folder.mkdir(parents=True)
    links = []
    for time in range(times):
        for each in sets:
            for file in each.files:
                links.append(str(folder / f"{len(links) + 1:05}.csv.gz"))
                os.link(file, links[-1])
    return links


def difference(result, sets, times):
    """None where a result is that of the sets' references; else what differs first."""
    found = subprocess.run(
        [sys.executable, str(HERE / "results.py"), "compare", result, str(times),
         *[str(each.reference) for each in sets]], stdout=subprocess.PIPE, text=True)
    if found.returncode not in (0, 1):
        return "the result could not be read"
    return json.loads(found.stdout)
