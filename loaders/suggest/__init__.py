"""A first mapping for a table that nobody has described: read, then guessed column by column.

    text(path, slug)    a mapping.toml that can be read as it stands; comments say what was guessed

The guesses rest on the headings' words and on the first rows' values. Contact details are left out.
"""

from pathlib import Path

from tieline.errors import BadInput, WrongUse
from tieline.loaders import read
from tieline.loaders.formats import known
from tieline.loaders.suggest import columns, tables, written


def text(path: Path, slug: str) -> str:
    """The mapping, as TOML with comments.

    Raises:
        WrongUse: the file follows a standard, and needs none.
        BadInput: there is nothing to guess from.
    """
    read.shape(path)
    if standard := known.guess(path):
        raise WrongUse(
            f"{path.name} looks like {standard.NAME}, which needs no mapping. "
            f"Load it: tieline load {path} --source {slug}"
        )
    found = columns.sheets(path)
    if not found:
        raise BadInput(f"{path.name} has no rows under headings: there is nothing to guess from.")
    several = len(found) > 1
    guessed = [tables.guess(path, sheet, slug, several) for sheet in found]
    return written.toml(path, guessed)
