"""Every shape of file record, in local files and in S3; and what copies them."""

from __future__ import annotations

import json
import urllib.error
import urllib.request
import uuid
import zipfile
from pathlib import Path

import pytest
from http_client import Answer, post_json, send
from repositories import BIG_SIZE, DATA, INSTRUMENT, OUTPUT, RUN, SUMMARY
from servers import TOKEN, Repository

from lsst.daf.butler import Butler, Config, DatasetExistence, DatasetNotFoundError
from lsst.daf.butler.tests import MetricsExample
from lsst.resources import ResourcePath

DATA_ID = {"instrument": INSTRUMENT, "detector": 1}


def api(repository: Repository, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    url = repository.url + path
    base, slash, target = url.partition("/api/")
    return send(base, method, slash + target, headers={"Authorization": f"Bearer {TOKEN}", **(headers or {})})


def open_url(url: str, **headers: str):
    return urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=30)


def url_of(repository: Repository, name: str) -> str:
    return repository.remote().getURI(repository.refs[name]).geturl()


# -- get ----------------------------------------------------------------------


@pytest.mark.parametrize("name", ["metric", "split"])
def test_composites(parts: Repository, name: str) -> None:
    remote = parts.remote()
    assert remote.get(name, DATA_ID) == MetricsExample(SUMMARY, OUTPUT, DATA)
    assert remote.get(f"{name}.summary", DATA_ID) == SUMMARY
    assert remote.get(f"{name}.data", DATA_ID) == DATA
    assert remote.get(parts.refs[name].makeComponentRef("output")) == OUTPUT
    if name == "metric":
        assert remote.get("metric.counter", DATA_ID) == len(DATA)


def test_composite_in_parts_has_a_file_for_each(parts: Repository) -> None:
    uris = parts.remote().getURIs(parts.refs["split"])
    assert uris.primaryURI is None
    own = parts.direct.getURIs(parts.refs["split"]).componentURIs
    assert set(uris.componentURIs) == set(own) == {"summary", "output", "data"}
    for component, uri in uris.componentURIs.items():
        assert uri.read() == own[component].read()


def test_other_datastore_of_the_chain(parts: Repository) -> None:
    assert parts.remote().get("list", DATA_ID) == DATA


def test_two_datasets_in_one_file(parts: Repository) -> None:
    remote = parts.remote()
    for detector in (1, 2):
        assert remote.get("shared", {**DATA_ID, "detector": detector}) == {"shared": True}


@pytest.mark.parametrize("name", ["direct", "odd"])
def test_absolute_uri(parts: Repository, name: str) -> None:
    remote = parts.remote()
    assert remote.getURI(parts.refs[name]).read() == parts.direct.getURI(parts.refs[name]).read()
    assert remote.get(name, DATA_ID) == {"name": name}


def test_existence(parts: Repository) -> None:
    remote = parts.remote()
    assert remote.exists(parts.refs["metric"]) is DatasetExistence.VERIFIED
    assert remote.exists(parts.refs["absent"]) is DatasetExistence.RECORDED
    assert remote.exists(parts.refs["gone"]) == DatasetExistence.RECORDED | DatasetExistence.DATASTORE
    assert remote.exists(parts.refs["metric"].replace(id=uuid.uuid4())) is DatasetExistence.UNRECOGNIZED
    with pytest.raises(FileNotFoundError):
        remote.get(parts.refs["gone"])
    with pytest.raises(DatasetNotFoundError):
        remote.get(parts.refs["absent"])


# -- URLs ---------------------------------------------------------------------


def test_url_opens_without_a_token(parts: Repository) -> None:
    with open_url(url_of(parts, "metric")) as answer:
        assert answer.read() == parts.direct.getURI(parts.refs["metric"]).read()


@pytest.mark.parametrize(
    ("range_", "first", "last"), [("bytes=2-5", 2, 5), ("bytes=0-0", 0, 0), ("bytes=-3", -3, -1), ("bytes=7-", 7, -1)]
)
def test_ranges(parts: Repository, range_: str, first: int, last: int) -> None:
    whole = parts.direct.getURI(parts.refs["list"]).read()
    first, last = first % len(whole), last % len(whole)
    with open_url(url_of(parts, "list"), Range=range_) as answer:
        assert answer.status == 206
        assert answer.read() == whole[first : last + 1]
        assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(whole)}"
        assert answer.headers["Content-Length"] == str(last - first + 1)


def test_range_past_the_end(parts: Repository) -> None:
    with pytest.raises(urllib.error.HTTPError) as refused:
        open_url(url_of(parts, "list"), Range="bytes=1000000-")
    assert refused.value.code == 416


def test_head_and_etag(parts: Repository) -> None:
    if parts.label != "parts":
        pytest.skip("N/A: S3 answers here")
    url = url_of(parts, "list")
    request = urllib.request.Request(url, method="HEAD")
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert answer.read() == b""
        assert int(answer.headers["Content-Length"]) == len(parts.direct.getURI(parts.refs["list"]).read())
        assert answer.headers["Accept-Ranges"] == "bytes"
        tag = answer.headers["ETag"]
    assert tag
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        open_url(url, **{"If-None-Match": tag})
    assert unchanged.value.code == 304


def test_large_file(parts: Repository) -> None:
    with open_url(url_of(parts, "big")) as answer:
        assert int(answer.headers["Content-Length"]) == BIG_SIZE
        size, piece = 0, b""
        while data := answer.read(1 << 20):
            size, piece = size + len(data), data
        assert (size, piece[-2:]) == (BIG_SIZE, b"{}")


def test_tampered_urls(parts: Repository) -> None:
    if parts.label != "parts":
        pytest.skip("N/A: moto checks no signature")
    url, other = url_of(parts, "metric"), url_of(parts, "list")
    head, _, name = url.rpartition("/")
    tampered = [
        head.rpartition("/")[0] + "/" + other.rpartition("/")[2],
        url[:-1] + ("x" if url[-1] != "x" else "y"),
        f"{head}/../{name}",
        f"{head}/..%2f..%2f..%2f..%2fetc/passwd",
        f"{head}/%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        f"{head}/..%5c..%5cetc%5cpasswd",
        f"{head}/{name}%00",
        f"{url}/",
    ]
    # Each part of the path, one character changed.
    pieces = url.split("/")
    for i in range(3, len(pieces)):
        if pieces[i]:
            changed = list(pieces)
            changed[i] = ("0" if pieces[i][0] != "0" else "1") + pieces[i][1:]
            tampered.append("/".join(changed))
    base = "/".join(pieces[:3])
    for candidate in tampered:
        answer = send(base, "GET", candidate[len(base) :])
        assert 400 <= answer.status < 500, candidate
        assert b"root:" not in answer.body


# -- the documents ------------------------------------------------------------


def test_file_document(parts: Repository) -> None:
    ref = parts.refs["metric"]
    document = api(parts, f"v1/get_file/{ref.id}").json()
    assert document["dataset_ref"]["id"] == str(ref.id)
    assert document["artifact"]["datastore_type"] == "file"
    (info,) = document["artifact"]["file_info"]
    assert info["auth"] == "none"
    record = info["datastoreRecords"]
    assert record["storage_class"] == "PartsMetric"
    assert record["component"] is None
    assert not record["path"].startswith("/")
    assert "://" not in record["path"]
    assert record["file_size"] == parts.direct.getURI(ref).size()
    assert api(parts, f"v1/get_file/{parts.refs['absent'].id}").json()["artifact"] is None
    split = api(parts, f"v1/get_file/{parts.refs['split'].id}").json()["artifact"]["file_info"]
    assert {i["datastoreRecords"]["component"] for i in split} == {"summary", "output", "data"}


@pytest.mark.parametrize("name", ["metric.summary", "metric.counter", "split.data"])
def test_component_types(parts: Repository, name: str) -> None:
    """What clients before release 30 ask for when they get a component."""
    whole, component = name.split(".")
    expected = parts.refs[whole].makeComponentRef(component).to_simple().model_dump(mode="json")
    assert api(parts, f"v1/dataset_type/{name}").json()["dataset_type"] == expected["datasetType"]
    lookup = {"dataset_type": name, "data_id": DATA_ID, "collections": [RUN]}
    base, slash, target = f"{parts.url}v1/".partition("/api/")
    for endpoint in ("find_dataset", "get_file_by_data_id"):
        found = post_json(base, f"{slash}{target}{endpoint}", lookup).json()["dataset_ref"]
        assert (found["id"], found["datasetType"]) == (expected["id"], expected["datasetType"])
    assert api(parts, "v1/dataset_type/metric.nosuch").json()["error_type"] == "unknown_component"


def test_download(parts: Repository) -> None:
    answer = api(parts, f"v1/dataset/{parts.refs['metric'].id}/download")
    assert answer.status == 307
    assert ResourcePath(answer.headers["location"]).read() == parts.direct.getURI(parts.refs["metric"]).read()
    split = f"v1/dataset/{parts.refs['split'].id}/download"
    answer = api(parts, f"{split}?component=summary")
    assert json.loads(ResourcePath(answer.headers["location"]).read()) == SUMMARY
    for path, status in (
        (split, 422),
        (f"{split}?component=nosuch", 404),
        (f"v1/dataset/{uuid.uuid4()}/download", 404),
        (f"v1/dataset/{parts.refs['absent'].id}/download", 404),
    ):
        answer = api(parts, path)
        assert answer.status == status, path
        assert answer.json()["detail"]


def test_file_transfer(parts: Repository) -> None:
    metric, split = parts.refs["metric"], parts.refs["split"]
    base, slash, target = f"{parts.url}v1/file_transfer".partition("/api/")
    ids = [metric.id, split.id, uuid.uuid4(), parts.refs["absent"].id]
    files = post_json(base, slash + target, {"dataset_ids": [str(i) for i in ids]}).json()["files"]
    assert set(files) == {str(metric.id), str(split.id)}
    (one,) = files[str(metric.id)]
    assert one["url"] == f"{parts.url}v1/dataset/{metric.id}/download"
    assert one["auth"] == "gafaelfawr"
    assert all(f["url"].endswith(f"?component={f['file_info']['component']}") for f in files[str(split.id)])


# -- copies -------------------------------------------------------------------


@pytest.mark.parametrize("preserve_path", [True, False])
def test_retrieve_artifacts(parts: Repository, tmp_path: Path, preserve_path: bool) -> None:
    refs = [parts.refs["metric"], parts.refs["split"]]
    paths = parts.remote().retrieveArtifacts(refs, str(tmp_path), preserve_path=preserve_path)
    assert len(paths) == 4
    own = {uri.read() for uri in parts.direct.getURIs(refs[1]).componentURIs.values()}
    assert {p.read() for p in paths} == own | {parts.direct.getURI(refs[0]).read()}


def test_retrieve_zip(parts: Repository, tmp_path: Path) -> None:
    refs = [parts.refs["metric"], parts.refs["list"]]
    path = parts.remote().retrieve_artifacts_zip(refs, str(tmp_path))
    with zipfile.ZipFile(path.ospath) as archive:
        assert len(archive.namelist()) == 3


def test_transfer_to_another_butler(parts: Repository, tmp_path: Path) -> None:
    refs = [parts.refs[name] for name in ("metric", "split", "list")]
    config = Config(str(parts.root / "butler.yaml"))
    for store in ("one", "two"):
        index = ("one", "two").index(store)
        config["datastore", "datastores", index, "datastore", "root"] = f"<butlerRoot>/{store}"
    config["registry", "db"] = "sqlite:///<butlerRoot>/gen3.sqlite3"
    Butler.makeRepo(str(tmp_path / "target"), config=config, forceConfigRoot=False)
    target = Butler.from_config(str(tmp_path / "target"), writeable=True)
    for ref in refs:
        target.registry.registerDatasetType(ref.datasetType)
    target.transfer_dimension_records_from(parts.direct, refs)
    done = target.transfer_from(parts.remote(), refs, transfer="copy")
    assert {r.id for r in done} == {r.id for r in refs}
    for ref in refs:
        assert target.get(ref) == parts.direct.get(ref)
    target.close()


def test_members_of_a_zip(demo: Repository, tmp_path: Path) -> None:
    remote = demo.remote()
    refs = remote.query_datasets("quality_report", "meadow/runs/second")
    uris = {remote.getURI(ref).fragment for ref in refs}
    assert len(uris) == 5
    assert all(u.startswith("zip-path=") for u in uris)
    assert sorted(remote.get(ref)["visit"] for ref in refs) == sorted(ref.dataId["visit"] for ref in refs)
    assert len(remote.retrieveArtifacts(refs, str(tmp_path))) == 5


def test_run_collections_of_files(parts: Repository) -> None:
    refs = parts.remote().query_all_datasets(RUN, name="*")
    assert {ref.datasetType.name for ref in refs} == set(parts.refs)
