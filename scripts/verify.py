"""The stages of ./verify, their summary and the totals line.

Started by ./verify, which has found a JDK (``JAVA_HOME``), Maven and this Python.
Everything that is written goes to ``target/verify`` and to the two venvs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
OUT = PROJECT / "target/verify"
INTEROP = PROJECT / "interop"
SHARED = PROJECT.parent / "shared/conformance"
GROUPS = "queries,registry,files"
BACKENDS = ("sqlite", "postgresql")
STAGE_TIMEOUT_SECONDS = 25 * 60
WORKERS = 2
TROUBLE_WITH_THE_NETWORK = re.compile(r"Could not transfer|Unknown host|UnknownHost|Temporary failure in name|offline")


@dataclass
class Result:
    """What one stage counted; every failure is named."""

    stage: str
    passed: int = 0
    skipped: int = 0
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def failed(self) -> int:
        return len(self.failures)


class Broken(Exception):
    """A stage that could not run to its end."""


_printing = threading.Lock()


def tell(text: str) -> None:
    with _printing:
        print(text, flush=True)


def run(command: list[str], log: Path, *, env: dict[str, str] | None = None) -> int:
    """Run a command with its output in a log; the exit status."""
    with open(log, "ab") as output:
        child = subprocess.Popen(
            command,
            cwd=PROJECT,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(env or {})},
        )
        try:
            return child.wait(STAGE_TIMEOUT_SECONDS)
        except subprocess.TimeoutExpired:
            child.terminate()
            try:
                child.wait(30)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()
            raise Broken(f"not done after {STAGE_TIMEOUT_SECONDS} s; log: {log}") from None


def tail(log: Path, lines: int = 30) -> str:
    return "\n".join(log.read_text("utf-8", "replace").splitlines()[-lines:])


def maven(goals: list[str], log: Path) -> int:
    """Online, and once more offline where only the network is missing."""
    status = run(["mvn", "-B", "-ntp", *goals], log)
    if status != 0 and TROUBLE_WITH_THE_NETWORK.search(tail(log, 60)):
        status = run(["mvn", "-B", "-ntp", "-o", *goals], log)
    return status


# -- stages -------------------------------------------------------------------


def check_format(result: Result) -> None:
    log = OUT / "format.log"
    if maven(["-q", "spotless:check"], log) != 0:
        result.failures.append(f"format: run 'mvn spotless:apply'\n{tail(log)}")
    else:
        result.passed += 1


def check_java(result: Result) -> None:
    """Compile with all checks, then every JUnit test."""
    log = OUT / "java.log"
    for old in PROJECT.glob("*/target/surefire-reports"):
        shutil.rmtree(old)
    status = maven(["-fae", "verify"], log)
    for report in sorted(PROJECT.glob("*/target/surefire-reports/TEST-*.xml")):
        count_junit(report, result)
    if status != 0 and not result.failures:
        raise Broken(f"the build failed; log: {log}\n{tail(log, 60)}")
    if not result.passed:
        raise Broken(f"no test passed; log: {log}")


def count_junit(report: Path, result: Result) -> None:
    for case in ElementTree.parse(report).getroot().iter("testcase"):
        name = f"{case.get('classname')}.{case.get('name')}"
        problem = case.find("failure")
        if problem is None:
            problem = case.find("error")
        if problem is not None:
            result.failures.append(f"{name}: {(problem.get('message') or problem.text or '').strip()[:400]}")
        elif case.find("skipped") is not None:
            result.skipped += 1
        else:
            result.passed += 1


def make_venv(name: str, requirements: Path) -> Path:
    """The Python of a venv that holds exactly these pinned packages."""
    venv = PROJECT / name
    wanted = hashlib.sha256(requirements.read_bytes() + sys.version.encode()).hexdigest()
    mark = venv / "requirements.sha256"
    python = venv / "bin/python"
    if not mark.exists() or mark.read_text() != wanted:
        log = OUT / f"{name.strip('.')}.log"
        tell(f"verify: making {name} (once)")
        shutil.rmtree(venv, ignore_errors=True)
        for command in (
            [sys.executable, "-m", "venv", str(venv)],
            [str(python), "-m", "pip", "install", "-q", "-r", str(requirements)],
        ):
            if run(command, log) != 0:
                raise Broken(f"no venv {name}; log: {log}\n{tail(log)}")
        mark.write_text(wanted)
    return python


def check_package(result: Result) -> None:
    """The distribution that the stages after this one start."""
    log = OUT / "package.log"
    if run([str(PROJECT / "equerry"), "--version"], log) != 0:
        raise Broken(f"./equerry --version failed; log: {log}\n{tail(log)}")
    if not (PROJECT / "cli/target/dist/equerry.aot").exists():
        result.failures.append("package: no AOT cache was made; see cli/target/package.log")
    result.passed += 1


def check_interop(result: Result) -> None:
    python = make_venv(".venv-interop", INTEROP / "requirements.txt")
    env = {}
    try:
        env["EQUERRY_MOTO_PYTHON"] = str(make_venv(".venv-moto", INTEROP / "requirements-moto.txt"))
    except Broken as e:
        result.failures.append(f"the S3 tests did not run: {e}")
    report, log = OUT / "interop.xml", OUT / "interop.log"
    report.unlink(missing_ok=True)
    status = run([str(python), "-m", "pytest", "-q", f"--junitxml={report}", str(INTEROP)], log, env=env)
    if not report.exists():
        raise Broken(f"pytest ended with {status}; log: {log}\n{tail(log)}")
    count_junit(report, result)
    if status != 0 and not result.failures:
        raise Broken(f"pytest ended with {status}; log: {log}\n{tail(log)}")


def judge_conformance(tests: dict[str, dict], result: Result) -> None:
    for name, test in tests.items():
        outcome = test["outcome"]
        if outcome == "failed":
            result.failures.append(f"{name}: {test['why'].strip().splitlines()[-1:] or ['failed']}")
        elif outcome == "passed":
            result.passed += 1
        else:
            result.skipped += 1


def conformance_of(backend: str) -> Callable[[Result], None]:
    def check(result: Result) -> None:
        if not (SHARED / "run.sh").exists():
            result.notes.append(f"not run: there is no {SHARED}")
            return
        python = PROJECT / ".venv-interop/bin/python"
        env = {}
        if backend == "postgresql":
            found = subprocess.run(
                [python, "-c", "import postgres; print(postgres.find_binaries() or '')"],
                cwd=INTEROP,
                capture_output=True,
                text=True,
            ).stdout.strip()
            if not found:
                result.notes.append("NOT RUN: no PostgreSQL server on this machine (set EQUERRY_PG_BIN)")
                return
            env["CONF_PG_BIN"] = found
        out, log = OUT / f"conformance-{backend}", OUT / f"conformance-{backend}.log"
        shutil.rmtree(out, ignore_errors=True)
        out.mkdir(parents=True)
        server = f"exec '{PROJECT}/equerry' serve --host {{host}} --port {{port}} --config {{config}}"
        command = [
            "bash", str(SHARED / "run.sh"), "--backend", backend, "--server-cmd", server, "--groups", GROUPS,
            "--venv", str(python.parent.parent), "--forbid-python", "--out", str(out),
        ]  # fmt: skip
        status = run(command, log, env=env)
        results = out / f"results-{backend}.json"
        if not results.exists():
            raise Broken(f"run.sh ended with {status}; log: {log}\n{tail(log)}")
        document = json.loads(results.read_text())
        judge_conformance(document["tests"], result)
        result.failures += document["notes"]
        if not document["tests"]:
            raise Broken(f"run.sh ran no test; log: {log}\n{tail(log)}")

    return check


# -- the whole ----------------------------------------------------------------

IN_TURN = {"format": check_format, "java": check_java, "package": check_package}
BESIDE = {
    "interop": check_interop,
    **{f"conformance-{backend}": conformance_of(backend) for backend in BACKENDS},
}


def perform(stage: str, check: Callable[[Result], None]) -> Result:
    result = Result(stage)
    began = time.monotonic()
    tell(f"verify: {stage} …")
    try:
        check(result)
    except Broken as e:
        result.failures.append(f"{stage}: {e}")
    except Exception as e:
        result.failures.append(f"{stage}: {type(e).__name__}: {e}")
    result.seconds = time.monotonic() - began
    tell(f"verify: {stage}: {result.passed} passed, {result.failed} failed, {result.skipped} skipped")
    return result


def perform_all(chosen: list[str]) -> list[Result]:
    results = []
    for stage, check in IN_TURN.items():
        if stage in chosen:
            results.append(perform(stage, check))
            # Nothing runs without the jars.
            if stage == "package" and results[-1].failed:
                return results
    beside = {stage: check for stage, check in BESIDE.items() if stage in chosen}
    if any(stage.startswith("conformance") for stage in beside):
        try:
            make_venv(".venv-interop", INTEROP / "requirements.txt")
        except Broken as e:
            return [*results, Result("venv", failures=[str(e)])]
    with ThreadPoolExecutor(WORKERS) as pool:
        # The longest first; interop tests fill the gap that the shorter one leaves.
        order = sorted(beside, key=lambda stage: stage == "interop")
        futures = [pool.submit(perform, stage, beside[stage]) for stage in order]
        results += [future.result() for future in futures]
    return results


def summarize(results: list[Result]) -> int:
    for result in results:
        for failure in result.failures:
            print(f"FAILED [{result.stage}] {failure}")
    print()
    print(f"{'stage':<24}{'passed':>8}{'failed':>8}{'skipped':>9}{'seconds':>9}")
    for r in results:
        print(f"{r.stage:<24}{r.passed:>8}{r.failed:>8}{r.skipped:>9}{r.seconds:>9.0f}")
        for note in r.notes:
            print(f"  ** {note}")
    passed = sum(r.passed for r in results)
    failed = sum(r.failed for r in results)
    skipped = sum(r.skipped for r in results)
    print(f"logs: {OUT}")
    print(f"{passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed or not passed else 0


def main() -> int:
    stages = [*IN_TURN, *BESIDE]
    parser = argparse.ArgumentParser(prog="verify", description="Run every check of the project, or some stages.")
    parser.add_argument("stages", nargs="*", metavar="stage", help=", ".join(stages))
    chosen = parser.parse_args().stages or stages
    for stage in chosen:
        if stage not in stages:
            parser.error(f"no stage {stage!r}; there are {', '.join(stages)}")
    if set(chosen) & set(BESIDE) and "package" not in chosen:
        chosen = ["package", *chosen]
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    return summarize(perform_all(chosen))


if __name__ == "__main__":
    sys.exit(main())
