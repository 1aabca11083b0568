"""What the documents say is so: their code runs, their names exist."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from servers import PROJECT, Repository

DOCUMENTS = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/differences.md", "docs/reference/clients.md"]
FOLDERS = ("", "*/", "*/src/main/java/equerry/", "*/src/main/java/equerry/*/", "interop/")


def test_readme_code_runs(demo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = re.findall(r"```python\n(.*?)```", (PROJECT / "README.md").read_text(), re.DOTALL)
    code = code.replace("http://127.0.0.1:8080/api/butler/repo/demo/", demo.url)
    os.environ["BUTLER_RUBIN_ACCESS_TOKEN"] = "demo"
    exec(compile(code, "README.md", "exec"), {})
    printed = capsys.readouterr().out
    assert printed.count("tract: 0") == 4
    assert "'zero_point': 27.5" in printed
    assert "RA---TAN" in printed


def test_code_for_tables_runs(demo: Repository, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("pandas", reason="pandas is not there before Python 3.12")
    (code,) = re.findall(r"```python\n(.*?)```", (PROJECT / "docs/how-to/tables.md").read_text(), re.DOTALL)
    code = code.replace("http://127.0.0.1:8080/api/butler/repo/demo", demo.url.rstrip("/"))
    os.environ["BUTLER_RUBIN_ACCESS_TOKEN"] = "demo"
    names: dict = {}
    exec(compile(code, "tables.md", "exec"), names)
    frame = names["frame"]
    theirs = demo.direct.query_datasets("visit_image", "meadow/latest", where="instrument = 'LarkCam'")
    assert set(frame["dataset_id"]) == {r.id for r in theirs}
    assert "visit.timespan.begin" in capsys.readouterr().out


@pytest.mark.parametrize("document", DOCUMENTS)
def test_links_lead_somewhere(document: str) -> None:
    text = (PROJECT / document).read_text()
    for target in re.findall(r"\]\(([^)#]+)\)", text):
        if "://" not in target:
            assert ((PROJECT / document).parent / target).exists(), target


@pytest.mark.parametrize("document", DOCUMENTS)
def test_names_exist(document: str) -> None:
    """Backticked Java types and paths are those of the code."""
    types = {p.stem for p in PROJECT.glob("*/src/*/java/**/*.java")}
    known = types | {"Optional"}
    for name in re.findall(r"`([^`\n]+)`", (PROJECT / document).read_text()):
        if re.fullmatch(r"[A-Z][a-z]+[A-Z][A-Za-z]*", name) and name not in known:
            assert is_of_the_stock_package(name), f"{document}: no type {name}"
        if re.fullmatch(r"[a-z_]+(/[A-Za-z_.-]+)+", name):
            found = [f for prefix in FOLDERS for f in PROJECT.glob(f"{prefix}{name}")]
            parts = Path(name).parts
            found += PROJECT.glob(f"{parts[0]}/src/main/java/equerry/*/{'/'.join(parts[1:])}")
            assert found, f"{document}: no path {name}"


def is_of_the_stock_package(name: str) -> bool:
    import lsst.daf.butler as stock
    from lsst.daf.butler import _exceptions

    return hasattr(stock, name) or hasattr(_exceptions, name)
