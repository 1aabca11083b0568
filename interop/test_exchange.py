"""Exports and imports: the same rows and the same texts as the stock package, and no harm in between."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
import registry_tables
import repositories
from commands import PROJECT, equerry
from places import new_place
from servers import Repository

from lsst.daf.butler import Butler, DatasetExistence, DatasetRef
from lsst.daf.butler.script.exportCalibs import exportCalibs

EXPORTS = PROJECT.parent / "shared/data/exports"
# What each document needs to have been imported before it.
DOCUMENTS = {
    "base": [],
    "datasets": ["base"],
    "spatial": ["base"],
    "hsc-rc2-subset-v0": [],
    "ci_hsc-subset-skymap": [],
    "ci_hsc-subset": ["ci_hsc-subset-skymap"],
    "lsstcam-subset": [],
    "decam-hits2015-no-formatters": [],
}
# Datasets in parts, in zip files and without files have no form in documents.
NOT_EXPORTED = {"difference_image", "quality_report"}

MakeRepository = Callable[[], Path]


@pytest.fixture(params=["sqlite", "postgresql"])
def make_repository(request: pytest.FixtureRequest, tmp_path: Path) -> MakeRepository:
    """Makes empty repositories on one engine, with the stock package."""
    url = None if request.param == "sqlite" else request.getfixturevalue("postgres").url

    def make() -> Path:
        place = new_place(tmp_path, url)
        if url is not None:
            with psycopg.connect(url, autocommit=True) as connection:
                connection.execute(f'DROP SCHEMA IF EXISTS "{place.namespace}" CASCADE')
        Butler.makeRepo(str(place.root), config=place.seed())
        # The first writer makes the table of file records.
        Butler.from_config(str(place.root), writeable=True).close()
        return place.root

    return make


@pytest.fixture
def demo_root(tmp_path: Path) -> Path:
    root = tmp_path / "demo"
    repositories.unpack_demo(root)
    return root


def document(name: str) -> Path:
    path = EXPORTS / f"{name}.yaml"
    if not path.exists():
        pytest.skip(f"NO EXPORTS: {path} is not there")
    return path


def import_stock(root: Path, path: Path) -> None:
    with Butler.from_config(str(root), writeable=True) as butler:
        butler.import_(filename=str(path), without_datastore=True)


def import_ours(root: Path, path: Path) -> str:
    return equerry("import", root, path.parent, "--export-file", path.name, "--skip-files").stdout


def tables(root: Path) -> dict[str, list[registry_tables.Row]]:
    return registry_tables.read(root, keep_ids=True)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_imports_make_equal_tables(name: str, make_repository: MakeRepository) -> None:
    stock, ours = make_repository(), make_repository()
    for each in [*DOCUMENTS[name], name]:
        import_stock(stock, document(each))
        import_ours(ours, document(each))
    once = tables(ours)
    assert registry_tables.differences(tables(stock), once) == []
    # A second import changes nothing.
    import_ours(ours, document(name))
    assert registry_tables.differences(once, tables(ours)) == []


def test_formatters_that_nobody_has(make_repository: MakeRepository) -> None:
    """The stock package cannot take this document, which names classes that it would import."""
    with_formatters, without = make_repository(), make_repository()
    import_ours(with_formatters, document("decam-hits2015"))
    import_ours(without, document("decam-hits2015-no-formatters"))
    assert registry_tables.differences(tables(with_formatters), tables(without)) == []


def exported_refs(butler: Butler) -> list[DatasetRef]:
    refs = []
    for dataset_type in butler.registry.queryDatasetTypes():
        if dataset_type.name not in NOT_EXPORTED:
            refs += butler.query_datasets(
                dataset_type, "*", find_first=False, limit=None, explain=False, with_dimension_records=True
            )
    return refs


def export_stock(root: Path, folder: Path, transfer: str | None) -> None:
    folder.mkdir()
    with Butler.from_config(str(root)) as butler:
        with butler.export(directory=str(folder), filename="export.yaml", transfer=transfer) as export:
            for collection in butler.collections.query("*"):
                export.saveCollection(collection)
            export.saveDatasets(exported_refs(butler))


def export_ours(root: Path, folder: Path, transfer: str) -> str:
    with Butler.from_config(str(root)) as butler:
        types = ",".join(t.name for t in butler.registry.queryDatasetTypes() if t.name not in NOT_EXPORTED)
    return equerry(
        "export", root, folder, "-d", types, "--collections", "*", "--limit", "0", "--transfer", transfer
    ).stdout


@pytest.mark.parametrize("transfer", ["copy", "none", "direct"])
def test_exports_are_equal(demo_root: Path, tmp_path: Path, transfer: str) -> None:
    stock, ours = tmp_path / "stock", tmp_path / "ours"
    export_stock(demo_root, stock, None if transfer == "none" else transfer)
    export_ours(demo_root, ours, transfer)
    assert (ours / "export.yaml").read_bytes() == (stock / "export.yaml").read_bytes()
    assert files_below(ours) == files_below(stock)


def files_below(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.mark.parametrize("transfer", ["copy", "move", "link", "direct"])
def test_an_export_is_imported_with_its_files(
    demo_root: Path, tmp_path: Path, make_repository: MakeRepository, transfer: str
) -> None:
    """Out with one and in with the other, in both directions: equal rows and equal files."""
    roots = []
    for side in ("stock", "ours"):
        folder = tmp_path / f"export-{side}"
        (export_stock if side == "ours" else export_ours)(demo_root, folder, "copy")
        root = make_repository()
        roots.append(root)
        if side == "stock":
            with Butler.from_config(str(root), writeable=True) as butler:
                butler.import_(directory=str(folder), filename="export.yaml", transfer=transfer)
        else:
            equerry("import", root, folder, "--transfer", transfer)
    stock, ours = (tables(root) for root in roots)
    if transfer == "direct":
        for some in (stock, ours):
            some["file_datastore_records"] = [row[:1] + row[2:] for row in some["file_datastore_records"]]
    assert registry_tables.differences(stock, ours) == []
    kept = [{n: c for n, c in files_below(r).items() if not n.startswith(("gen3.", "butler."))} for r in roots]
    assert kept[0] == kept[1]
    with Butler.from_config(str(roots[1])) as butler:
        refs = exported_refs(butler)
        assert refs
        assert all(butler.stored_many(refs).values())


def test_calibrations_are_exported_as_the_stock_command_does(demo_root: Path, tmp_path: Path) -> None:
    stock, ours = tmp_path / "stock", tmp_path / "ours"
    exportCalibs(str(demo_root), str(stock), ["LarkCam/calib"], (), "copy")
    told = equerry("export-calibs", demo_root, ours, "LarkCam/calib", "--transfer", "copy").stdout
    assert "2 dark of LarkCam/calib/2026a/gen" in told
    assert files_below(ours) == files_below(stock)
    assert "is there already" in equerry("export-calibs", demo_root, ours, check=False).stderr


def test_transfer_is_that_of_the_stock_package(demo_root: Path, make_repository: MakeRepository) -> None:
    stock, ours = make_repository(), make_repository()
    with Butler.from_config(str(demo_root)) as source, Butler.from_config(str(stock), writeable=True) as target:
        refs = set(exported_refs(source))
        target.transfer_from(source, refs, transfer="copy", register_dataset_types=True, transfer_dimensions=True)
        types = ",".join(sorted({ref.datasetType.name for ref in refs}))
    options = ["-d", types, "--limit", "0", "--transfer", "copy", "--register-dataset-types"]
    rehearsed = equerry("transfer-datasets", demo_root, ours, *options, "--dry-run").stdout
    assert f"would be transferred: {len(refs)}" in rehearsed
    assert not tables(ours)["dataset"]
    done = equerry("transfer-datasets", demo_root, ours, *options).stdout
    assert f"transferred: {len(refs)}" in done
    assert registry_tables.differences(tables(stock), tables(ours)) == []
    # Once more: nothing is left to do.
    again = equerry("transfer-datasets", demo_root, ours, *options).stdout
    assert f"Files of {len(refs)} of them are there already" in again
    assert registry_tables.differences(tables(stock), tables(ours)) == []
    with Butler.from_config(str(ours)) as butler:
        assert all(butler.stored_many(refs).values())


def test_transfer_from_a_server(demo: Repository, make_repository: MakeRepository) -> None:
    """Parts, members of zip files and files from anywhere come through the server's links."""
    root = make_repository()
    options = ["--limit", "0", "--register-dataset-types"]
    refused = equerry("transfer-datasets", demo.url, root, *options, "--transfer", "direct", check=False)
    assert refused.returncode == 1
    assert "valid for minutes" in refused.stderr
    equerry("transfer-datasets", demo.url, root, *options, "--transfer", "copy")
    with Butler.from_config(str(root)) as butler:
        refs = [
            ref
            for dataset_type in butler.registry.queryDatasetTypes()
            for ref in butler.query_datasets(dataset_type, "*", find_first=False, limit=None, explain=False)
        ]
        assert len(refs) == 79
        assert set(butler._exists_many(refs, full_check=True).values()) == {DatasetExistence.VERIFIED}
        for ref in refs:
            ours, theirs = butler.getURIs(ref), demo.direct.getURIs(ref)
            assert ours.componentURIs.keys() == theirs.componentURIs.keys()
            assert ours.primaryURI is None or ours.primaryURI.read() == theirs.primaryURI.read()
            for component, uri in ours.componentURIs.items():
                assert uri.read() == theirs.componentURIs[component].read()


def test_retrieved_files_are_those_of_the_stock_package(demo_root: Path, tmp_path: Path) -> None:
    stock, ours = tmp_path / "stock", tmp_path / "ours"
    stock.mkdir()
    with Butler.from_config(str(demo_root)) as butler:
        refs = {r for r in exported_refs(butler) if r.datasetType.name in ("raw", "deep_coadd")}
        butler.retrieveArtifacts(refs, str(stock), transfer="copy")
    told = equerry("retrieve-artifacts", demo_root, ours, "-d", "raw,deep_coadd", "--transfer", "copy").stdout
    assert f"Number of artifacts retrieved into destination {ours}: {len(refs)}" in told
    ours_files, stock_files = files_below(ours), files_below(stock)
    assert ours_files.keys() == stock_files.keys()
    index = "_butler_zip_index.json"
    assert {n: c for n, c in ours_files.items() if n != index} == {n: c for n, c in stock_files.items() if n != index}


def test_a_server_gives_the_same_files_as_its_folder(demo: Repository, tmp_path: Path) -> None:
    """Whole files, parts and members of zip files, each by links of the server."""
    told = {}
    for name, place in {"folder": demo.root, "server": demo.url}.items():
        out = tmp_path / name
        options = ["-d", "raw,deep_coadd,*_summary,dark", "--collections", "*", "--limit", "0"]
        done = equerry("retrieve-artifacts", place, out, *options, "--transfer", "copy")
        told[name] = done.stdout.rpartition(":")[2]
        equerry("retrieve-artifacts", place, tmp_path / f"{name}-zip", *options, "--zip")
    assert told["server"] == told["folder"]
    assert len(files_below(tmp_path / "folder")) > 20
    assert files_below(tmp_path / "server") == files_below(tmp_path / "folder")
    zips = [files_below(tmp_path / f"{name}-zip") for name in ("folder", "server")]
    assert zips[0].keys() == zips[1].keys()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("version: 2.0.0\ndata: []\n", "version 2.0.0"),
        ("version: 1.1.0\ndata: []\n", "version 1.1.0"),
        ("version: 1.0.2\nuniverse_version: 8\ndata: [!!python/name:os.system x]\n", "must be a mapping"),
        ("version: 1.0.2\ndata: [{type: dimension, element: instrument, records: [{name: !x y}]}]\n", "tag !x"),
        ("a: &a [x, x]\n" + "\n".join(f"{n}: &{n} [*{p}, *{p}]" for p, n in zip("abcdefg", "bcdefgh")), "no version"),
        ("version: 1.0.2\ndata: [{type: " + "[" * 100, "deep"),
    ],
)
def test_hostile_documents(make_repository: MakeRepository, tmp_path: Path, text: str, reason: str) -> None:
    root = make_repository()
    path = tmp_path / "hostile.yaml"
    path.write_text(text)
    before = tables(root)
    done = equerry("import", root, tmp_path, "--export-file", path.name, "--skip-files", check=False)
    assert done.returncode == 1
    assert reason in done.stderr
    assert "Exception" not in done.stderr
    assert registry_tables.differences(before, tables(root)) == []
