"""The same command lines through ``butler`` and ``equerry`` leave the same repositories.

Two repositories are made alike by the stock package; every step runs on both, one by each program, and their tables
and files are compared after it.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import commands
import pytest
import yaml
from click.testing import CliRunner, Result
from places import new_place
from registry_tables import differences, read

from lsst.daf.butler import Butler, DatasetType
from lsst.daf.butler.cli.butler import cli

INSTRUMENT = "Cam"
DETECTORS = 6
FORMATTER = "lsst.daf.butler.formatters.yaml.YamlFormatter"

# {files} is the folder of the files to ingest and of the tables that name them.
FILLING = [
    "register-dataset-type {repo} note StructuredDataDict instrument detector",
    "register-dataset-type {repo} note StructuredDataDict instrument detector",
    "register-dataset-type {repo} dark StructuredDataDict instrument detector --is-calibration",
    "register-dataset-type {repo} survey StructuredDataDict",
    "ingest-files {repo} bias run/a {files}/four.csv --data-id instrument=Cam --prefix {files} -t copy",
    "ingest-files {repo} bias run/b {files}/shared.ecsv --prefix {files} -t direct --no-track-file-attrs",
    "ingest-files {repo} dark run/dark {files}/four.csv --data-id instrument=Cam --prefix {files} -t symlink"
    f" --id-generation-mode dataid_type_run --formatter {FORMATTER}",
    "ingest-files {repo} flat run/a {files}/flats.csv --data-id instrument=Cam,detector=2 --prefix {files} -t hardlink",
    "ingest-files {repo} note run/notes {files}/four.csv --data-id instrument=Cam --prefix {files} -t auto"
    " --id-generation-mode DATAID_TYPE",
    "collection-chain {repo} all run/a,run/b run/dark --doc Everything",
    "collection-chain {repo} inner run/notes run/a",
    "collection-chain {repo} outer inner,all --flatten",
    "collection-chain {repo} outer run/notes run/dark --mode remove",
    "collection-chain {repo} outer inner --mode extend",
    "collection-chain {repo} outer all --mode prepend",
    "collection-chain {repo} outer --mode pop",
    "collection-chain {repo} outer --mode pop -- -1 0",
    "associate {repo} best -d bias --collections run/b,run/a --find-first --where instrument='Cam'",
    "associate {repo} best -d f*,note --collections run/a,run/notes",
    "associate {repo} some --collections run/dark --where instrument='Cam'ANDdetector<2 -d *",
    "certify-calibrations {repo} run/dark calib dark --begin-date 2026-01-01 --end-date 2026-02-01T12:00:00",
    "certify-calibrations {repo} all calib bias --begin-date 2026-01-01",
    "certify-calibrations {repo} all calib2 bias --search-all-inputs --end-date 2026-03-01",
    "certify-calibrations {repo} run/dark calib dark --begin-date 2026-02-01T12:00:00",
]
REMOVING = [
    "prune-datasets {repo} best --disassociate best --datasets note --no-confirm",
    "prune-datasets {repo} run/a --unstore --datasets flat --no-confirm",
    "prune-datasets {repo} run/b run/a --unstore --datasets bias --where instrument='Cam'ANDdetector=1 --no-confirm",
    "prune-datasets {repo} --purge run/notes --where instrument='Cam'ANDdetector>1 --datasets * --quiet",
    "prune-datasets {repo} * --find-all --purge run/a --where instrument='Cam'ANDdetector=0 --datasets bias --no-confirm",
    "prune-datasets {repo} run/a --unstore --datasets bias --dry-run",
    "ingest-zip {repo} {files}/notes.zip -t copy --transfer-dimensions",
    "remove-collections {repo} cal*2 --no-confirm",
    "remove-collections {repo} inner --no-confirm --remove-from-parents",
    "remove-collections {repo} nothing --no-confirm",
    "remove-runs {repo} run/b --no-confirm --force",
    "remove-runs {repo} run/n* --no-confirm",
    "remove-dataset-type {repo} surv* missing",
]
# Neither program does these, and neither changes anything.
REFUSED = [
    "register-dataset-type {repo} bias StructuredDataDict instrument detector",
    "register-dataset-type {repo} bias.x StructuredDataDict instrument",
    "ingest-files {repo} bias run/a {files}/four.csv --data-id instrument=Cam --prefix {files} -t copy",
    "ingest-files {repo} bias run/a {files}/gone.csv --data-id instrument=Cam --prefix {files} -t copy",
    "ingest-files {repo} bias run/a {files}/four.csv --prefix {files} -t copy",
    "ingest-files {repo} bias run/a {files}/four.csv --data-id detektor=1 --prefix {files} -t copy",
    "collection-chain {repo} all run/none",
    "collection-chain {repo} nothing --mode pop",
    "collection-chain {repo} all --mode pop 7",
    "collection-chain {repo} all",
    "certify-calibrations {repo} run/a calib dark",
    "certify-calibrations {repo} run/dark calib dark --begin-date 2026-01-10 --end-date 2026-01-11",
    "prune-datasets {repo} run/a --no-confirm",
    "prune-datasets {repo} --unstore --no-confirm",
    "prune-datasets {repo} --purge all --no-confirm",
    "prune-datasets {repo} --purge run/a --disassociate best --no-confirm",
    "remove-runs {repo} run/a --no-confirm",
    "remove-dataset-type {repo} bias",
]


@dataclass(frozen=True)
class Pair:
    """Two repositories that were made alike."""

    stock: Path
    ours: Path
    files: Path

    def line(self, step: str, repo: Path) -> list[str]:
        words = step.format(repo=repo, files=self.files).split(" ")
        return [word.replace("AND", " AND ") for word in words]

    def assert_equal(self) -> None:
        assert differences(read(self.stock), read(self.ours)) == []
        assert stored(self.stock) == stored(self.ours)


def stored(root: Path) -> set[str]:
    """The files of a repository but for its own."""
    return {
        str(path.relative_to(root)) for path in root.rglob("*") if path.is_file() and not path.name.startswith(("butler.", "gen3."))
    }


def run_stock(*arguments: object) -> Result:
    """Run the stock command in this process, which saves its imports."""
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def _fill(butler: Butler, detectors: int = DETECTORS) -> None:
    insert = butler.registry.insertDimensionData
    insert("instrument", {"name": INSTRUMENT, "detector_max": 10, "visit_max": 10, "exposure_max": 10})
    insert("physical_filter", *({"instrument": INSTRUMENT, "name": f"Cam-{b}", "band": b} for b in "gr"))
    insert("detector", *({"instrument": INSTRUMENT, "id": d, "full_name": f"D{d}"} for d in range(detectors)))
    for name, dimensions in (("bias", ["detector"]), ("flat", ["detector", "physical_filter"])):
        dataset_type = DatasetType(
            name, ["instrument", *dimensions], "StructuredDataDict", universe=butler.dimensions, isCalibration=True
        )
        butler.registry.registerDatasetType(dataset_type)


def _make_files(folder: Path) -> None:
    for number in range(DETECTORS):
        (folder / f"f{number}.yaml").write_text(f"number: {number}\n")
    rows = [f"f{n}.yaml,{n}" for n in range(4)]
    (folder / "four.csv").write_text("\n".join(["file,detector", *rows, ""]))
    (folder / "flats.csv").write_text("path,physical_filter\nf4.yaml,Cam-g\nf5.yaml,Cam-r\n")
    (folder / "gone.csv").write_text("file,detector\nf5.yaml,5\nnone.yaml,4\n")
    columns = ["instrument, datatype: string", "detector, datatype: int64"]
    head = ["# %ECSV 1.0", "# ---", "# datatype:", "# - {name: file, datatype: string}"]
    head += [f"# - {{name: {column}}}" for column in columns]
    (folder / "shared.ecsv").write_text(
        "\n".join([*head, "# schema: astropy-2.0", "file instrument detector", "f4.yaml Cam 4", "f4.yaml Cam 5", "f1.yaml Cam 1", ""])
    )


def _make_zip(folder: Path) -> None:
    """A zip file of two datasets, of which one names a detector that the others lack."""
    root = folder / "source"
    Butler.makeRepo(str(root))
    with Butler.from_config(str(root), writeable=True) as butler:
        _fill(butler, DETECTORS + 1)
        dataset_type = DatasetType("note", ["instrument", "detector"], "StructuredDataDict", universe=butler.dimensions)
        butler.registry.registerDatasetType(dataset_type)
        butler.collections.register("run/zipped")
        for detector in (0, DETECTORS):
            butler.put({"a": detector}, dataset_type, instrument=INSTRUMENT, detector=detector, run="run/zipped")
    done = run_stock("retrieve-artifacts", root, folder, "--zip", "-d", "note", "--collections", "run/zipped")
    assert done.exit_code == 0, done.output
    next(folder.glob("*.zip")).rename(folder / "notes.zip")


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def pair(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pair]:
    folder = tmp_path_factory.mktemp("commands")
    database = None if request.param == "sqlite" else request.getfixturevalue("postgres").url
    files = folder / "files"
    files.mkdir()
    _make_files(files)
    _make_zip(files)
    roots = []
    for _ in range(2):
        place = new_place(folder, database)
        Butler.makeRepo(str(place.root), config=place.seed())
        with Butler.from_config(str(place.root), writeable=True) as butler:
            _fill(butler)
        roots.append(place.root)
    yield Pair(roots[0], roots[1], files)


def test_every_step_leaves_the_same(pair: Pair) -> None:
    pair.assert_equal()
    for step in FILLING:
        _take(pair, step)
    for step in REFUSED:
        _refuse(pair, step)
    for step in REMOVING:
        _take(pair, step)


def test_a_rehearsal_changes_nothing(pair: Pair) -> None:
    """The stock command makes the run of the zip file all the same."""
    before = read(pair.ours, keep_ids=True)
    done = commands.equerry("ingest-zip", pair.ours, pair.files / "notes.zip", "--dry-run", "--format", "json")
    assert json.loads(done.stdout) == [{"type": "note", "run": "run/zipped", "datasets": 2}]
    commands.equerry("prune-datasets", pair.ours, "run/*", "--find-all", "--unstore", "--dry-run")
    commands.equerry("remove-dataset-type", pair.ours, "*", "-n")
    assert read(pair.ours, keep_ids=True) == before


def _take(pair: Pair, step: str) -> None:
    theirs = run_stock(*pair.line(step, pair.stock))
    assert theirs.exit_code == 0, f"{step}\n{theirs.output}"
    commands.equerry(*pair.line(step, pair.ours))
    lines = differences(read(pair.stock), read(pair.ours))
    assert lines == [], step
    assert stored(pair.stock) == stored(pair.ours), step


def _refuse(pair: Pair, step: str) -> None:
    before = read(pair.ours, keep_ids=True)
    theirs = run_stock(*pair.line(step, pair.stock))
    ours = commands.equerry(*pair.line(step, pair.ours), check=False)
    assert theirs.exit_code != 0, step
    assert ours.returncode in (1, 2), f"{step}\n{ours.stdout}"
    assert ours.stderr.startswith("equerry: "), step
    assert "Traceback" not in ours.stderr and "\tat " not in ours.stderr, ours.stderr
    assert differences(before, read(pair.ours, keep_ids=True)) == [], step


def test_the_configuration_is_shown_alike(pair: Pair) -> None:
    for options in ([], ["-s", ".datastore.templates"], ["--subset", "registry"]):
        theirs = run_stock("config-dump", pair.ours, *options)
        ours = commands.equerry("config-dump", pair.ours, *options)
        assert yaml.safe_load(ours.stdout) == yaml.safe_load(theirs.stdout)
    assert commands.equerry("config-dump", pair.ours, "-s", ".datastore.root").stdout == ".datastore.root: <butlerRoot>\n"
    assert commands.equerry("config-dump", pair.ours, "-s", ".datastore.x", check=False).returncode == 1


def test_the_configuration_is_judged_alike(pair: Pair, tmp_path: Path) -> None:
    config = yaml.safe_load((pair.ours / "butler.yaml").read_text())
    config["root"] = str(pair.ours)
    for templates, good in (
        ({}, True),
        ({"bias": "{run}/{detector}_{instrument}_{id}"}, True),
        ({"bias": "{run}/{physical_filter}_{id}"}, False),
        ({"nothing": "{run}/{id}"}, False),
        ({"instrument<Other>": {"bias": "{run}/{id}"}}, False),
    ):
        config["datastore"]["templates"] = templates
        (tmp_path / "butler.yaml").write_text(yaml.safe_dump(config))
        theirs = run_stock("config-validate", tmp_path)
        ours = commands.equerry("config-validate", tmp_path, check=False)
        assert (theirs.exit_code == 0) == good, theirs.output
        assert (ours.returncode == 0) == good, ours.stdout + ours.stderr


def _on_terminal(answer: str, *arguments: object) -> tuple[int, str]:
    """A command whose standard input is a terminal where somebody types the answer."""
    outer, inner = pty.openpty()
    child = subprocess.Popen(
        [str(commands.LAUNCHER), *map(str, arguments)], stdin=inner, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    os.close(inner)
    os.write(outer, answer.encode())
    _, err = child.communicate(timeout=300)
    os.close(outer)
    return child.returncode, err.decode()


def test_nothing_goes_without_a_yes(pair: Pair) -> None:
    with Butler.from_config(str(pair.ours), writeable=True) as butler:
        butler.collections.register("asked/run")
    before = read(pair.ours, keep_ids=True)
    line = ["remove-runs", pair.ours, "asked/*"]
    piped = commands.equerry(*line, check=False, stdin="y\n")
    assert piped.returncode == 2
    assert "--no-confirm" in piped.stderr
    assert _on_terminal("n\n", *line)[0] == 1
    assert commands.equerry(*line, "--dry-run").returncode == 0
    assert read(pair.ours, keep_ids=True) == before
    code, err = _on_terminal("y\n", *line)
    assert code == 0, err
    assert "Continue? [y/N]" in err
    with Butler.from_config(str(pair.ours)) as butler:
        assert not butler.collections.query("asked/*")
