"""Writing a drawing to a file, whole or not at all, and saying on stderr what came of it."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import click

from tieline.cli.reading import read
from tieline.cli.telling import telling
from tieline.database.reader import Reader
from tieline.errors import WrongUse
from tieline.exports.form import Form
from tieline.exports.read import Read, asked
from tieline.exports.written import form, stream
from tieline.schema.consent import PUBLIC

STDOUT = "-"
PACKED = (".zip", ".xlsx")  # no terminal shows them


def exported(
    name: str, file: Path, scope: Mapping[str, str | None], level: str, **more: Any
) -> None:
    """
    Raises:
        NotFound, Ambiguous: nothing, or several, of a name in the scope.
        WrongUse: numbers for others than stewards; a FILE that cannot be written.
    """
    made = form(name)
    fit(file, made)

    async def write(reader: Reader) -> tuple[Read, bool]:
        drawing = await asked(reader, scope, made.placed, **more)
        with beside(file, private=reader.viewer.level < PUBLIC) as out:
            async for piece in stream(made(drawing.about), drawing):
                out.write(piece)
        return drawing, await drawing.whole()

    with telling():
        drawing, whole = read(level, write)
    tell(drawing, file, whole)


def fit(file: Path, made: type[Form]) -> None:
    """
    Raises:
        WrongUse: nothing of this format can be written there.
    """
    if str(file) == STDOUT:
        if made.suffix in PACKED and sys.stdout.isatty():
            raise WrongUse("A terminal cannot show this format: name a FILE, or pipe it.")
    elif made.suffix in PACKED and file.suffix.casefold() != made.suffix:
        raise WrongUse(f"What is written is a {made.suffix} file: name a FILE that ends so.")
    elif not file.parent.is_dir():
        raise WrongUse(f"There is no folder {file.parent}: make it, or name another FILE.")


@contextmanager
def beside(file: Path, private: bool) -> Iterator[IO[bytes]]:
    """Written beside the file, and put in its place when it is whole. What not anyone may see, its
    owner alone may read. What is no file, a pipe or a device, is written to and stays what it is;
    a link leads to its file."""
    if str(file) == STDOUT:
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    file = file.resolve()
    if file.exists() and not file.is_file():
        with file.open("wb") as out:
            yield out
        return
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    made = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if private else 0o666)
    try:
        with os.fdopen(made, "wb") as out:
            yield out
        os.replace(part, file)
    finally:
        part.unlink(missing_ok=True)


def tell(drawing: Read, file: Path, whole: bool) -> None:
    about = drawing.about
    where = "stdout" if str(file) == STDOUT else str(file)
    things, ties = _count(len(drawing.told), "thing"), _count(drawing.tied, "tie")
    click.echo(f"Wrote {things} and {ties} to {where}: {about.title}.", err=True)
    if not drawing.told:
        click.echo("Nothing of that is recorded, which is not that nothing happens.", err=True)
    click.echo(f"Licences: {about.licence}. Whoever shows it names: {about.credit}.", err=True)
    if not whole:
        again = "write it again for the picture of one moment"
        click.echo(f"The graph changed meanwhile: {again}.", err=True)


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"
