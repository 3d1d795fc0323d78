"""A whole night over a set: `counterfoil run` in a fresh data root, then a second night with nothing new."""
import csv
import os
import subprocess
from glob import glob

import measure
from bench_sets import DATA, REPOSITORY
from engines import WORKERS


class Night:
    def __init__(self, a_set):
        self.set = a_set
        self.home = str(DATA / "night" / "home")
        self.definition = str(DATA / "night" / "pipelines" / "nightly.yaml")

    def prepare(self):
        """A fresh home with the delivery in its inbox, and the shipped pipeline with the set's facts."""
        folder = DATA / "night"
        subprocess.run(["rm", "-rf", str(folder)], check=True)
        folder.mkdir(parents=True)
        subprocess.run(["cp", "-R", str(REPOSITORY / "pipelines"), str(folder)], check=True)
        for fact in (self.set.folder / "facts").iterdir():
            subprocess.run(["cp", str(fact), str(folder / "pipelines")], check=True)
        text = open(self.definition).read()
        assert "settle: 2" in text, "pipelines/nightly.yaml settles otherwise than it did"
        with open(self.definition, "w") as definition:
            definition.write(text.replace("settle: 2", "settle: 0"))
        for path, _, names in os.walk(self.set.folder / "inbox"):
            inside = os.path.join(self.home, os.path.relpath(path, self.set.folder))
            os.makedirs(inside, exist_ok=True)
            for name in names:
                os.link(os.path.join(path, name), os.path.join(inside, name))

    def run(self, binary):
        return measure.run(
            [binary, "run", self.definition, "--home", self.home, "--as-of", "2026-04-05",
             "--workers", str(WORKERS)], str(DATA / "night" / "report.txt"))

    def fault(self):
        """None where all invoices of the set are proved and no error is found.

        Its usage is noise, in which a day now and then is an anomaly: a question, and no error.
        """
        documents = glob(os.path.join(self.home, "out", "2026-03"))
        if not documents:
            return "nothing was published"
        matches = self.rows("reconciliation.csv")
        if [match["Result"] for match in matches] != ["Matched"] * 3:
            return "not every invoice is matched"
        lines = sum(int(match["LineItemCount"]) for match in matches)
        if lines != self.set.figures["rows"]:
            return f"{lines} of {self.set.figures['rows']} rows are on the invoices"
        errors = [row for row in self.rows("anomalies.csv") if row["Kind"] != "Anomaly"]
        return f"{len(errors)} errors" if errors else None

    def rows(self, document):
        path = os.path.join(self.home, "out", "2026-03", document)
        with open(path, encoding="utf-8-sig", newline="") as text:
            return list(csv.DictReader(text))
