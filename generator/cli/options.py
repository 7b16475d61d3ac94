"""Options that several commands take, said once."""

from pathlib import Path

import click

FOLDER = click.Path(path_type=Path, file_okay=False)
site_option = click.option(
    "--site",
    type=FOLDER,
    help="The site's folder. Without it: the nearest one upwards that holds config.yaml.",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
