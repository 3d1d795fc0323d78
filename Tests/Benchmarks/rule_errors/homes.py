"""A data root with its inbox, in which counterfoil runs, night by night."""
import csv
import os
import shutil
import subprocess
import sys
import tempfile


class Home(tempfile.TemporaryDirectory):
    def __init__(self, program, pipelines):
        super().__init__()
        self.program = program
        self.pipelines = os.path.join(self.name, "pipelines")
        self.inbox = os.path.join(self.name, "inbox")
        shutil.copytree(pipelines, self.pipelines)
        self.edit("nightly.yaml", "settle: 2 ", "settle: 0 ")

    def __enter__(self):
        return self

    def edit(self, name, old, new):
        path = os.path.join(self.pipelines, name)
        with open(path) as file:
            content = file.read()
        assert old in content, f"{name} has no {old}"
        self.write(name, content.replace(old, new))

    def write(self, name, content):
        with open(os.path.join(self.pipelines, name), "w") as file:
            file.write(content)

    def name_accounts(self, accounts):
        self.write("accounts.csv", "AccountId,AccountName\n" + "".join(f"{a},name\n" for a in accounts))

    def run(self, day):
        done = subprocess.run(
            [self.program, "run", os.path.join(self.pipelines, "nightly.yaml"), "--home", self.name, "--as-of", day],
            capture_output=True, text=True, env={**os.environ, "NO_COLOR": "1"})
        if done.returncode != 0:
            sys.exit(f"counterfoil ended with {done.returncode}\n{done.stdout}\n{done.stderr}")

    def findings(self, first):
        """Of the month that begins on a day; what a later night resolved is listed once more, and is none."""
        path = os.path.join(self.name, "out", f"{first:%Y-%m}", "anomalies.csv")
        with open(path, encoding="utf-8-sig") as file:
            return [row for row in csv.DictReader(file) if row["Status"] != "resolved"]
