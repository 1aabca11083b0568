"""Streams millions of rows through one server with a small heap, and watches its memory.

    python stream_memory.py PATH [--rows 5000000] [--streams 4] [--heap 256m]

PATH is a repository. Every dataset of every dataset type is asked for, type after type and again from the
start until there are enough rows, over several connections at once; one of them reads slowly, so that the
server has to wait for it. The stock direct butler says how many rows there must be. A line a second shows
rows and memory; the last lines the whole. Exits with 1 when rows are missing, when a stream is cut off or
has an error in it, or when the server ends.
"""

from __future__ import annotations

import argparse
import http.client
import re
import socket
import sys
import tempfile
import threading
import time
import urllib.request
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path

from processes import HOST
from servers import Server

from lsst.daf.butler import Butler, CollectionType, DataCoordinate
from lsst.daf.butler.queries.result_specs import SerializedResultSpec
from lsst.daf.butler.queries.tree import SerializedQueryTree
from lsst.daf.butler.remote_butler.server_models import QueryExecuteRequestModel, QueryInputs

LABEL = "repo"
READ_BYTES = 64 << 10
SILENCE_SECONDS = 120
PAGE = b'{"type":"dataset_ref"'
KEEP_ALIVE = b'{"type":"keep-alive"'
# Every reference of a page has it once.
ROW = b'"run":"'


@dataclass(frozen=True)
class Search:
    """A question for all datasets of a type."""

    dataset_type: str
    body: str
    rows: int


def searches(path: str) -> list[Search]:
    """One for each dataset type that has datasets."""
    found = []
    with Butler.from_config(path) as butler:
        runs = butler.collections.query("*", collection_types={CollectionType.RUN})
        for dataset_type in sorted(t.name for t in butler.registry.queryDatasetTypes()):
            with butler.query() as query:
                results = query.datasets(dataset_type, collections=runs, find_first=False)
                rows = results.count()
                request = QueryExecuteRequestModel(
                    query=QueryInputs(
                        tree=SerializedQueryTree(results._tree),
                        default_data_id=DataCoordinate.make_empty(butler.dimensions).to_simple(),
                        additional_query_inputs=[],
                    ),
                    result_spec=SerializedResultSpec(results._spec),
                )
            if rows:
                found.append(Search(dataset_type, request.model_dump_json(), rows))
    return found


def enough(found: list[Search], rows: int) -> deque[Search]:
    """The searches, again and again until they have so many rows."""
    work: deque[Search] = deque()
    planned = 0
    while planned < rows:
        for search in found:
            work.append(search)
            planned += search.rows
            if planned >= rows:
                break
    return work


@dataclass
class Streams:
    """Connections that work through the searches, and what came of it."""

    port: int
    work: deque[Search]
    rows: int = 0
    faults: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def run(self, pause_seconds: float) -> None:
        """Work of one thread. A pause after each read makes it slow."""
        while not self.faults:
            try:
                search = self.work.popleft()
            except IndexError:
                return
            try:
                rows = self.stream(search, pause_seconds)
                if rows != search.rows:
                    self.faults.append(f"{search.dataset_type}: {rows} rows, not {search.rows}")
            except (OSError, ValueError, http.client.HTTPException) as error:
                self.faults.append(f"{search.dataset_type}: {type(error).__name__}: {error}")

    def stream(self, search: Search, pause_seconds: float) -> int:
        connection = http.client.HTTPConnection(HOST, self.port, timeout=SILENCE_SECONDS)
        connection.sock = socket.socket()
        connection.sock.settimeout(SILENCE_SECONDS)
        if pause_seconds:
            # The kernel would keep megabytes for a slow reader, and the server would not have to wait.
            connection.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, READ_BYTES)
        connection.sock.connect((HOST, self.port))
        try:
            headers = {"Content-Type": "application/json"}
            connection.request("POST", f"/api/butler/repo/{LABEL}/v1/query/execute", search.body, headers)
            answer = connection.getresponse()
            if answer.status != 200:
                raise ValueError(f"status {answer.status}: {answer.read(1000)!r}")
            return self.count(answer, pause_seconds)
        finally:
            connection.close()

    def count(self, answer: http.client.HTTPResponse, pause_seconds: float) -> int:
        """The rows of an answer, of which no more than a line is held."""
        rows = 0
        rest = b""
        while data := answer.read1(READ_BYTES):
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                rows += self.rows_of(line)
            if pause_seconds:
                time.sleep(pause_seconds)
        if rest:
            raise ValueError(f"the last line has no end: {rest[:200]!r}")
        return rows

    def rows_of(self, line: bytes) -> int:
        if line.startswith(PAGE):
            rows = line.count(ROW)
            with self.lock:
                self.rows += rows
            return rows
        if line.startswith(KEEP_ALIVE):
            return 0
        raise ValueError(f"not a page of references: {line[:300]!r}")


class Memory:
    """What the process and its heap take."""

    def __init__(self, server: Server, collections: Path) -> None:
        self.server = server
        self.collections = collections

    def heap(self) -> int:
        """Bytes in use now, garbage too; 0 when the server does not answer."""
        try:
            with urllib.request.urlopen(f"{self.server.base}/metrics", timeout=10) as answer:
                text = answer.read().decode()
        except OSError:
            return 0
        used = re.findall(r'^jvm_memory_used_bytes\{area="heap",id="[^"]*"\} (\S+)', text, re.M)
        return int(sum(float(value) for value in used))

    def after_collections(self) -> str:
        """What was left by the collections, as the virtual machine logged them."""
        pauses = re.findall(r"Pause (Young|Full) .*?(\d+)M->(\d+)M\(", self.collections.read_text())
        young = [int(after) for kind, _, after in pauses if kind == "Young"]
        full = [int(after) for kind, _, after in pauses if kind == "Full"]
        return (
            f"heap before collections at most {max((int(before) for _, before, _ in pauses), default=0)} MB, after"
            f" {len(young)} small ones at most {max(young, default=0)} MB, after {len(full)} full ones at most"
            f" {max(full, default=0)} MB"
        )

    def status(self, name: str) -> int:
        """Bytes from the kernel: VmRSS, now, or VmHWM, the most so far."""
        text = Path(f"/proc/{self.server.process.pid}/status").read_text()
        found = re.search(rf"{name}:\s+(\d+) kB", text)
        return int(found[1]) << 10 if found else 0


def megabytes(number: int) -> str:
    return f"{number / (1 << 20):.0f} MB"


def watch(server: Server, streams: Streams, threads: list[threading.Thread], memory: Memory) -> float:
    """Prints a line a second until the threads end; the seconds that it took."""
    start = time.monotonic()
    before = 0
    while any(thread.is_alive() for thread in threads):
        time.sleep(1)
        if server.process.exit_code is not None:
            streams.faults.append(f"the server ended with {server.process.exit_code}")
            break
        rows = streams.rows
        print(
            f"{time.monotonic() - start:6.0f} s {rows:10,} rows {rows - before:8,}/s"
            f"  heap {megabytes(memory.heap()):>7}  resident {megabytes(memory.status('VmRSS')):>7}",
            flush=True,
        )
        before = rows
    return time.monotonic() - start


def prove(options: argparse.Namespace, folder: Path) -> int:
    path = Path(options.path).absolute()
    found = searches(str(path))
    if not found:
        print(f"{path} has no datasets")
        return 1
    work = enough(found, options.rows)
    expected = sum(search.rows for search in work)
    print(f"{len(found)} dataset types with {sum(s.rows for s in found):,} datasets; {len(work)} streams, {expected:,} rows")
    collections = folder / "collections.log"
    environment = {"EQUERRY_HEAP": options.heap, "EQUERRY_JAVA_OPTIONS": f"-Xlog:gc:file={collections}:none"}
    server = Server(folder, {LABEL: path}, env=environment)
    try:
        streams = Streams(server.port, work)
        memory = Memory(server, collections)
        pauses = [options.pause] + [0.0] * (options.streams - 1)
        threads = [threading.Thread(target=streams.run, args=(pause,), daemon=True) for pause in pauses]
        for thread in threads:
            thread.start()
        seconds = watch(server, streams, threads, memory)
        if server.process.exit_code is None:
            print(
                f"{streams.rows:,} of {expected:,} rows in {seconds:.0f} s, {streams.rows / seconds:,.0f} rows/s;"
                f" resident at most {megabytes(memory.status('VmHWM'))};"
                f" {memory.after_collections()} (-Xmx{options.heap})"
            )
        for fault in streams.faults:
            print(f"fault: {fault}")
        if streams.faults:
            lines = server.process.log_text().splitlines()
            print("\n".join([line for line in lines if '"severity":"info"' not in line][-20:]))
        return 0 if not streams.faults and streams.rows == expected else 1
    finally:
        server.stop()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("path", help="folder of the repository")
    parser.add_argument("--rows", type=int, default=5_000_000, help="at least so many (default 5,000,000)")
    parser.add_argument("--streams", type=int, default=4, help="connections at once (default 4)")
    parser.add_argument("--pause", type=float, default=0.02, help="seconds that one waits after each 64 KiB")
    parser.add_argument("--heap", default="256m", help="the server's heap (default 256m)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return prove(options, Path(folder))


if __name__ == "__main__":
    sys.exit(main())
