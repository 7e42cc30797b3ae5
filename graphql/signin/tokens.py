"""Personal tokens: made for one person or program, shown once, kept as digests.

    tieline_1f3c9a2e_<43 signs>      what it is, the id it goes by, 256 random bits

They lie in <TIELINE_HOME>/tokens.sqlite3, which its owner alone may read, and not in the graph:
that one was used is no change of the graph, and must not make anything be worked out anew. All
processes of one home share the file: what is taken back opens nothing from the next request on.
"""

import hashlib
import hmac
import os
import re
import secrets
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tieline.errors import NotFound, WrongUse
from tieline.graphql.signin.remembered import Remembered, state
from tieline.schema.consent import VIEWERS, Viewer

BEGINS = "tieline_"
SHAPE = re.compile(BEGINS + r"([0-9a-f]{8})_[A-Za-z0-9_-]{43}")
LEVELS = ("member", "weaver", "steward")
READ, WRITE = "read", "write"
NOTED = 60  # seconds: that it was used is written down once in so many
PATIENCE = 5.0  # seconds for another who writes
DAYS = 366  # longer no token lasts
NOBODY = hashlib.sha256().hexdigest()  # no token's digest: compared where there is none

TABLE = """
CREATE TABLE IF NOT EXISTS tokens (
  id TEXT PRIMARY KEY, name TEXT NOT NULL, digest TEXT NOT NULL, level TEXT NOT NULL, person TEXT,
  scope TEXT NOT NULL, created INTEGER NOT NULL, expires INTEGER NOT NULL, revoked INTEGER,
  used INTEGER
) STRICT
"""
ADD = "INSERT INTO tokens VALUES (?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL)"
ONE = "SELECT * FROM tokens WHERE id = ?"
ALL = "SELECT * FROM tokens ORDER BY created, rowid"
USED = "UPDATE tokens SET used = ? WHERE id = ? AND coalesce(used, 0) <= ?"
REVOKE = "UPDATE tokens SET revoked = ? WHERE id = ? AND revoked IS NULL"
FORGET = "DELETE FROM tokens WHERE person = ?"
LEAVING = "CREATE TABLE IF NOT EXISTS leaving (person TEXT PRIMARY KEY) STRICT"
LEAVE = """
INSERT OR IGNORE INTO leaving SELECT DISTINCT person FROM tokens WHERE person = ?
"""
LEFT = "SELECT person FROM leaving ORDER BY person"
ANY_LEFT = "SELECT 1 FROM sqlite_master WHERE name = 'leaving'"
SETTLED = "DELETE FROM leaving WHERE person = ?"


@dataclass(frozen=True, slots=True)
class Token:
    """What is known of one; times in seconds since 1970. `person`: a handle of theirs, or None."""

    id: str
    name: str
    digest: str
    level: str
    person: str | None
    scope: str
    created: int
    expires: int
    revoked: int | None
    used: int | None

    @property
    def viewer(self) -> Viewer:
        return Viewer(VIEWERS[self.level], self.person)

    def opens(self, now: float) -> bool:
        return self.revoked is None and now < self.expires

    def state(self, now: float) -> str:
        return "taken back" if self.revoked else "stands" if self.opens(now) else "run out"


class Tokens:
    """Those of one home. The file is made with the first token."""

    def __init__(self, file: Path, clock: Callable[[], float] = time.time) -> None:
        self._file, self._clock = file, clock
        self._good = Remembered[Token](file)

    def create(
        self, name: str, level: str, person: str | None, scope: str, seconds: int
    ) -> tuple[Token, str]:
        """A new one, and its text, which nothing can show again.

        Raises:
            WrongUse: a level and person that do not go together, a name in use, too long a life.
        """
        if level == "steward" and person:
            raise WrongUse(
                "A steward speaks for the stewards, a person for themselves: leave --person away, "
                "or give them a second token as a member or a weaver."
            )
        if not 0 < seconds <= DAYS * 86400:
            raise WrongUse(f"A token lasts at least a second and at most {DAYS} days: --expires.")
        now, id = int(self._clock()), secrets.token_hex(4)
        text = f"{BEGINS}{id}_{secrets.token_urlsafe(32)}"
        made = Token(id, name, hashed(text), level, person, scope, now, now + seconds, None, None)
        self._make()
        with self._open() as opened:
            if any(each.name == name and each.opens(now) for each in _all(opened)):
                raise WrongUse(f"A token called {name} stands: choose another name, or revoke it.")
            held = (made.id, name, made.digest, level, person, scope, now, made.expires)
            opened.execute(ADD, held)
        return made, text

    def all(self) -> list[Token]:
        """The oldest first."""
        if not self._file.exists():
            return []
        with self._open() as opened:
            return _all(opened)

    def revoke(self, which: str) -> Token:
        """Take back the one of this id, or the one that stands of this name.

        Raises:
            NotFound: there is none.
        """
        now = int(self._clock())
        found = [each for each in self.all() if which in (each.id, each.name)]
        found.sort(key=lambda each: (each.id == which, each.opens(now)))
        if not found:
            raise NotFound(f"No token is called {which}: tieline token list shows those there are.")
        with self._open() as opened:
            opened.execute(REVOKE, (now, found[-1].id))
            return Token(*opened.execute(ONE, (found[-1].id,)).fetchone())

    def known(self, text: str) -> Token | None:
        """The one whose text this is, if it opens anything; that it was used is noted."""
        shape, now = SHAPE.fullmatch(text), self._clock()
        if not shape or not self._file.exists():
            return None
        before = state(self._file)
        with self._open() as opened:
            row = opened.execute(ONE, (shape[1],)).fetchone()
            found = Token(*row) if row else None
            same = hmac.compare_digest(found.digest if found else NOBODY, hashed(text))
            if found is None or not same or not found.opens(now):
                return None
            if (found.used or 0) <= now - NOTED:
                with suppress(sqlite3.OperationalError):  # another is writing, or nobody may
                    opened.execute(USED, (int(now), found.id, int(now) - NOTED))
                    opened.commit()
        self._good.put(found.digest, found, before)
        return found

    def at_hand(self, text: str) -> Token | None:
        """The same in no time, if it was known lately and nothing has changed since."""
        found, now = self._good.get(hashed(text)), self._clock()
        noted = found is not None and (found.used or 0) > now - NOTED
        return found if found and noted and found.opens(now) else None

    def leave(self, persons: Iterable[str]) -> None:
        """Note that these handles are about to go: what is cut off then is `settled` later."""
        if self._file.exists():
            with self._open() as opened:
                opened.execute(LEAVING)
                opened.executemany(LEAVE, [(each,) for each in persons])

    def settled(self, here: Callable[[list[str]], Collection[str]]) -> int:
        """Finish what was cut off: forget those noted who are not `here`. How many tokens went."""
        if not self._file.exists():
            return 0
        with self._open() as opened:
            some = opened.execute(ANY_LEFT).fetchone()
            noted = [row[0] for row in opened.execute(LEFT)] if some else []
        if not noted:
            return 0
        stay = here(noted)
        with self._open() as opened:
            opened.executemany(SETTLED, [(each,) for each in stay])
        return self.forget(set(noted).difference(stay))

    def forget(self, persons: Collection[str]) -> int:
        """Remove those of a person, by any of their handles: how many there were.

        The file is written anew: a row that was changed may lie in it as it was before.
        """
        if not self._file.exists():
            return 0
        with self._open() as opened:
            opened.execute("PRAGMA secure_delete = ON")
            opened.execute(LEAVING)
            opened.executemany(SETTLED, [(each,) for each in persons])
            gone = sum(opened.execute(FORGET, (each,)).rowcount for each in persons)
            opened.commit()
            opened.execute("VACUUM")
            return gone

    def _make(self) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            os.close(os.open(self._file, os.O_CREAT | os.O_EXCL, 0o600))

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        """For one matter: all of it is written, or nothing."""
        with closing(sqlite3.connect(self._file, timeout=PATIENCE)) as opened, opened:
            opened.execute(TABLE)
            yield opened


def hashed(text: str) -> str:
    """Of 256 random bits: no salt and no slow hash makes guessing them any harder."""
    return hashlib.sha256(text.encode()).hexdigest()


def _all(opened: sqlite3.Connection) -> list[Token]:
    return [Token(*row) for row in opened.execute(ALL)]
