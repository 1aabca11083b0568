"""Tiny repositories of the old schema variants."""
from __future__ import annotations
from dataclasses import dataclass
from pathlib import Path

@dataclass(frozen=True)
class Variant:
    name: str

VARIANTS: list[Variant] = []

def make_variant(variant: Variant, root: Path) -> None:
    pass
