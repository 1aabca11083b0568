"""What a database says about the tables of a registry."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from typing import Any

import psycopg
from psycopg import sql

Schema = dict[str, Any]

_COLUMNS = """
SELECT c.relname, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
       pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum) IS NOT NULL
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE n.nspname = %s AND c.relkind = 'r' AND a.attnum > 0 ORDER BY 1, 2
"""
_CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, contype::text, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = %s::regnamespace ORDER BY 1, 2
"""
_INDEXES = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = %s ORDER BY 1"
_SEQUENCES = """
SELECT sequencename, data_type::text, start_value, min_value, max_value, increment_by, cycle, cache_size
FROM pg_sequences WHERE schemaname = %s ORDER BY 1
"""


def sqlite_schema(file: Path) -> Schema:
    """The statements of the tables and indexes, and the rows of ``butler_attributes``."""
    connection = sqlite3.connect(file)
    rows = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
    attributes = connection.execute("SELECT name, value FROM butler_attributes").fetchall()
    connection.close()
    objects = {(kind, name): (table, re.sub(r"\s+", " ", text or "")) for kind, name, table, text in rows}
    return {"objects": objects, "attributes": attributes}


def postgres_schema(url: str, namespace: str) -> Schema:
    """What the catalog says, without the schema's own name, and ``butler_attributes``."""
    with psycopg.connect(url) as connection:
        connection.execute(sql.SQL("SET search_path TO {}").format(sql.Identifier(namespace)))
        queries = {"columns": _COLUMNS, "constraints": _CONSTRAINTS, "indexes": _INDEXES, "sequences": _SEQUENCES}
        found: Schema = {
            name: [
                tuple(v.replace(f"{namespace}.", "") if isinstance(v, str) else v for v in row)
                for row in connection.execute(query, (namespace,))
            ]
            for name, query in queries.items()
        }
        found["attributes"] = connection.execute("SELECT name, value FROM butler_attributes").fetchall()
    return found
