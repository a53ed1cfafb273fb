"""``copydesk schema``."""

from __future__ import annotations

import click


@click.command()
def schema() -> None:
    """Print the JSON Schema of the records of documents.

    It covers the annotation types of every installed plugin.
    """
    import json

    from copydesk._cli._readers import working_plugins
    from copydesk._documents._schema import json_schema

    working_plugins()
    click.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2).encode())
