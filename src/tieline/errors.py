"""The error tree: each error is a sentence that says what to do next, a code and an exit status.

TielineError            1
+- WrongUse             2   the command or the question was put wrongly
|  +- NotFound          2   no such actor, place, theme ... that the viewer may see
|  +- Ambiguous         2   a name that several carry: lists the candidates
|  +- BadBookmark       2   a bookmark that is none of this database
|  +- BadInput          2   a file, mapping or description that cannot be read at all
+- DatabaseProblem      1   the database cannot be reached, started or written
|  +- ServerProblem     1   the embedded server: fetching, starting, stopping
|  +- TookTooLong       1   a statement was stopped at its time limit
|  +- Away              1   nobody answers, or only to say that it cannot go on
|     +- Unknown        1   the connection went while committing: it may be in, or not
+- LoadProblem          1   a load that must not go on (older file, shrunk file, edited migration)
"""

from collections.abc import Sequence


class TielineError(Exception):
    """Something a person can mend. `str(error)` says how."""

    code = "TIELINE_ERROR"
    exit_status = 1


class WrongUse(TielineError):
    code = "WRONG_USE"
    exit_status = 2


class NotFound(WrongUse):
    code = "NOT_FOUND"


class Ambiguous(WrongUse):
    """`candidates`: (id, name, kind) of each, best first."""

    code = "AMBIGUOUS"

    def __init__(self, message: str, candidates: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(message)
        self.candidates = list(candidates)


class BadBookmark(WrongUse):
    code = "BAD_BOOKMARK"


class BadInput(WrongUse):
    code = "BAD_INPUT"


class DatabaseProblem(TielineError):
    code = "DATABASE_PROBLEM"


class ServerProblem(DatabaseProblem):
    code = "SERVER_PROBLEM"


class TookTooLong(DatabaseProblem):
    code = "TOOK_TOO_LONG"


class Away(DatabaseProblem):
    code = "DATABASE_AWAY"


class Unknown(Away):
    code = "OUTCOME_UNKNOWN"


class LoadProblem(TielineError):
    code = "LOAD_PROBLEM"
