"""One repository in two hands: the same command lines, in turns by the stock package and by us.

What comes out must be what the stock package makes of them alone, table by table and file by file.
"""

from __future__ import annotations

import itertools
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import registry_tables
import repositories
from click.testing import CliRunner
from commands import equerry
from places import Place, new_place
from s3 import BUCKET

from lsst.daf.butler import Butler
from lsst.daf.butler.cli.butler import cli
from lsst.resources import ResourcePath

CALIBS, RAWS, VISITS = "LarkCam/calib/2026a/gen", "LarkCam/raw/all", "meadow/runs/first"


def stock(*arguments: object) -> None:
    done = CliRunner().invoke(cli, [str(a) for a in arguments])
    assert done.exit_code == 0, f"butler {arguments}: {done.output}\n{done.exception!r}"


Hand = Callable[..., object]


class Material:
    """What the steps take in: an export of the demo survey, and files with a table of them."""

    def __init__(self, folder: Path) -> None:
        demo = folder / "demo"
        repositories.unpack_demo(demo)
        self.export = folder / "export"
        self.export.mkdir()
        with Butler.from_config(str(demo)) as butler:
            self.exposures = sorted(r.dataId["exposure"] for r in butler.query_datasets("raw", "*", find_first=False))
            with butler.export(directory=str(self.export), filename="export.yaml", transfer="copy") as export:
                for dataset_type in butler.registry.queryDatasetTypes("*"):
                    refs = butler.query_datasets(dataset_type, "*", find_first=False, explain=False)
                    export.saveDatasets([r for r in refs if butler.stored(r) and not butler.getURI(r).fragment])
                for collection in butler.collections.query("*"):
                    export.saveCollection(collection)
                for element in ("instrument", "detector", "visit_system", "tract", "patch"):
                    export.saveDimensionData(element, butler.query_dimension_records(element))
        self.notes = folder / "notes"
        self.notes.mkdir()
        self.table = folder / "notes.csv"
        lines = ["file,exposure,detector"]
        for exposure, detector in itertools.product(sorted(set(self.exposures))[:3], (0, 1)):
            file = self.notes / f"{exposure}-{detector}.yaml"
            file.write_text(f"exposure: {exposure}\n")
            lines.append(f"{file},{exposure},{detector}")
        self.table.write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def material(folder: Path) -> Material:
    place = folder / "round-trips"
    place.mkdir()
    return Material(place)


def steps(m: Material) -> list[tuple[object, ...]]:
    """Command lines; REPO stands for the repository."""
    note = ("ingest-files", "REPO", "note")
    lark = ("--data-id", "instrument=LarkCam")
    return [
        ("import", "REPO", m.export, "--export-file", "export.yaml", "--transfer", "copy"),
        ("register-dataset-type", "REPO", "note", "StructuredDataDict", "exposure", "detector"),
        (*note, "u/reader/copies", m.table, *lark, "--transfer", "copy"),
        (*note, "u/reader/links", m.table, *lark, "--transfer", "symlink", "--id-generation-mode", "dataid_type_run"),
        (*note, "u/reader/direct", m.table, *lark, "--transfer", "direct"),
        (*note, "u/reader/untracked", m.table, *lark, "--transfer", "hardlink", "--no-track-file-attrs"),
        ("register-dataset-type", "REPO", "trim", "StructuredDataDict", "detector", "instrument", "--is-calibration"),
        ("collection-chain", "REPO", "u/reader", "u/reader/copies,u/reader/links"),
        ("collection-chain", "REPO", "u/reader", "u/reader/direct", "--mode", "prepend"),
        ("collection-chain", "REPO", "u/reader", "u/reader/untracked", RAWS, "--mode", "extend"),
        ("collection-chain", "REPO", "u/reader", "--mode", "pop"),
        ("associate", "REPO", "u/best", "--dataset-type", "note", "--collections", "u/reader/copies"),
        ("certify-calibrations", "REPO", CALIBS, "u/calib", "bias", "--begin-date", "2026-01-01"),
        ("prune-datasets", "REPO", "u/reader/links", "--datasets", "note", "--unstore", "--no-confirm"),
        (
            *("prune-datasets", "REPO", "u/reader/copies", "--datasets", "note", "--where", "instrument = 'LarkCam' AND detector = 1"),
            *("--purge", "u/reader/copies", "--no-confirm"),
        ),
        ("remove-runs", "REPO", "u/reader/direct", "--no-confirm", "--force"),
        ("remove-collections", "REPO", "u/best", "--no-confirm"),
        ("register-dataset-type", "REPO", "mistake", "StructuredDataDict"),
        ("remove-dataset-type", "REPO", "mistake"),
    ]  # fmt: skip


def create_by_stock(place: Place) -> None:
    Butler.makeRepo(str(place.root), config=place.seed(), forceConfigRoot=place.files is None)


def create_by_us(place: Place) -> None:
    equerry("create", place.root, *place.options())


def perform(place: Place, material: Material, hands: list[Hand]) -> None:
    meant: dict[object, object] = {"REPO": place.root}
    if place.files is not None:
        # There are no links to objects.
        meant |= {"symlink": "copy", "hardlink": "auto"}
    for hand, step in zip(itertools.cycle(hands), steps(material), strict=False):
        hand(*(meant.get(part, part) for part in step))


def files(place: Place) -> dict[str, bytes]:
    if place.files is not None:
        root = ResourcePath(place.files, forceDirectory=True)
        found = ResourcePath.findFileResources([root])
        return {str(uri.relative_to(root)): uri.read() for uri in found}
    names = (p for p in place.root.rglob("*") if p.is_file() and not p.name.startswith("gen3.sqlite3"))
    return {str(p.relative_to(place.root)): p.read_bytes() for p in names if p.name != "butler.yaml"}


@dataclass(frozen=True)
class Places:
    """Where the repositories of a test are: tables and files of one kind."""

    folder: Path
    database: str | None
    bucket: str | None

    def new(self) -> Place:
        return new_place(self.folder, self.database, self.bucket)


@pytest.fixture(scope="module", params=["sqlite", "postgresql", "sqlite and s3"])
def places(request: pytest.FixtureRequest, folder: Path) -> Places:
    objects = request.param.endswith("s3")
    if objects and request.getfixturevalue("s3") is None:
        pytest.skip("NO MOTO: see requirements-moto.txt")
    database = request.getfixturevalue("postgres").url if request.param == "postgresql" else None
    return Places(folder / "round-trips", database, BUCKET if objects else None)


@pytest.fixture(scope="module")
def reference(material: Material, places: Places) -> Place:
    """What the stock package makes alone."""
    place = places.new()
    create_by_stock(place)
    perform(place, material, [stock])
    return place


@pytest.mark.parametrize("first", ["ours", "stock"])
def test_turns_end_where_the_stock_package_ends(
    first: str, material: Material, places: Places, reference: Place
) -> None:
    place = places.new()
    if first == "ours":
        create_by_us(place)
        perform(place, material, [equerry, stock])
    else:
        create_by_stock(place)
        perform(place, material, [stock, equerry])

    assert not registry_tables.differences(registry_tables.read(place.root), registry_tables.read(reference.root))
    assert files(place) == files(reference)


def test_stock_reads_and_goes_on_with_what_we_filled(material: Material, places: Places) -> None:
    place = places.new()
    create_by_us(place)
    perform(place, material, [equerry])

    with Butler.from_config(str(place.root), writeable=True) as butler:
        (exposure, *_) = material.exposures
        data_id = {"instrument": "LarkCam", "exposure": exposure, "detector": 0}
        assert butler.get("note", data_id, collections="u/reader/copies") == {"exposure": exposure}
        new = butler.put({"exposure": 0}, "note", {**data_id, "detector": 1}, run="u/reader/copies")
        assert butler.get(new) == {"exposure": 0}
        assert all(butler.exists(ref) for ref in butler.query_datasets("visit_image", VISITS))
        butler.pruneDatasets([new], purge=True, unstore=True, disassociate=True)
        butler.removeRuns(["u/reader/untracked"], unlink_from_chains=True)

    left = equerry("query-datasets", place.root, "note", "--collections", "u/reader/*", "--format", "json").stdout
    assert "untracked" not in left
    shutil.rmtree(place.root)
