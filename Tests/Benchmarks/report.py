"""The tables of a report, in Markdown."""
import os
import platform
import time
from statistics import median

from engines import FLOOR, PEERS
from goals import MEGA, ratios


def table(header, rows):
    lines = [header, ["---"] * len(header), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def spread(values, digits=2):
    """Median, then minimum and maximum."""
    if not values:
        return "–"
    low, middle, high = (f"{value:.{digits}f}" for value in (min(values), median(values), max(values)))
    return middle if len(values) == 1 else f"{middle} ({low}–{high})"


def best_peer(rounds, engine, measure):
    """The engine's measure over the best peer's, round by round."""
    found = []
    for each in rounds:
        others = [getattr(each[peer], measure) for peer in PEERS if peer in each]
        if engine in each and others:
            found.append(getattr(each[engine], measure) / min(others))
    return found


def measured(rounds, engines, verdicts, plain_bytes):
    """One row an engine: what it took, and its ratios within each round."""
    rows = []
    for engine in engines:
        samples = [each[engine.name] for each in rounds if engine.name in each]
        verdict = verdicts.get(engine.name, "–")
        if not samples:
            rows.append([engine.name, *["–"] * 8, verdict])
            continue
        walls = [sample.wall for sample in samples]
        rows.append([
            engine.name, spread(walls), spread([sample.cpu for sample in samples]),
            spread([sample.peak / MEGA for sample in samples], 0),
            f"{plain_bytes / median(walls) / 1e9:.2f}",
            spread(ratios(rounds, engine.name, FLOOR, "wall")),
            spread(ratios(rounds, engine.name, FLOOR, "cpu")),
            spread(best_peer(rounds, engine.name, "wall")),
            spread(best_peer(rounds, engine.name, "cpu")), verdict,
        ])
    return table(
        ["engine", "wall s", "CPU s", "peak MB", "GB/s", "wall / igzip", "CPU / igzip",
         "wall / best peer", "CPU / best peer", "result"], rows)


def nights(by_engine, faults):
    rows = []
    for engine, rounds in by_engine.items():
        firsts, seconds = ([each[index] for each in rounds] for index in (0, 1))
        rows.append([
            engine, spread([first.wall for first in firsts]), spread([first.cpu for first in firsts]),
            spread([first.peak / MEGA for first in firsts], 0),
            spread([second.wall for second in seconds], 3),
            spread([second.cpu for second in seconds], 3), faults.get(engine) or "every invoice Matched",
        ])
    return table(
        ["engine", "first night wall s", "CPU s", "peak MB", "second night wall s", "CPU s", "result"],
        rows)


def processor():
    with open("/proc/cpuinfo") as text:
        names = [line.split(":", 1)[1].strip() for line in text if line.startswith("model name")]
    return names[0] if names else platform.machine()


def load():
    return " ".join(f"{value:.2f}" for value in os.getloadavg())


def machine(cores, load_before, engines, missing):
    """When and on what it was measured; what was left out, and why."""
    lines = [
        f"- {time.strftime('%Y-%m-%d %H:%M UTC', time.gmtime())}, {processor()}, {cores} cores used, "
        f"{platform.system()} {platform.release()} {platform.machine()}",
        f"- load average before {load_before}, after {load()}",
    ]
    lines += [f"- {engine.name}: {engine.version}" for engine in engines]
    lines += [f"- skipped {name}: {reason}" for name, reason in missing.items()]
    return "\n".join(lines) + "\n"


def data(sets, growth):
    first = sets[0].figures
    ratio = first["plainBytes"] / first["gzipBytes"]
    grown = "the same files again" if growth == "r" else "further seeds"
    return (
        f"- ×1: {first['rows']} rows of {first['columns']} columns in {len(sets[0].files)} files, "
        f"{first['plainBytes']} bytes, gzip ratio {ratio:.1f}, {first['groups']} groups; "
        f"larger sizes: {grown}\n")
