"""Child processes: each has a log file and is ended by its own id only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

HOST = "127.0.0.1"


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as s:
        s.bind((HOST, 0))
        return s.getsockname()[1]


class Process:
    """One child in a session of its own, so that a Ctrl-C reaches only us."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        *,
        log: Path,
        env: Mapping[str, str] | None = None,
        user: str | None = None,
        cwd: Path | None = None,
    ) -> None:
        self.name = name
        self.log = log
        with open(log, "ab") as output:
            self._child = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=dict(env) if env is not None else None,
                user=user,
                cwd=cwd,
                start_new_session=True,
            )

    @property
    def pid(self) -> int:
        return self._child.pid

    @property
    def exit_code(self) -> int | None:
        return self._child.poll()

    def log_text(self) -> str:
        return self.log.read_text("utf-8", "replace")

    def wait_until(self, ready: Callable[[], bool], timeout_seconds: float) -> None:
        deadline = time.monotonic() + timeout_seconds
        while time.monotonic() < deadline:
            if self._child.poll() is not None:
                raise RuntimeError(f"{self.name} ended with {self._child.returncode}:\n{self.log_text()[-4000:]}")
            try:
                if ready():
                    return
            except Exception:
                pass
            time.sleep(0.05)
        self.stop()
        raise RuntimeError(f"{self.name} is not ready after {timeout_seconds} s:\n{self.log_text()[-4000:]}")

    def send(self, number: int) -> None:
        self._child.send_signal(number)

    def wait(self, timeout_seconds: float) -> int:
        return self._child.wait(timeout_seconds)

    def stop(self, first: int = signal.SIGTERM, timeout_seconds: float = 20.0) -> None:
        if self._child.poll() is None:
            self._child.send_signal(first)
            try:
                self._child.wait(timeout_seconds)
            except subprocess.TimeoutExpired:
                os.kill(self._child.pid, signal.SIGKILL)
                self._child.wait(5)
