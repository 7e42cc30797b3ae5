"""What every answer has in common: what it rests on, how far it is, how long it is kept.

    from tieline.queries.answers.coverage import coverage      # on whose data does it rest?
    from tieline.queries.answers.work import aside, step       # progress, and giving up
    from tieline.queries.answers.kept import Kept, Key         # kept in memory, never across levels
    from tieline.queries.answers.shelf import Form, shelved    # arrays kept on disk, likewise

A question that is quick needs `coverage` alone:

    return {"rows": rows, "coverage": await coverage(reader), "graph_version": version}

One that takes seconds says where it stands, and is worked out beside the event loop, once for all
who ask the same at the same level of the same graph:

    _kept: Kept[Found] = Kept(16)

    async def found(reader: Reader, scope: Scope) -> Found:
        key = await Key.of(reader, "effort", place=scope.place, theme=scope.theme)
        return await _kept.get(key, lambda: make(reader, scope))

    async def make(reader: Reader, scope: Scope) -> Found:
        rows = await reader.rows(...)                  # given up here, the statement is too
        return await aside(compared, rows)             # a thread, with turns

    def compared(rows):
        for at, row in enumerate(rows):
            step("comparing projects", at, len(rows))  # told; raises Stopped if nobody waits

Call `step` at least four times a second: native work is cut in chunks for that. What holds the
interpreter for longer belongs in processes: `apart(function, items, stage)` of apart.py.
"""
