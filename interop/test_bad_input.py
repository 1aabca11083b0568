"""Hostile requests get a 4xx with a sentence, and leave the server as it was."""

from __future__ import annotations

import json
import time
import uuid
from collections.abc import Iterator

import pytest
from http_client import Answer, post_json, send
from servers import Repository, Server

ENDPOINTS = [
    "find_dataset", "get_file_by_data_id", "expand_data_id", "datasets", "file_transfer", "query_collections",
    "query_collection_info", "query_dataset_types", "query/execute", "query/count", "query/any", "query/explain",
    "query/all_datasets",
]  # fmt: skip
SECONDS_TO_ANSWER = 20
TRACES = ("\tat ", "at equerry.", "at java.", "Exception:", "Traceback", "SELECT ", "jooq", "SQLITE", "org.postgresql")


def path(demo: Repository, endpoint: str) -> str:
    return f"/api/butler/repo/{demo.label}/v1/{endpoint}"


def assert_refused(answer: Answer, *statuses: int) -> str:
    """A 4xx whose JSON says what was wrong, and nothing of the server's inside."""
    assert 400 <= answer.status < 500, (answer.status, answer.text[:300])
    if statuses:
        assert answer.status in statuses, (answer.status, answer.text[:300])
    detail = answer.json()["detail"]
    assert detail
    for trace in TRACES:
        assert trace not in answer.text, answer.text[:500]
    return detail if isinstance(detail, str) else json.dumps(detail)


@pytest.fixture(autouse=True)
def next_request_works(server: Server, demo: Repository) -> Iterator[None]:
    began = time.monotonic()
    yield
    assert time.monotonic() - began < SECONDS_TO_ANSWER
    answer = send(server.base, "GET", path(demo, "dataset_type/bias"))
    assert answer.status == 200
    assert server.process.exit_code is None


# -- bodies -------------------------------------------------------------------

BROKEN = {
    "empty": b"",
    "truncated": b'{"query": {"tree": ',
    "not JSON": b"<xml/>",
    "not UTF-8": b'{"dataset_type": "\xff\xfe"}',
    "a NUL": b'{"dataset_type": \x00}',
    "two documents": b"{}{}",
    "NaN": b'{"limit": NaN}',
    "null": b"null",
    "a number": b"7",
    "a string": b'"bias"',
    "an array": b"[1, 2]",
    "wrong types": b'{"query": 1, "result_spec": [], "dataset_type": {}, "data_id": 3, "collections": 5, "dataset_ids": "x",'
    b' "expression": 7, "search": 7, "name": 7, "search_": {}}',
    "deep arrays": b"[" * 10_000,
    "deep objects": b'{"query":' * 10_000 + b"1" + b"}" * 10_000,
    "deep known field": b'{"data_id":' + b"[" * 10_000 + b"]" * 10_000 + b"}",
}


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("what", BROKEN)
def test_broken_bodies(server: Server, demo: Repository, endpoint: str, what: str) -> None:
    headers = {"Content-Type": "application/json"}
    assert_refused(send(server.base, "POST", path(demo, endpoint), BROKEN[what], headers))


@pytest.mark.parametrize("endpoint", ["find_dataset", "query/execute"])
def test_body_without_its_type(server: Server, demo: Repository, endpoint: str) -> None:
    for content_type in ({}, {"Content-Type": "text/plain"}):
        answer = send(server.base, "POST", path(demo, endpoint), b"{}", content_type)
        assert_refused(answer)


def mebibytes(count: int) -> Iterator[bytes]:
    start, rest = b'{"collections":["', b"x" * 2**20
    yield start + rest[len(start) :]
    for _ in range(count - 1):
        yield rest


@pytest.mark.parametrize("endpoint", ["find_dataset", "query/execute"])
def test_body_of_200_megabytes(server: Server, demo: Repository, endpoint: str) -> None:
    headers = {"Content-Type": "application/json", "Content-Length": str(200 * 2**20)}
    answer = send(server.base, "POST", path(demo, endpoint), mebibytes(200), headers)
    assert_refused(answer, 413)


def test_body_of_200_megabytes_in_chunks(server: Server, demo: Repository) -> None:
    def chunks() -> Iterator[bytes]:
        for piece in mebibytes(200):
            yield b"%x\r\n%s\r\n" % (len(piece), piece)
        yield b"0\r\n\r\n"

    headers = {"Content-Type": "application/json", "Transfer-Encoding": "chunked"}
    assert_refused(send(server.base, "POST", path(demo, "find_dataset"), chunks(), headers), 413)


# -- query trees --------------------------------------------------------------


def tree(**changes: object) -> dict:
    fields = {
        "dimensions": ["instrument", "detector"],
        "datasets": {},
        "any_dataset": None,
        "data_coordinate_uploads": {},
        "materializations": {},
        "predicate": {"operands": []},
        "validateGovernorConstraints": True,
    }
    return {**fields, **changes}


def execute(demo: Repository, server: Server, query_tree: dict, **spec: object) -> Answer:
    result_spec = {
        "result_type": "data_coordinate",
        "dimensions": ["instrument", "detector"],
        "order_by": [],
        "limit": 10,
        "include_dimension_records": False,
        "allow_duplicate_overlaps": False,
    }
    body = {
        "query": {
            "tree": query_tree,
            "default_data_id": {"dataId": {}, "records": {}},
            "additional_query_inputs": [],
        },
        "result_spec": {**result_spec, **spec},
    }
    return post_json(server.base, path(demo, "query/execute"), body)


def assert_query_refused(answer: Answer) -> str:
    """Before the stream as a 4xx, or in it as its last line."""
    if answer.status != 200:
        return assert_refused(answer)
    error = answer.lines[-1]
    assert error["type"] == "error", answer.text[:500]
    detail = error["error"]["detail"]
    assert detail
    for trace in TRACES:
        assert trace not in detail
    return detail


KEY = {"expression_type": "dimension_key", "dimension": "detector"}
ONE = {"expression_type": "int", "value": 1}
LEAF = {"predicate_type": "comparison", "a": KEY, "b": ONE, "operator": "=="}


def test_query_that_is_right(server: Server, demo: Repository) -> None:
    right = tree(predicate={"operands": [[LEAF]]}, validateGovernorConstraints=False)
    answer = execute(demo, server, right)
    assert answer.lines[0]["rows"] == [{"dataId": {"instrument": "LarkCam", "detector": 1}, "records": None}]


@pytest.mark.parametrize(
    "bad",
    [
        {"dimensions": ["nosuch"]},
        {"dimensions": "instrument"},
        {"dimensions": [1]},
        {"datasets": {"bias": {"collections": "LarkCam/calib", "dimensions": 3}}},
        {"materializations": {"not-a-uuid": ["instrument"]}},
        {"materializations": {str(uuid.UUID(int=1)): ["instrument"]}},
        {"data_coordinate_uploads": {str(uuid.UUID(int=2)): ["instrument"]}},
        {"predicate": {"operands": [[{"predicate_type": "nosuch"}]]}},
        {"predicate": {"operands": [[{**LEAF, "operator": "~~"}]]}},
        {"predicate": {"operands": [[{**LEAF, "a": {"expression_type": "dimension_key", "dimension": "nosuch"}}]]}},
        {"predicate": {"operands": [[{**LEAF, "a": {"expression_type": "dimension_field", "element": "detector", "field": "x"}}]]}},
        {"predicate": {"operands": [[{**LEAF, "b": {"expression_type": "string", "value": "x"}}]]}},
        {"predicate": {"operands": [[{**LEAF, "b": {"expression_type": "int", "value": 10**40}}]]}},
        {"predicate": {"operands": [[{**LEAF, "b": {"expression_type": "uuid", "value": "x"}}]]}},
        {"predicate": {"operands": [[{**LEAF, "b": {"expression_type": "region", "encoded": "!!"}}]]}},
        {"predicate": {"operands": [[{**LEAF, "b": {"expression_type": "region", "encoded": "cGFzc3dk"}}]]}},
        {"predicate": {"operands": [[{"predicate_type": "in_range", "member": KEY, "start": 1, "stop": 3, "step": 0}]]}},
        {"predicate": {"operands": 3}},
    ],
    ids=lambda bad: str(bad)[:60],
)  # fmt: skip
def test_bad_trees(server: Server, demo: Repository, bad: dict) -> None:
    assert_query_refused(execute(demo, server, tree(**bad)))


def nested(kind: str, depth: int) -> str:
    """JSON text, as Python's own writer has a limit of its own."""
    key, leaf = json.dumps(KEY), json.dumps(LEAF)
    if kind == "not":
        return '{"predicate_type":"not","operand":' * depth + leaf + "}" * depth
    if kind == "binary":
        head = '{"expression_type":"binary","operator":"+","b":' + json.dumps(ONE) + ',"a":'
        return '{"predicate_type":"comparison","operator":"==","b":1,"a":'.replace(":1,", f":{json.dumps(ONE)},") + (
            head * depth + key + "}" * depth + "}"
        )
    head = '{"predicate_type":"in_query","member":' + key + ',"column":' + key + ',"query_tree":{"dimensions":["detector"],'
    return (head + '"predicate":{"operands":[[') * depth + leaf + "]]}}}" * depth


@pytest.mark.parametrize("kind", ["not", "binary", "in_query"])
def test_nesting(server: Server, demo: Repository, kind: str) -> None:
    body = json.dumps(
        {
            "query": {
                "tree": tree(predicate={"operands": [["@"]]}),
                "default_data_id": {"dataId": {}, "records": {}},
                "additional_query_inputs": [],
            },
            "result_spec": {"result_type": "data_coordinate", "dimensions": ["instrument", "detector"]},
        }
    ).replace('"@"', nested(kind, 10_000))
    headers = {"Content-Type": "application/json"}
    assert_query_refused(send(server.base, "POST", path(demo, "query/execute"), body.encode(), headers))


@pytest.mark.parametrize(
    "where",
    [
        "visit = ",
        "(" * 10_000,
        "NOT " * 10_000 + "visit = 1",
        "visit = 'unterminated",
        "visit.nosuch = 1",
        "nosuch = 1",
        "visit = 1 AND \x00",
        "visit IN (1..100:0)",
        "visit = 99999999999999999999999999",
        "visit.region OVERLAPS REGION('CIRCLE nan nan nan')",
        "exposure.timespan OVERLAPS (T'yesterday', T'today')",
        "visit = :unbound",
        "x" * 100_000,
        "; DROP TABLE dataset --",
    ],
    ids=lambda where: where[:30],
)
def test_bad_where(server: Server, demo: Repository, where: str) -> None:
    assert_query_refused(all_datasets(server, demo, where))


def all_datasets(server: Server, demo: Repository, where: str) -> Answer:
    body = {
        "collections": ["meadow/latest"],
        "name": ["*"],
        "find_first": False,
        "data_id": {},
        "default_data_id": {"instrument": "LarkCam"},
        "where": where,
        "bind": {},
        "limit": 10,
        "with_dimension_records": False,
    }
    return post_json(server.base, path(demo, "query/all_datasets"), body)


def test_normal_form_does_not_explode(server: Server, demo: Repository) -> None:
    """A short text whose conjunctive normal form has 2^200 clauses; it may be
    answered or refused, but at once."""
    terms = " OR ".join(f"(visit = {i} AND detector = {i})" for i in range(200))
    answer = all_datasets(server, demo, f"NOT (NOT ({terms}))")
    if answer.status != 200 or (answer.lines and answer.lines[-1]["type"] == "error"):
        assert_query_refused(answer)


# -- limits -------------------------------------------------------------------


def test_too_many_ids(server: Server, demo: Repository) -> None:
    ids = [str(uuid.uuid4()) for _ in range(10_001)]
    assert post_json(server.base, path(demo, "datasets"), {"dataset_ids": ids[:-1]}).status == 200
    assert_refused(post_json(server.base, path(demo, "datasets"), {"dataset_ids": ids}), 422)


def test_too_many_uploaded_rows(server: Server, demo: Repository) -> None:
    key = str(uuid.uuid4())
    body = {
        "query": {
            "tree": tree(data_coordinate_uploads={key: ["instrument", "detector"]}),
            "default_data_id": {"dataId": {}, "records": {}},
            "additional_query_inputs": [
                {
                    "type": "upload",
                    "key": key,
                    "dimensions": ["instrument", "detector"],
                    "rows": [["LarkCam", i] for i in range(100_001)],
                }
            ],
        },
        "result_spec": {"result_type": "data_coordinate", "dimensions": ["instrument", "detector"]},
    }
    detail = assert_query_refused(post_json(server.base, path(demo, "query/execute"), body))
    assert "100000" in detail.replace(",", "")


# -- names, ids and paths -----------------------------------------------------

NAMES = ["a%2Fb", "a/b", "..", "%2e%2e", "..%2f..%2fetc%2fpasswd", "%00", "a%00b", "gr%C3%B6%C3%9Fe", "%FF%FE", "%E2%80%AE",
         "a%3Bb", "%", "%zz", "a" * 5000, "%5C..%5C", "%0d%0aX-Injected:%201", "'%20OR%20'1'='1"]  # fmt: skip


@pytest.mark.parametrize("name", NAMES, ids=lambda n: n[:25])
@pytest.mark.parametrize("endpoint", ["dataset_type/{}", "collection_summary?name={}", "collection_info?name={}",
                                      "dataset/{}", "get_file/{}", "dataset/{}/download", "{}"])  # fmt: skip
def test_names(server: Server, demo: Repository, endpoint: str, name: str) -> None:
    answer = send(server.base, "GET", path(demo, endpoint.format(name)))
    assert_refused(answer)
    assert "x-injected" not in answer.headers


@pytest.mark.parametrize("label", [*NAMES, "nosuch", "demo-sqlite%00", "Demo-Sqlite"], ids=lambda n: n[:25])
def test_unknown_labels(server: Server, label: str) -> None:
    for target in ("butler.yaml", "butler.json", "v1/universe", "v1/dataset_type/bias"):
        answer = send(server.base, "GET", f"/api/butler/repo/{label}/{target}")
        if answer.status == 200:
            # The client configuration names no repository and may be given for any label.
            assert target.startswith("butler.")
        else:
            assert_refused(answer)
    answer = post_json(server.base, f"/api/butler/repo/{label}/v1/find_dataset", {})
    assert_refused(answer)


def test_unknown_label_is_named(server: Server) -> None:
    answer = send(server.base, "GET", "/api/butler/repo/nosuch/v1/universe")
    assert answer.status == 404
    assert "nosuch" in answer.json()["detail"]


MANY_DOTS = "a" + ".a" * 20_000


@pytest.mark.parametrize("name", ["\x00", "a\x00b", "größe", "../..", "a/b", "\u202e", "x" * 100_000, MANY_DOTS, "\ud800"],
                         ids=lambda n: ascii(n)[:25])  # fmt: skip
def test_names_in_bodies(server: Server, demo: Repository, name: str) -> None:
    data_id = {"instrument": "LarkCam", "detector": 1}
    base = {"data_id": data_id, "default_data_id": {}, "collections": ["LarkCam/calib"], "dataset_type": "bias"}
    for change in (
        {"dataset_type": name},
        {"collections": [name]},
        {"data_id": {**data_id, name: 1}},
    ):
        assert_refused(post_json(server.base, path(demo, "find_dataset"), {**base, **change}), 400, 422)
    answer = post_json(server.base, path(demo, "find_dataset"), {**base, "data_id": {**data_id, "instrument": name}})
    if answer.status == 200:
        assert answer.json() == {"dataset_ref": None}
    else:
        assert_refused(answer)


def test_search_for_a_name_of_many_parts(server: Server, demo: Repository) -> None:
    answer = post_json(server.base, path(demo, "query_dataset_types"), {"search": [MANY_DOTS]})
    assert_refused(answer, 422)
    assert answer.json()["error_type"] == "dataset_type_expression"


@pytest.mark.parametrize("bad", ["not-a-uuid", "", "0" * 31, "zzzzzzzz-0000-0000-0000-000000000000", 7, None, ["x"]],
                         ids=str)  # fmt: skip
def test_wrong_ids(server: Server, demo: Repository, bad: object) -> None:
    for endpoint in ("datasets", "file_transfer"):
        assert_refused(post_json(server.base, path(demo, endpoint), {"dataset_ids": [bad]}), 422)


@pytest.mark.parametrize("data_id", [{"instrument": "LarkCam"}, {"nosuch": 1}, {"instrument": 3, "detector": "x"},
                                     {"instrument": "LarkCam", "detector": 1.5}, {"instrument": None, "detector": 1},
                                     {"instrument": "LarkCam", "detector": 10**30}, {"detector.nosuch": 1},
                                     {"instrument": "LarkCam", "detector": [1]}, {"instrument": {}, "detector": 1}],
                         ids=str)  # fmt: skip
def test_wrong_data_ids(server: Server, demo: Repository, data_id: dict) -> None:
    body = {"dataset_type": "bias", "data_id": data_id, "default_data_id": {}, "collections": ["LarkCam/calib/2026a/gen"]}
    for endpoint in ("find_dataset", "get_file_by_data_id"):
        answer = post_json(server.base, path(demo, endpoint), body)
        if answer.status == 200:
            assert answer.json() == {"dataset_ref": None}
        else:
            assert_refused(answer)


# -- HTTP ---------------------------------------------------------------------


def test_wrong_methods(server: Server, demo: Repository) -> None:
    for method, endpoint in (
        ("GET", "find_dataset"),
        ("POST", "universe"),
        ("DELETE", f"dataset/{uuid.uuid4()}"),
        ("PUT", "dataset_type/bias"),
        ("PATCH", "query/execute"),
    ):
        assert_refused(send(server.base, method, path(demo, endpoint)), 404, 405)


def test_unknown_paths(server: Server, demo: Repository) -> None:
    for target in (path(demo, "nosuch"), "/api/nosuch", "/api/butler/repo/", "/etc/passwd", "//", "/favicon.ico"):
        assert_refused(send(server.base, "GET", target), 400, 404)


def test_too_much_in_the_head(server: Server, demo: Repository) -> None:
    answer = send(server.base, "GET", path(demo, "universe") + "?x=" + "y" * 100_000)
    assert answer.status in (400, 414, 431)
    answer = send(server.base, "GET", path(demo, "universe"), headers={"X-Long": "y" * 1_000_000})
    assert answer.status in (400, 431)


def test_repositories_that_cannot_be_opened(server: Server, folder) -> None:
    """The label is known, what it names is not a repository: a clear answer,
    not a 4xx as the request was right."""
    broken = folder / "broken"
    broken.mkdir(exist_ok=True)
    (broken / "butler.yaml").write_text("datastore: {cls: nosuch.Datastore}\nregistry: {db: 'oracle://x'}\n")
    for label in ("missing", "broken"):
        answer = send(server.base, "GET", f"/api/butler/repo/{label}/v1/universe")
        assert answer.status in (404, 500, 502, 503)
        detail = answer.json()["detail"]
        assert label in detail
        assert str(folder) not in detail
