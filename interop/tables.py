"""The request for a table, made of a query of the stock package."""

from __future__ import annotations

from lsst.daf.butler import Butler, DataCoordinate
from lsst.daf.butler.queries.result_specs import SerializedResultSpec
from lsst.daf.butler.queries.tree import SerializedQueryTree
from lsst.daf.butler.remote_butler.server_models import QueryExecuteRequestModel, QueryInputs

ARROW = "application/vnd.apache.arrow.stream"


def table_request(butler: Butler, results) -> QueryExecuteRequestModel:
    """The body that asks for all rows of a query's results."""
    return QueryExecuteRequestModel(
        query=QueryInputs(
            tree=SerializedQueryTree(results._tree),
            default_data_id=DataCoordinate.make_empty(butler.dimensions).to_simple(),
            additional_query_inputs=[],
        ),
        result_spec=SerializedResultSpec(results._spec),
    )
