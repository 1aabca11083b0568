#!/usr/bin/env python3
"""Put the questions to butlers of the release that runs this.

    ask.py < request > answers

The request is JSON, ``{"butlers": {name: URI}}``; the answers are
``{"release": …, "butlers": {name: {"questions": {question: answer}}}}`` where an
answer is ``{"value": …}``, ``{"error": type, "message": …}`` or
``{"lacks": …}``, what this release has no means to ask.  A butler that does not
open has ``{"error": type, "message": …}`` in place of the questions.
"""

from __future__ import annotations

import json
import logging
import os
import sys
from contextlib import redirect_stdout
from importlib.metadata import version
from typing import Any

import file_questions  # noqa: F401 (adds its questions)
from questions import ALL, QUESTIONS, Question
from rendering import plain

from lsst.daf.butler import Butler


def answer(ask: Question, butler: Butler) -> dict[str, Any]:
    try:
        return {"value": plain(ask(butler))}
    except (AttributeError, NotImplementedError) as e:
        return {"lacks": f"{type(e).__name__}: {e}"}
    except Exception as e:
        if isinstance(e, TypeError) and "unexpected keyword" in str(e):
            return {"lacks": str(e)}
        return failure(e)


def failure(e: Exception) -> dict[str, Any]:
    return {"error": type(e).__name__, "message": str(e)[:400]}


def ask_all(uri: str) -> dict[str, Any]:
    try:
        butler = Butler.from_config(uri, collections=ALL)
        _ = butler.dimensions  # a remote butler asks for it when first wanted
    except Exception as e:
        return failure(e)
    return {"questions": {name: answer(ask, butler) for name, ask in QUESTIONS.items()}}


def main() -> None:
    request = json.load(sys.stdin)
    logging.disable(logging.CRITICAL)
    os.environ.setdefault("BUTLER_RUBIN_ACCESS_TOKEN", "releases-token")
    with redirect_stdout(sys.stderr):
        answers = {name: ask_all(uri) for name, uri in request["butlers"].items()}
    json.dump({"release": version("lsst-daf-butler"), "butlers": answers}, sys.stdout)


if __name__ == "__main__":
    main()
