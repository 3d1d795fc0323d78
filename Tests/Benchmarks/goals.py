"""What the program must reach and what it aims at, as ratios on the machine that measures, so that the
machine cancels out."""
from dataclasses import dataclass
from statistics import median

from engines import FLOOR, ISAL, OURS, WORKERS, ZLIB

MEGA = 1 << 20


@dataclass
class Figure:
    what: str
    value: float
    must: float
    aim: float
    unit: str = ""

    @property
    def row(self):
        verdict = "aim" if self.value <= self.aim else "must" if self.value <= self.must else "MISSED"
        numbers = [f"{number:.2f}" if not self.unit else f"{number:.0f} {self.unit}"
                   for number in (self.value, self.must, self.aim)]
        return [self.what, *numbers, verdict]


def ratios(rounds, engine, other, measure):
    """One engine's measure over another's, round by round."""
    return [getattr(each[engine], measure) / getattr(each[other], measure)
            for each in rounds if engine in each and other in each]


# What is held against what: name, measure, then must and aim for each build.
JOB = [
    ("CPU / igzip", FLOOR, "cpu", {ISAL: (1.6, 1.25), ZLIB: (2.4, 2.0)}),
    ("wall / igzip ×2", FLOOR, "wall", {ISAL: (1.8, 1.3), ZLIB: (1.8, 1.3)}),
    ("CPU / polars", "polars", "cpu", {ISAL: (0.40, 0.28), ZLIB: (0.60, 0.45)}),
]


def of_job(rounds, groups):
    """The figures of job J at size 1."""
    figures = []
    for what, other, measure, limits in JOB:
        for ours in OURS:
            found = ratios(rounds, ours, other, measure)
            if found:
                figures.append(Figure(f"{ours}: {what}", median(found), *limits[ours]))
    for ours in OURS:
        peaks = [each[ours].peak for each in rounds if ours in each]
        if peaks:
            held = groups * WORKERS
            figures.append(Figure(
                f"{ours}: peak memory; bound: {held} groups, those of the result × {WORKERS} workers",
                median(peaks) / MEGA, 64 + 300 * held / MEGA, 48 + 200 * held / MEGA, "MB"))
    return figures


def of_one_file(rounds):
    return [Figure(f"{ours}: one file, wall / igzip of that file", median(found), 1.3, 1.1)
            for ours in OURS if (found := ratios(rounds, ours, FLOOR, "wall"))]


def of_growth(by_size, growth):
    """Size 16 against size 1. Memory only where the groups stay the same."""
    figures = []
    first, last = by_size.get(1, []), by_size.get(16, [])
    for ours in OURS:
        small, large = ([each[ours] for each in rounds if ours in each] for rounds in (first, last))
        if not small or not large:
            continue
        if growth == "r":
            peaks = [median(sample.peak for sample in samples) for samples in (small, large)]
            figures.append(Figure(f"{ours}: memory ×16 / ×1", peaks[1] / peaks[0], 1.15, 1.05))
        times = [median(sample.wall for sample in samples) for samples in (small, large)]
        figures.append(Figure(
            f"{ours}: wall ×16 / 16 times wall ×1", times[1] / (16 * times[0]), 1.10, 1.0))
    return figures


def of_nights(nights):
    """`nights[engine]` is a list of (first night, second night, job J), one for each round."""
    figures = []
    for ours, rounds in nights.items():
        figures.append(Figure(
            f"{ours}: night CPU / summarize CPU",
            median(first.cpu / job.cpu for first, _, job in rounds), 1.5, 1.2))
        figures.append(Figure(
            f"{ours}: second night wall / first",
            median(second.wall / first.wall for first, second, _ in rounds), 0.05, 0.02))
    return figures
