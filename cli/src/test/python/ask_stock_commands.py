"""Records what the stock `butler query-*` commands answer on the demo repository.

Usage: python ask_stock_commands.py DEMO_ROOT > ../resources/equerry/cli/query/stock-commands.json

Needs the package lsst-daf-butler. Each command line is run in process; the tables that it prints are
kept as columns and rows of the texts in their cells, so that no layout has to be parsed.
"""

import json
import sys

import astropy.table
import click.testing
import numpy

from lsst.daf.butler.cli.butler import cli

COMMANDS = [
    "query-collections",
    "query-collections --chains table",
    "query-collections --chains inverse-table",
    "query-collections --chains inverse-tree",
    "query-collections --chains flatten",
    "query-collections --chains no-children",
    "query-collections --chains flatten meadow/latest",
    "query-collections LarkCam/*",
    "query-collections meadow/* refcats --chains table",
    "query-collections meadow/*,refcats --chains no-children --collection-type run",
    "query-collections --collection-type chained --collection-type TAGGED --chains table",
    "query-collections -t",
    "query-collections --show-dataset-types --chains table",
    "query-collections --show-dataset-types --chains inverse-table --exclude-dataset-types raw,*coadd",
    "query-collections --show-dataset-types --chains inverse-tree",
    "query-collections --show-dataset-types --chains flatten --exclude-dataset-types ?ias,d*",
    "query-collections no/such/*",
    "query-dataset-types",
    "query-dataset-types --verbose",
    "query-dataset-types -v visit_* raw",
    "query-dataset-types *_table,bias",
    "query-dataset-types --collections meadow/runs/second",
    "query-dataset-types --collections LarkCam/*,refcats",
    "query-dataset-types nothing*",
    "query-data-ids visit",
    "query-data-ids visit detector --where instrument='LarkCam'",
    "query-data-ids visit,detector --order-by -detector,visit",
    "query-data-ids detector --limit 3 --order-by detector",
    "query-data-ids exposure --order-by -exposure.seq_num,exposure --limit -2",
    "query-data-ids tract patch",
    "query-data-ids band skymap tract --datasets deep_coadd --collections meadow/latest",
    "query-data-ids --datasets visit_image --collections meadow/*",
    "query-data-ids --datasets visit_image --collections meadow/runs/second",
    "query-data-ids instrument --datasets visit_image",
    "query-data-ids visit --datasets visit_* --collections meadow/latest",
    "query-data-ids visit --where instrument='LarkCam'%20AND%20band='r'",
    "query-data-ids visit --where instrument='LarkCam'%20AND%20seq_num=2",
    "query-data-ids visit --where instrument='LarkCm'",
    "query-data-ids instrument detector --where instrument='LarkCam'%20AND%20detector.purpose='SCIENCE'",
    "query-data-ids detector --datasets bias --collections refcats",
    "query-dimension-records instrument",
    "query-dimension-records detector",
    "query-dimension-records visit",
    "query-dimension-records visit --order-by -visit --limit 2",
    "query-dimension-records visit --where instrument='LarkCam'%20AND%20visit.exposure_time>20 --no-check",
    "query-dimension-records exposure",
    "query-dimension-records physical_filter",
    "query-dimension-records band",
    "query-dimension-records day_obs",
    "query-dimension-records skymap",
    "query-dimension-records tract",
    "query-dimension-records patch",
    "query-dimension-records visit_detector_region",
    "query-dimension-records visit_definition",
    "query-dimension-records visit_system",
    "query-dimension-records visit --datasets visit_summary --collections meadow/latest",
    "query-dimension-records visit --where instrument='LarkCam'%20AND%20visit=1",
    "query-datasets deep_coadd --collections meadow/latest",
    "query-datasets deep_coadd --collections meadow/latest --find-first",
    "query-datasets visit_image --collections meadow/latest",
    "query-datasets visit_image --collections meadow/latest --find-first",
    "query-datasets visit_image --collections meadow/best,meadow/latest --find-first",
    "query-datasets visit_image --collections meadow/* --no-find-first",
    "query-datasets visit_image",
    "query-datasets * --collections *",
    "query-datasets * --collections meadow/latest --find-first",
    "query-datasets raw,deep_* --collections meadow/latest --limit 5",
    "query-datasets raw --collections LarkCam/raw/all --order-by -exposure,detector --limit -3",
    "query-datasets deep_coadd --collections meadow/latest --where tract=0%20AND%20skymap='meadow_v1'",
    "query-datasets visit_image --collections meadow/latest --order-by ingest_date,-visit,detector,run",
    "query-datasets bias --collections LarkCam/calib/2026a/gen",
    "query-datasets deep_coadd,visit_image,visit_summary --collections meadow/latest --show-uri",
    "query-datasets raw --collections LarkCam/raw/all --show-uri",
    "query-datasets visit_summary --collections meadow/latest --show-uri --limit 2 --order-by visit",
    "query-datasets deep_coadd --collections meadow/latest --where skymap='meadow_v1'%20AND%20tract=77",
    "query-datasets nothing* --collections meadow/latest",
    "query-datasets deep_coad --collections meadow/latest",
    "query-datasets deep_coadd --collections meadow/lates",
    "query-data-ids visitt",
    "query-dimension-records visitt",
    "query-data-ids visit --where visit.seqnum=2",
    "query-datasets * --collections meadow/latest --order-by visit",
]


def text(value, root):
    """A cell as the stock command prints it; the repository's place is replaced."""
    if isinstance(value, numpy.bool_):
        value = bool(value)
    return str(value).replace(root, "<root>")


def ask(command, root):
    """Columns and rows of the tables that a command prints, and its exit code."""
    name, *arguments = command.split(" ")
    tables = []

    def record(self, *args, **kwargs):
        rows = [[text(cell, root) for cell in row] for row in self]
        tables.append({"columns": list(self.colnames), "rows": rows})

    printed = astropy.table.Table.pprint_all
    astropy.table.Table.pprint_all = record
    try:
        line = [name, root, *[argument.replace("%20", " ") for argument in arguments]]
        result = click.testing.CliRunner().invoke(cli, line)
    finally:
        astropy.table.Table.pprint_all = printed
    return {"command": command, "exit": result.exit_code, "tables": tables}


if __name__ == "__main__":
    answers = [ask(command, sys.argv[1]) for command in COMMANDS]
    json.dump(answers, sys.stdout, indent=None, separators=(",", ":"))
