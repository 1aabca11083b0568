"""The commands of docs/how-to/keep.md, run one after the other."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from commands import PROJECT, equerry

GUIDE = PROJECT / "docs/how-to/keep.md"


def test_guide(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "note.yaml").write_text("cloudy: true\n")
    (tmp_path / "table.csv").write_text("file,exposure,detector\nnote.yaml,2026031400003,1\n")
    lines = [line.strip() for line in GUIDE.read_text().splitlines() if line.startswith("    ./equerry ")]
    assert len(lines) > 10
    for line in lines:
        arguments = shlex.split(line, comments=True)[1:]
        if arguments[0] == "demo":
            arguments += ["--port", "0"]
        equerry(*arguments)
    listed = equerry("query-datasets", "survey", "note", "--format", "csv").stdout
    assert "u/me/notes" in listed and "u/me/more" not in listed
