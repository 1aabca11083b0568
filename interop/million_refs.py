"""Times how long many refs take to reach a pandas frame: as Arrow tables, and by the stock client.

    python interop/million_refs.py URL --collections C --types T,U,… [--stock URL]

URL is a repository of a running server of ours, `--stock` the same repository on a stock server (default: the
stock client asks ours). Every dataset type is one request. A frame by the stock client has the same columns. Tables are
read twice, since a server that has just started is slower.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable

import pandas
import pyarrow
import requests
from tables import ARROW, table_request

from lsst.daf.butler import Butler


def by_table(url: str, types: list[str], collections: list[str]) -> pandas.DataFrame:
    butler = Butler(url)
    return pandas.concat([table(butler, url, name, collections) for name in types])


def table(butler: Butler, url: str, dataset_type: str, collections: list[str]) -> pandas.DataFrame:
    with butler.query() as query:
        body = table_request(butler, query.datasets(dataset_type, collections)).model_dump_json()
    headers = {"Accept": ARROW, "Content-Type": "application/json"}
    answer = requests.post(f"{url}/v1/query/table", data=body, headers=headers, stream=True)
    answer.raise_for_status()
    return pyarrow.ipc.open_stream(answer.raw).read_pandas()


def by_stock_client(url: str, types: list[str], collections: list[str]) -> pandas.DataFrame:
    butler = Butler(url)
    refs = [ref for name in types for ref in butler.query_datasets(name, collections, limit=None)]
    return pandas.DataFrame([{**r.dataId.mapping, "dataset_id": r.id, "run": r.run} for r in refs])


def timed(read: Callable[[str, list[str], list[str]], pandas.DataFrame], *arguments) -> tuple[pandas.DataFrame, float]:
    begin = time.monotonic()
    frame = read(*arguments)
    return frame, time.monotonic() - begin


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("url")
    parser.add_argument("--collections", type=lambda text: text.split(","), required=True)
    parser.add_argument("--types", type=lambda text: text.split(","), required=True)
    parser.add_argument("--stock", help="URL on a stock server")
    options = parser.parse_args()
    url = options.url.rstrip("/")
    os.environ.setdefault("BUTLER_RUBIN_ACCESS_TOKEN", "none")

    for _ in range(2):
        ours, seconds = timed(by_table, url, options.types, options.collections)
        print(f"table         {len(ours):>9,} refs {seconds:7.2f} s", flush=True)
    stock = (options.stock or url).rstrip("/")
    theirs, stock_seconds = timed(by_stock_client, stock, options.types, options.collections)
    print(f"stock client  {len(theirs):>9,} refs {stock_seconds:7.2f} s  {stock_seconds / seconds:.0f}x", flush=True)
    assert sorted(ours.columns) == sorted(theirs.columns)
    assert set(ours["dataset_id"]) == set(theirs["dataset_id"])


if __name__ == "__main__":
    main()
