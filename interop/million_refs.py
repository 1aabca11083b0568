"""Times how long many refs take to reach a pandas frame: as Arrow tables, and by the stock client.

    python interop/million_refs.py URL --collections C --types T,U,… [--stock URL]

URL is a repository of a running server of ours, `--stock` the same repository on a stock server (default: the
stock client asks ours). Every dataset type is one request. A frame by the stock client has the same columns.
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


def by_table(url: str, dataset_type: str, collections: list[str]) -> pandas.DataFrame:
    butler = Butler(url)
    with butler.query() as query:
        body = table_request(butler, query.datasets(dataset_type, collections)).model_dump_json()
    headers = {"Accept": ARROW, "Content-Type": "application/json"}
    answer = requests.post(f"{url}/v1/query/table", data=body, headers=headers, stream=True)
    answer.raise_for_status()
    return pyarrow.ipc.open_stream(answer.raw).read_pandas()


def by_stock_client(url: str, dataset_type: str, collections: list[str]) -> pandas.DataFrame:
    refs = Butler(url).query_datasets(dataset_type, collections, limit=None)
    return pandas.DataFrame([{**r.dataId.mapping, "dataset_id": r.id, "run": r.run} for r in refs])


def timed(read: Callable[[str], pandas.DataFrame], types: list[str]) -> tuple[pandas.DataFrame, float]:
    begin = time.monotonic()
    frame = pandas.concat([read(t) for t in types])
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

    ours, seconds = timed(lambda t: by_table(url, t, options.collections), options.types)
    print(f"table         {len(ours):>9,} refs {seconds:7.2f} s", flush=True)
    stock = (options.stock or url).rstrip("/")
    theirs, stock_seconds = timed(lambda t: by_stock_client(stock, t, options.collections), options.types)
    print(f"stock client  {len(theirs):>9,} refs {stock_seconds:7.2f} s  {stock_seconds / seconds:.0f}x", flush=True)
    assert sorted(ours.columns) == sorted(theirs.columns)
    assert set(ours["dataset_id"]) == set(theirs["dataset_id"])


if __name__ == "__main__":
    main()
