"""Judges the answers of the clients of several releases: see ``client_releases.py``."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

# How a remote butler says that its release has no such method.
CANNOT_ASK = ("NotImplementedError", "AttributeError: 'RemoteButler' object has no attribute")
SHOWN_CHARACTERS = 600

Answer = dict[str, Any]


@dataclass(frozen=True)
class Known:
    """A fault of a client or its direct butler, not of a server."""

    why: str
    questions: frozenset[str]
    holds: Callable[[Answer, Answer], bool]


def _only_repeated(direct: Answer, remote: Answer) -> bool:
    if "value" not in direct or "value" not in remote:
        return False
    rows = [{json.dumps(row, sort_keys=True) for row in answer["value"]} for answer in (direct, remote)]
    return rows[0] == rows[1] and len(direct["value"]) > len(remote["value"]) == len(rows[1])


KNOWN = (
    Known(
        "the direct registry of releases before 30 repeats rows",
        frozenset({"registry_data_ids_patch", "registry_data_ids_subset", "registry_records_datasets"}),
        _only_repeated,
    ),
    Known(
        "clients of releases before 29 cannot write down the universe that a server gave them",
        frozenset({"transfer"}),
        lambda direct, remote: remote.get("error") == "TypeError" and "type set is not JSON" in remote["message"],
    ),
    Known(
        "on PostgreSQL before 16 the stock package does not notice ambiguous calibrations",
        frozenset({"datasets_calibration_first"}),
        lambda direct, remote: "value" in direct and remote.get("error") == "CalibrationLookupError",
    ),
    Known(
        "the direct butler of release 27 loses a region that it needs",
        frozenset({"datasets_visit_of_patch"}),
        lambda direct, remote: direct.get("error") == "KeyError" and direct["message"] == "'region'",
    ),
)


@dataclass
class Cell:
    """What one client said of the repositories of one column."""

    asked: int = 0
    lacking: int = 0
    known: int = 0
    notes: set[str] = field(default_factory=set)
    differences: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        if not self.asked:
            return ", ".join(sorted(self.notes))
        equal = self.asked - self.known - len(self.differences)
        known = [f"{self.known} known"] if self.known else []
        return "; ".join([f"{equal} of {self.asked}", *known, *sorted(self.notes)])

    def add(self, remote: dict[str, Answer], direct: dict[str, Answer]) -> None:
        """Count the questions of one repository."""
        for name, answer in remote.items():
            self._add(name, answer, direct[name])

    def _add(self, name: str, answer: Answer, expected: Answer) -> None:
        if "lacks" in expected or answer.get("lacks", "").startswith(CANNOT_ASK):
            self.lacking += 1
            return
        self.asked += 1
        if same(answer, expected):
            return
        if any(name in known.questions and known.holds(expected, answer) for known in KNOWN):
            self.known += 1
        else:
            self.differences.append(f"{name}\n    direct: {show(expected)}\n    remote: {show(answer)}")


def same(answer: Answer, expected: Answer) -> bool:
    """Values must be equal; of errors, their types."""
    return answer == expected if "value" in expected else answer.get("error") == expected["error"]


def show(answer: Answer) -> str:
    text = json.dumps(answer, sort_keys=True)
    return text if len(text) < SHOWN_CHARACTERS else f"{text[:SHOWN_CHARACTERS]}… ({len(text)} characters)"


def table(rows: dict[str, dict[str, Cell]]) -> str:
    """A Markdown table, clients down and universes across."""
    columns = list(next(iter(rows.values())))
    lines = [["client", *columns], ["---"] * (len(columns) + 1)]
    lines += [[client, *(str(row[c]) for c in columns)] for client, row in rows.items()]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
