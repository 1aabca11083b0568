"""What goes wrong around a change has a name, and the error says whether anything was changed."""

from __future__ import annotations

import os
import resource
import shutil
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import kills
import many_writers
import psycopg
import pytest
from commands import LAUNCHER
from postgres import Postgres

VISITS = ["2026031400003", "2026031400004"]
JSON = kills.JSON
TYPE = "visit_summary"
RUN = "faults/run"
LIMIT_BYTES = 4 << 20


@pytest.fixture
def sqlite(tmp_path: Path) -> Path:
    return many_writers.prepare(tmp_path, None, "faults")


@pytest.fixture(params=["sqlite", "postgresql"])
def repository(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    postgres = request.getfixturevalue("postgres") if request.param == "postgresql" else None
    return many_writers.prepare(tmp_path, postgres, f"faults_{os.urandom(4).hex()}")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    file = tmp_path / "small.json"
    file.write_text('{"small": 1}')
    return file


def put(root: Path, file: Path, visit: str = VISITS[0], run: str = RUN) -> list[str]:
    return [str(LAUNCHER), "put", str(root), str(file), TYPE, run, "instrument=LarkCam", f"visit={visit}", *JSON]


def execute(
    command: list[str], before_start: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=180, preexec_fn=before_start
    )


def refuses(root: Path, command: list[str], *words: str, before_start: Callable[[], None] | None = None) -> None:
    """The command fails with one sentence that has these words, and changes nothing."""
    before = kills.state(root)
    done = execute(command, before_start)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "Exception" not in done.stderr, done.stderr
    for word in words:
        assert word in done.stderr, done.stderr
    after = kills.state(root)
    assert after == before


# -- files --------------------------------------------------------------------


def test_full_disk(sqlite: Path, tmp_path: Path) -> None:
    big = tmp_path / "big.json"
    big.write_text('{"big": "' + "x" * (2 * LIMIT_BYTES) + '"}')

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (LIMIT_BYTES, LIMIT_BYTES))

    refuses(sqlite, put(sqlite, big), "no space left", "othing", before_start=limit)


def test_read_only_folder(sqlite: Path, small: Path) -> None:
    without = shutil.which("setpriv")
    if os.getuid() == 0 and without is None:
        pytest.skip("root may write everywhere, and there is no setpriv")
    guard = [without, "--bounding-set=-dac_override,-dac_read_search", "--"] if os.getuid() == 0 and without else []
    sqlite.chmod(0o755)
    (sqlite / "faults").mkdir()
    (sqlite / "faults").chmod(0o555)
    try:
        refuses(sqlite, [*guard, *put(sqlite, small)], "may not write", "othing")
    finally:
        (sqlite / "faults").chmod(0o755)


def test_file_that_vanished(repository: Path, tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    there = tmp_path / "there.json"
    there.write_text("{}")
    table.write_text(f"file,visit\nthere.json,{VISITS[0]}\ngone.json,{VISITS[1]}\n")
    command = [str(LAUNCHER), "ingest-files", str(repository), TYPE, RUN, str(table), "--prefix", str(tmp_path)]
    refuses(repository, [*command, "--data-id", "instrument=LarkCam", "-t", "copy", *JSON], "gone.json", "not exist")


@pytest.mark.parametrize("mode", ["copy", "symlink"])
def test_file_of_another_size(sqlite: Path, tmp_path: Path, mode: str) -> None:
    file = next((sqlite / "meadow/runs/first/deep_coadd").rglob("*.fits"))
    with open(file, "ab") as damaged:
        damaged.write(b"more")
    command = [str(LAUNCHER), "retrieve-artifacts", str(sqlite), str(tmp_path / "out"), "--collections", "meadow/runs/first"]
    refuses(sqlite, [*command, "-d", "deep_coadd", "--transfer", mode], file.name, "its record says")


# -- databases ----------------------------------------------------------------


class Paused:
    """A command that waits at a point until it is told to go on."""

    def __init__(self, command: list[str], point: str, sign: Path) -> None:
        self._sign = sign
        environment = {**os.environ, "EQUERRY_JAVA_OPTIONS": f"-Dequerry.pauseAt={point}={sign}"}
        self._child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
        )
        deadline = time.monotonic() + 120
        while not sign.exists():
            assert self._child.poll() is None, self._child.communicate()[0]
            assert time.monotonic() < deadline
            time.sleep(0.02)

    def go_on(self) -> tuple[int, str]:
        ended = threading.Event()

        def clear() -> None:
            while not ended.wait(0.02):
                self._sign.unlink(missing_ok=True)

        clearing = threading.Thread(target=clear)
        clearing.start()
        try:
            output = self._child.communicate(timeout=180)[0]
        finally:
            ended.set()
            clearing.join()
        return self._child.returncode, output


@pytest.fixture
def on_postgresql(postgres: Postgres, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    name = f"faults_{os.urandom(4).hex()}"
    yield many_writers.prepare(tmp_path, postgres, name), postgres.url.rsplit("/", 1)[0] + "/" + name


@pytest.mark.parametrize("point", ["DATASETS_ROWS_WRITTEN", "FILE_PLACED", "WRITE_BEFORE_COMMIT"])
def test_lost_connection(on_postgresql: tuple[Path, str], small: Path, tmp_path: Path, point: str) -> None:
    root, url = on_postgresql
    before = kills.state(root)
    paused = Paused(put(root, small), point, tmp_path / "sign")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()"
        )
    status, output = paused.go_on()
    assert status == 1, output
    assert "Exception" not in output, output
    after = kills.state(root)
    assert after.tables == before.tables
    if point != "DATASETS_ROWS_WRITTEN":
        # The commit is next. Whether it was done is not known when its answer does not come, so the
        # file stays, for the doctor.
        assert "as a whole or not at all" in output
    else:
        assert "othing was changed" in output
        assert after == before
    done = execute([str(LAUNCHER), "doctor", str(root), "--older-than", "0s", "--fix", "--no-confirm"])
    assert done.returncode == 0, done.stdout + done.stderr
    assert kills.state(root) == before
    assert execute(put(root, small)).returncode == 0


def test_writer_waits_for_another(sqlite: Path, small: Path) -> None:
    """SQLite has one writer at a time; a short wait is nobody's business."""
    other = sqlite3.connect(sqlite / "gen3.sqlite3", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    release = threading.Timer(3, lambda: other.execute("COMMIT"))
    release.start()
    done = execute(put(sqlite, small))
    release.join()
    other.close()
    assert done.returncode == 0, done.stderr


def test_nobody_waits_for_a_copy(sqlite: Path, small: Path, tmp_path: Path) -> None:
    """Before its first row a change has no lock, however long its files take."""
    assert execute(put(sqlite, small)).returncode == 0
    paused = Paused(put(sqlite, small, visit=VISITS[1]), "FILE_STAGED", tmp_path / "sign")
    with sqlite3.connect(sqlite / "gen3.sqlite3", isolation_level=None, timeout=0) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("COMMIT")
    status, output = paused.go_on()
    assert status == 0, output


@pytest.mark.skipif("EQUERRY_SLOW_TESTS" not in os.environ, reason="takes longer than a lock is waited for: 60 s")
def test_writer_is_locked_out(sqlite: Path, small: Path) -> None:
    other = sqlite3.connect(sqlite / "gen3.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        refuses(sqlite, put(sqlite, small), "Other writers", "othing was changed")
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_two_put_the_same(repository: Path, tmp_path: Path) -> None:
    """One of them wins, with its own file; the other is told."""
    commands = []
    for number in range(2):
        file = tmp_path / f"file{number}.json"
        file.write_text(f'{{"number": {number}}}')
        commands.append(put(repository, file))
    children = [
        subprocess.Popen(c, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        for c in commands
    ]
    outputs = [child.communicate(timeout=180)[0] for child in children]
    assert sorted(child.returncode for child in children) == [0, 1], outputs
    winner = next(n for n, child in enumerate(children) if child.returncode == 0)
    assert "othing was changed" in outputs[1 - winner] or "othing is changed" in outputs[1 - winner]
    stored = next((repository / RUN).rglob("*.json"))
    assert stored.read_text() == f'{{"number": {winner}}}'
    done = execute([str(LAUNCHER), "doctor", str(repository), "--older-than", "0s"])
    assert done.returncode == 0, done.stdout
