"""Plain HTTP on the wire: nothing is normalized, repeated or hidden."""

from __future__ import annotations

import json
import select
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from http.client import HTTPResponse
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 30


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    def json(self):
        return json.loads(self.body)

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")

    @property
    def lines(self) -> list[dict]:
        """The pages of a stream."""
        return [json.loads(line) for line in self.body.splitlines()]


def send(
    base: str,
    method: str,
    target: str,
    body: bytes | Iterable[bytes] | None = None,
    headers: dict[str, str] | None = None,
) -> Answer:
    """Send one request with this very target; a body that is refused early is
    not sent to its end, and the answer is read all the same."""
    address = urlsplit(base)
    lines = {"Host": address.netloc, "Connection": "close", **(headers or {})}
    if isinstance(body, bytes):
        lines.setdefault("Content-Length", str(len(body)))
    head = f"{method} {target} HTTP/1.1\r\n" + "".join(f"{k}: {v}\r\n" for k, v in lines.items()) + "\r\n"
    with socket.create_connection((address.hostname, address.port), TIMEOUT_SECONDS) as connection:
        connection.sendall(head.encode("utf-8"))
        for piece in [body] if isinstance(body, bytes) else body or ():
            if select.select([connection], [], [], 0)[0]:
                break
            try:
                connection.sendall(piece)
            except (BrokenPipeError, ConnectionResetError):
                break
        response = HTTPResponse(connection, method=method)
        response.begin()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())


def post_json(base: str, target: str, document: object, headers: dict[str, str] | None = None) -> Answer:
    body = json.dumps(document).encode()
    return send(base, "POST", target, body, {"Content-Type": "application/json", **(headers or {})})
