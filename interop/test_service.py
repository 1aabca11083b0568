"""The process: what it shows, how it starts and how it ends."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import repositories
import variants
from http_client import send
from processes import HOST, Process, free_port
from servers import PROJECT, Repository, Server

from lsst.daf.butler import Butler, CollectionType, MissingCollectionError

EQUERRY = str(PROJECT / "equerry")
SECOND_START_SECONDS = 2.0


def run(*arguments: str, timeout_seconds: float = 60, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [EQUERRY, *arguments], capture_output=True, text=True, timeout=timeout_seconds, env={**os.environ, **env}
    )


# -- what it shows ------------------------------------------------------------


def test_index(server: Server) -> None:
    document = send(server.base, "GET", "/").json()
    assert set(document) >= {"name", "version", "description"}


def test_client_configuration(server: Server) -> None:
    answers = [send(server.base, "GET", f"/api/butler/repo/demo-sqlite/butler.{kind}") for kind in ("yaml", "json")]
    assert answers[0].body == answers[1].body
    assert answers[0].json() == {
        "cls": "lsst.daf.butler.remote_butler.RemoteButler",
        "remote_butler": {"url": "<butlerRoot>", "authentication": "rubin_science_platform"},
    }


def test_metrics(server: Server, demo: Repository) -> None:
    demo.remote().get_dataset_type("bias")
    answer = send(server.base, "GET", "/metrics")
    assert answer.status == 200
    assert re.search(r"^[a-z_]+(\{.*\})? [0-9.e+-]+$", answer.text, re.MULTILINE)


def test_request_id_is_logged(server: Server, demo: Repository) -> None:
    mark = "interop-3f2a"
    target = f"/api/butler/repo/{demo.label}/v1/dataset_type/bias"
    send(server.base, "GET", target, headers={"X-Butler-Client-Request-Id": mark})
    deadline = time.monotonic() + 5
    while mark not in server.process.log_text() and time.monotonic() < deadline:
        time.sleep(0.1)
    line = next(line for line in server.process.log_text().splitlines() if mark in line)
    assert json.loads(line)


# -- freshness ----------------------------------------------------------------


def test_commits_of_others_are_seen_at_once(scratch: Repository) -> None:
    remote, writer = scratch.remote(), scratch.writeable()
    for i in range(5):
        name = f"fresh/{i}"
        with pytest.raises(MissingCollectionError):
            remote.collections.get_info(name)
        writer.collections.register(name, CollectionType.TAGGED)
        assert remote.collections.get_info(name).type is CollectionType.TAGGED
        ref = writer.find_dataset("notes", instrument=variants.INSTRUMENT, collections=variants.RUN)
        assert remote.find_dataset("notes", instrument=variants.INSTRUMENT, collections=name) is None
        writer.registry.associate(name, [ref])
        assert remote.find_dataset("notes", instrument=variants.INSTRUMENT, collections=name) == ref
        writer.collections.x_remove(name)
    writer.registry.insertDimensionData("instrument", {"name": "NewCam"})
    assert remote.registry.expandDataId(instrument="NewCam")["instrument"] == "NewCam"
    writer.close()


# -- configuration ------------------------------------------------------------


def test_check_config_reports_all_faults(tmp_path: Path) -> None:
    config = tmp_path / "config.json"
    config.write_text(
        json.dumps(
            {
                "repositories": {"x": {"config_uri": "/x/butler.yaml", "authorised_groups": ["*"]}},
                "gafaelfawr_url": "DISABLED",
                "port": "many",
                "colour": "red",
            }
        )
    )
    done = run("serve", "--check-config", "--config", str(config))
    assert done.returncode != 0
    said = done.stdout + done.stderr
    for fault in ("authorised_groups", "port", "colour"):
        assert fault in said
    assert "\tat " not in said


def test_check_config_of_a_right_one(tmp_path: Path) -> None:
    repositories.unpack_demo(tmp_path / "demo")
    done = run("serve", "--check-config", f"meadow={tmp_path / 'demo'}")
    assert done.returncode == 0, done.stdout + done.stderr


def test_repository_arguments(tmp_path: Path) -> None:
    repositories.unpack_demo(tmp_path / "demo")
    port = free_port()
    command = [EQUERRY, "serve", "--host", HOST, "--port", str(port), f"meadow={tmp_path / 'demo'}"]
    process = Process("serve", command, log=tmp_path / "serve.log")
    try:
        target = "/api/butler/repo/meadow/v1/universe"
        process.wait_until(lambda: send(f"http://{HOST}:{port}", "GET", target).status == 200, 30)
    finally:
        process.stop()


def test_port_in_use(tmp_path: Path) -> None:
    repositories.unpack_demo(tmp_path / "demo")
    with socket.socket() as taken:
        taken.bind((HOST, 0))
        taken.listen()
        done = run("serve", "--port", str(taken.getsockname()[1]), str(tmp_path / "demo"))
    assert done.returncode != 0
    assert "\tat " not in done.stdout + done.stderr


# -- the end ------------------------------------------------------------------


def test_sigterm_finishes_what_is_running(tmp_path: Path) -> None:
    """A download that has begun gets its last byte; nothing new is taken."""
    parts = repositories.Parts(tmp_path / "parts")
    started = Server(tmp_path, {"parts": tmp_path / "parts"}, name="ending")
    os.environ["BUTLER_RUBIN_ACCESS_TOKEN"] = "x"
    url = urlsplit(Butler.from_config(started.url("parts")).getURI(parts.refs["big"]).geturl())
    with socket.create_connection((HOST, started.port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        connection.sendall(f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: {HOST}:{started.port}\r\n\r\n".encode())
        received = connection.recv(1024)
        assert received.startswith(b"HTTP/1.1 200")
        head, _, body = received.partition(b"\r\n\r\n")
        size = len(body)
        started.process.send(signal.SIGTERM)
        time.sleep(1.0)
        try:
            refused = send(started.base, "GET", "/api/butler/repo/parts/v1/universe").status
        except OSError:
            refused = 503
        assert refused == 503
        while size < repositories.BIG_SIZE and (data := connection.recv(1 << 20)):
            size += len(data)
        assert size == repositories.BIG_SIZE
    assert started.process.wait(15) in (0, 143)


def test_sigterm_ends_in_bounded_time(tmp_path: Path) -> None:
    """Even for a client that never reads on."""
    parts = repositories.Parts(tmp_path / "parts")
    started = Server(tmp_path, {"parts": tmp_path / "parts"}, name="stuck")
    url = urlsplit(Butler.from_config(started.url("parts")).getURI(parts.refs["big"]).geturl())
    with socket.create_connection((HOST, started.port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65536)
        connection.sendall(f"GET {url.path}?{url.query} HTTP/1.1\r\nHost: {HOST}:{started.port}\r\n\r\n".encode())
        assert connection.recv(1024)
        started.process.send(signal.SIGTERM)
        assert started.process.wait(60) is not None


# -- the demo -----------------------------------------------------------------


def start_demo(root: Path, log: Path) -> tuple[Process, float, str]:
    """The process, the seconds until it answered, and what it printed."""
    port = free_port()
    began = time.monotonic()
    process = Process("demo", [EQUERRY, "demo", "--port", str(port), "--root", str(root)], log=log)
    base = f"http://{HOST}:{port}"
    process.wait_until(lambda: f"{base}/" in process.log_text(), 60)
    seconds = time.monotonic() - began
    return process, seconds, base


def test_demo(tmp_path: Path) -> None:
    for attempt in (1, 2):
        process, seconds, base = start_demo(tmp_path / "demo", tmp_path / f"demo{attempt}.log")
        try:
            url = re.search(rf"{base}/api/butler/repo/[a-z]+/?", process.log_text()).group(0).rstrip("/") + "/"
            os.environ["BUTLER_RUBIN_ACCESS_TOKEN"] = "demo"
            remote = Butler.from_config(url, collections="meadow/latest")
            assert remote.get("survey_description")["name"] == "Meadow"
            text = process.log_text()
            assert "from lsst.daf.butler import Butler" in text
            assert "Ctrl-C" in text or "Ctrl+C" in text
        finally:
            process.stop(first=signal.SIGINT)
    assert seconds < SECOND_START_SECONDS
