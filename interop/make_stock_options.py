"""Lists the commands of the stock ``butler`` and their options, for the test of ``docs/cli.md``.

    python interop/make_stock_options.py > cli/src/test/resources/equerry/cli/stock-options.txt
"""

import click

from lsst.daf.butler import __version__
from lsst.daf.butler.cli.butler import cli

print(f"# Made by interop/make_stock_options.py from lsst-daf-butler {__version__}.")
context = click.Context(cli)
for name in cli.list_commands(context):
    command = cli.get_command(context, name)
    options = [p for p in command.params if isinstance(p, click.Option)]
    names = sorted(max(option.opts, key=len) for option in options)
    print(name, *(option for option in names if not option.startswith("--option-section")))
