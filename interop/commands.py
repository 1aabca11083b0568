"""Runs ``equerry`` commands as their users do.

``EQUERRY_COMMAND`` may name another program than the checkout's, to try the tests on.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LAUNCHER = Path(os.environ.get("EQUERRY_COMMAND", PROJECT / "equerry"))


def equerry(
    *arguments: object, check: bool = True, env: Mapping[str, str] | None = None, stdin: str = ""
) -> subprocess.CompletedProcess[str]:
    """Run one command to its end; a failure that is not expected shows what it said."""
    done = subprocess.run(
        [str(LAUNCHER), *map(str, arguments)],
        input=stdin,
        capture_output=True,
        text=True,
        env={**os.environ, **(env or {})},
        timeout=300,
    )
    if check and done.returncode != 0:
        raise AssertionError(f"{done.args}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done
