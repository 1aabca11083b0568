"""Users and groups behind Gafaelfawr, with a small Gafaelfawr of our own."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from http_client import Answer, post_json, send
from processes import HOST
from repositories import unpack_demo
from servers import Server

GROUPS = {"token-alice": ["astronomers", "g_meadow"], "token-bob": ["astronomers"], "token-none": None}


class Gafaelfawr:
    """Answers user-info as Gafaelfawr does, and remembers who asked."""

    def __init__(self) -> None:
        fake = self
        self.asked: list[str] = []
        self.down = False
        self.answer_with: bytes | None = None

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                token = self.headers.get("Authorization", "").removeprefix("Bearer ")
                fake.asked.append(token)
                if fake.down:
                    self.send_error(500)
                elif self.path != "/auth/api/v1/user-info" or token not in GROUPS:
                    self.send_error(403 if token not in GROUPS else 404)
                else:
                    groups = GROUPS[token]
                    document = {"username": token.removeprefix("token-")}
                    if groups is not None:
                        document["groups"] = [{"name": name, "id": 1000 + i} for i, name in enumerate(groups)]
                    body = fake.answer_with if fake.answer_with is not None else json.dumps(document).encode()
                    self.send_response(200)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)

            def log_message(self, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer((HOST, 0), Handler)
        self.url = f"http://{HOST}:{self._server.server_address[1]}/auth"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture(scope="module")
def gafaelfawr() -> Iterator[Gafaelfawr]:
    started = Gafaelfawr()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory, gafaelfawr: Gafaelfawr) -> Iterator[Server]:
    folder: Path = tmp_path_factory.mktemp("identity")
    unpack_demo(folder / "demo")
    labels = ("open", "closed", "nobody", "both")
    started = Server(
        folder,
        {label: folder / "demo" for label in labels},
        name="guarded",
        gafaelfawr_url=gafaelfawr.url,
        groups={"open": ["*"], "closed": ["g_meadow"], "nobody": [], "both": ["nosuch", "astronomers"]},
    )
    yield started
    started.stop()


@pytest.fixture(autouse=True)
def fresh(gafaelfawr: Gafaelfawr) -> Iterator[None]:
    gafaelfawr.asked.clear()
    gafaelfawr.down = False
    gafaelfawr.answer_with = None
    yield


def ask(server: Server, label: str, user: str | None, token: str | None = None) -> Answer:
    headers = {"X-Auth-Request-User": user, "X-Auth-Request-Token": token or f"token-{user}"} if user else {}
    return send(server.base, "GET", f"/api/butler/repo/{label}/v1/universe", headers=headers)


def test_client_configuration_needs_no_user(guarded: Server) -> None:
    for name in ("butler.yaml", "butler.json"):
        answer = send(guarded.base, "GET", f"/api/butler/repo/closed/{name}")
        assert answer.status == 200
        assert answer.json()["remote_butler"]["authentication"] == "rubin_science_platform"


@pytest.mark.parametrize("label", ["open", "closed"])
def test_no_user(guarded: Server, label: str) -> None:
    answer = ask(guarded, label, None)
    assert answer.status == 403
    assert answer.json() == {"detail": "Required X-Auth-Request-User header was not provided"}


def test_open_repository_asks_nobody(guarded: Server, gafaelfawr: Gafaelfawr) -> None:
    assert ask(guarded, "open", "stranger").status == 200
    assert gafaelfawr.asked == []


def test_groups(guarded: Server) -> None:
    assert ask(guarded, "closed", "alice").status == 200
    assert ask(guarded, "both", "bob").status == 200
    for user, label in (("bob", "closed"), ("none", "both"), ("alice", "nobody")):
        answer = ask(guarded, label, user)
        assert answer.status == 403
        assert answer.json() == {
            "detail": f"User {user} does not have permission to access Butler repository '{label}'"
        }


def test_unknown_repository(guarded: Server) -> None:
    answer = ask(guarded, "nosuch", "alice")
    assert answer.status == 404
    assert answer.json() == {"detail": "Unknown repository 'nosuch'"}


def test_answers_are_cached(guarded: Server, gafaelfawr: Gafaelfawr) -> None:
    for _ in range(5):
        assert ask(guarded, "closed", "alice").status == 200
    assert len(gafaelfawr.asked) <= 1


def test_refused_before_the_body_is_read(guarded: Server) -> None:
    answer = post_json(
        guarded.base,
        "/api/butler/repo/closed/v1/find_dataset",
        "not even a request",
        {"X-Auth-Request-User": "bob", "X-Auth-Request-Token": "token-bob"},
    )
    assert answer.status == 403


@pytest.mark.parametrize("trouble", ["down", "not JSON", "wrong JSON"])
def test_gafaelfawr_in_trouble(guarded: Server, gafaelfawr: Gafaelfawr, trouble: str) -> None:
    """Nobody gets in, and who asks is told why; a known user may go on."""
    gafaelfawr.down = trouble == "down"
    gafaelfawr.answer_with = {"not JSON": b"<html>", "wrong JSON": b'{"groups": 7}'}.get(trouble)
    user = f"new-{trouble.replace(' ', '-')}"
    GROUPS[f"token-{user}"] = ["g_meadow"]
    answer = ask(guarded, "closed", user)
    assert answer.status in (502, 503)
    assert answer.json()["detail"]
    gafaelfawr.down, gafaelfawr.answer_with = False, None
    assert ask(guarded, "closed", user).status == 200


def test_hostile_headers(guarded: Server) -> None:
    for user in ("x" * 4000, "größe", "a b", "a,b"):
        answer = ask(guarded, "closed", user, "token-none")
        assert answer.status in (400, 403)
        assert answer.json()["detail"]
