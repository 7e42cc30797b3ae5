"""Gaps near you: what you do and where you are, and what is asked for there."""

from tieline.queries.fit.lines import Line, Section, line
from tieline.queries.fit.mine import Mine
from tieline.queries.gaps.ask import told
from tieline.queries.gaps.count import Table
from tieline.queries.gaps.nearest import apart

NEAR = 2  # levels up and down: within one area with a place of theirs


def gaps(mine: Mine, table: Table, most: int) -> Section:
    """Cells of their themes near them, and of any theme that is asked for where they are."""
    field, need = mine.field, table.need
    themes = field.ones(mine.themes) | {field.themes.of(theme) for theme in mine.themes}
    close = {
        column
        for column, place in enumerate(table.places)
        if any(apart(field, place, own)[0] <= NEAR for own in mine.places)
    }
    here = {column for column in close if table.places[column] in mine.places}
    cells = [
        (row, column)
        for column in sorted(close)
        for row, theme in enumerate(table.themes)
        if need[row, column] > 0
        and (theme in themes or (column in here and table.unmet[row, column]))
    ]
    cells.sort(key=lambda cell: (-need[cell], cell))
    lines = [_line(row) for row in told(table, cells[:most])]
    note = "Of what is recorded, nothing that you do is missing near you; little may be recorded."
    if not mine.places:
        note = f"It is not recorded where {mine.who.name} is, so nothing can be told as near."
    return Section("gaps", "Gaps near you", lines, len(cells), note)


def _line(row: Line) -> Line:
    learn, lesson = row["learn"], row["lesson"]
    said = " ".join(filter(None, [row["reason"], learn and learn["reason"]]))
    about = {"theme_uid": row["theme_uid"], "place_uid": row["place_uid"]}
    about |= {name: learn[name] for name in ("actor_uid", "project_uid")} if learn else {}
    return line(said, row["source_slugs"], lesson=lesson and lesson["text"], **about)
