"""Settings, read from the environment when asked for.

SETTINGS      every variable, with what holds where it is not set; docs/settings.md shows it
settings()    what they say now
effective()   each with its value and where that comes from, as `tieline settings` shows them
"""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import platformdirs

from tieline.errors import WrongUse

VERSION = "2026.08.1"  # of the Neo4j that Tieline runs itself
PLAIN, JSON = "plain", "json"


@dataclass(frozen=True, slots=True)
class Setting:
    """A variable. Where it is not set `default` holds; None: what `otherwise` says in words.

    `secret`: its value is shown nowhere.
    """

    name: str
    what: str
    default: str | None = None
    otherwise: str = "none"
    secret: bool = False


_WHICH = (
    Setting("TIELINE_NEO4J_URI", "the server to use: `bolt://`, `neo4j://`, `neo4j+s://`",
            otherwise="Tieline runs a Neo4j of its own"),
    Setting("TIELINE_NEO4J_USER", "who signs in there", "neo4j"),
    Setting("TIELINE_NEO4J_PASSWORD", "the password", secret=True),
    Setting("TIELINE_NEO4J_PASSWORD_FILE",
            "a file that holds the password; it wins over the variable"),
    Setting("TIELINE_NEO4J_DATABASE", "which of that server's databases", "neo4j"),
)  # fmt: skip
_OWN = (
    Setting("TIELINE_HOME", "where everything is kept: data, log, password",
            otherwise="the data folder of your account (`~/.local/share/tieline` on Linux)"),
    Setting("TIELINE_NEO4J_VERSION", "which Neo4j: also `5.26.30` (not yet tried), which wants "
            "`TIELINE_JAVA` and a home of its own", VERSION),
    Setting("TIELINE_JAVA", "the `java` to run it with; the 5.26 LTS wants Java 17 or 21",
            otherwise="the Java that Tieline brings"),
    Setting("TIELINE_IDLE_MINUTES",
            "it ends after so many minutes without a client; `0`: never", "30"),
    Setting("TIELINE_HEAP", "the memory it may work in, such as `512m` or `2g`",
            otherwise="by the machine: `tieline doctor` shows it"),
    Setting("TIELINE_PAGE_CACHE", "the memory for data read from disk, such as `128m`; as much as "
            "the data takes is best", otherwise="by the machine: `tieline doctor` shows it"),
)  # fmt: skip
_ANSWERS = (
    Setting("TIELINE_TODAY", "the date to work from, such as `2026-11-21`: for examples and tests "
            "that must come out equal", otherwise="today"),
    Setting("TIELINE_SNAPSHOT_TIES", "from how many ties on `tieline serve` answers pathways from "
            "memory; `0`: always", "200000"),
    Setting("TIELINE_COMPLETION", "`compiled`: answers of `tieline serve` are put together by "
            "functions made for each document; `plain`: by graphql-core, which is slower",
            "compiled"),
)  # fmt: skip
_SIGN_IN = (
    Setting("TIELINE_JWT_ISSUER", "who signs people in elsewhere: the `iss` of its tokens, to the "
            "letter", otherwise="personal tokens only"),
    Setting("TIELINE_JWT_AUDIENCE", "the `aud` that a token for this service has"),
    Setting("TIELINE_JWT_JWKS", "the issuer's public keys: an `https://` address, or a file"),
    Setting("TIELINE_JWT_LEVEL", "the claim that says member, weaver or steward: a word or a list; "
            "dots lead inwards, as in `realm_access.roles`", "tieline_level"),
    Setting("TIELINE_JWT_PERSON", "the claim that says which person of the map it is, by uid",
            "tieline_person"),
)  # fmt: skip
_LIMITS = (
    Setting("TIELINE_RATE", "requests a minute that each viewer may make of one process; `0`: any "
            "number", "1200"),
    Setting("TIELINE_LIMITS", "other limits of one request than usual, such as `depth=10 "
            "cost=100000`: any of those that the field `limits` tells but the page size",
            otherwise="the usual ones"),
    Setting("TIELINE_LIVE", "other limits of what stays open than usual, such as `connections=50 "
            "idle=60`: live.md lists them", otherwise="the usual ones"),
    Setting("TIELINE_DOCUMENTS", "`any`, or `saved`: only the saved operations are answered",
            "any"),
    Setting("TIELINE_INTROSPECTION", "`on`, or `off`: the schema is not told", "on"),
    Setting("TIELINE_CORS", "which pages elsewhere may ask: origins such as "
            "`https://map.example`, with commas between; `*`: any", otherwise="none"),
)  # fmt: skip
_WATCHED = (
    Setting("TIELINE_METRICS", "who may read `/metrics`: `here` (this machine, and stewards), "
            "`anyone` (but of ties what all may see) or `nobody`", "here"),
)  # fmt: skip
_ERASURES = (
    Setting("TIELINE_ERASURE_SECRET_FILE", "the secret by which whoever was erased is known again: "
            "the same for all who write to one database",
            otherwise="`erasure.secret` in `TIELINE_HOME`, made when it is first needed"),
)  # fmt: skip
_LOGS = (
    Setting("TIELINE_LOG", "`plain` lines, or `json`: one object a line; `--log` wins over it",
            PLAIN),
    Setting("TIELINE_VERBOSE", "`1` tells what is done, `2` every statement too; each `-v` adds "
            "one", "0"),
)  # fmt: skip
_CONTAINERS = (
    Setting("TIELINE_PORT", "where Tieline listens on this machine", "8000"),
    Setting("TIELINE_MEMORY", "the most memory that Tieline's container takes", "1g"),
    Setting("TIELINE_CPU_QUOTA", "the most of a processor, in microseconds of each 100,000",
            "100000"),
)  # fmt: skip
_CHANGING = (
    Setting("TIELINE_STRICT_NOTIFICATIONS", "`1`: whatever the database remarks on a question is "
            "an error; tests set it", otherwise="off"),
    Setting("TIELINE_TEST_SERVER", "`container`: the tests run on `neo4j:` and the version above, "
            "started by testcontainers", otherwise="`embedded`"),
    Setting("TIELINE_TEST_SCHEME", "`neo4j`: the tests use a routed address",
            otherwise="`bolt`"),
    Setting("TIELINE_TESTS_MAY_EMPTY",
            "`1`: tests may empty the database that `TIELINE_NEO4J_URI` names", otherwise="off"),
    Setting("TIELINE_SHARED_DATA", "real partner files for the tests that read them",
            otherwise="`../shared/data` beside the repository"),
)  # fmt: skip
ROOMS = {
    "Which database": _WHICH,
    "The database that Tieline runs itself": _OWN,
    "Answers": _ANSWERS,
    "Sign-in": _SIGN_IN,
    "What may be asked": _LIMITS,
    "Figures": _WATCHED,
    "Erasure": _ERASURES,
    "Logs": _LOGS,
    "Containers": _CONTAINERS,
    "For those who change Tieline": _CHANGING,
}
SETTINGS = {each.name: each for room in ROOMS.values() for each in room}


@dataclass(frozen=True)
class Settings:
    """What the environment says. `home` holds all state; `jars` is shared between homes.

    `idle_minutes`: the embedded server ends after so long without a client; 0: never.
    `heap`, `page_cache`: of that server, in megabytes; None: by the machine.
    `version`, `java`: which server is run here, and by which Java; None: the one Tieline brings.
    `strict`: whatever the server remarks on a statement is an error (tests).
    `snapshot_ties`: from how many ties on the service answers pathways from memory.
    """

    neo4j_uri: str | None
    neo4j_user: str
    neo4j_password: str | None
    neo4j_database: str
    home: Path
    jars: Path
    today: date
    idle_minutes: float
    heap: int | None
    page_cache: int | None
    version: str
    java: Path | None
    strict: bool
    snapshot_ties: int


@dataclass(frozen=True)
class Issuer:
    """Who signs people in elsewhere. `level`, `person`: the names of the claims."""

    issuer: str
    audience: str
    jwks: str
    level: str
    person: str


@dataclass(frozen=True)
class Service:
    """What `tieline serve` allows.

    `rate`: requests a minute of one viewer, 0: any number; `saved`: the saved operations alone;
    `introspection`: the schema is told; `origins`: of pages elsewhere that may ask;
    `limits`: of one request, those that are not as usual; `compiled`: answers are put together by
    functions made for each document; `metrics`: who may read the figures.
    """

    rate: int
    saved: bool
    introspection: bool
    origins: tuple[str, ...]
    limits: Mapping[str, int]
    compiled: bool
    metrics: str


def settings() -> Settings:
    """The settings now.

    Raises:
        WrongUse: a variable that cannot be read.
    """
    return Settings(
        neo4j_uri=said("TIELINE_NEO4J_URI") or None,
        neo4j_user=said("TIELINE_NEO4J_USER"),
        neo4j_password=_password(),
        neo4j_database=said("TIELINE_NEO4J_DATABASE"),
        home=Path(said("TIELINE_HOME") or platformdirs.user_data_path("tieline", appauthor=False)),
        jars=Path(platformdirs.user_cache_path("tieline", appauthor=False)) / "jars",
        today=today(),
        idle_minutes=_idle_minutes(),
        heap=_megabytes("TIELINE_HEAP", 128),
        page_cache=_megabytes("TIELINE_PAGE_CACHE", 16),
        version=said("TIELINE_NEO4J_VERSION"),
        java=Path(java) if (java := said("TIELINE_JAVA")) else None,
        strict=strict(),
        snapshot_ties=_snapshot_ties(),
    )


def issuer() -> Issuer | None:
    """Who signs people in elsewhere, if anybody does.

    Raises:
        WrongUse: half of it is said, or its keys would come by an open line.
    """
    by, audience = said("TIELINE_JWT_ISSUER"), said("TIELINE_JWT_AUDIENCE")
    keys = said("TIELINE_JWT_JWKS")
    if not (by or audience or keys):
        return None
    if not (by and audience and keys):
        raise WrongUse(
            "TIELINE_JWT_ISSUER, TIELINE_JWT_AUDIENCE and TIELINE_JWT_JWKS belong together: set "
            "all three, or none."
        )
    if re.match(r"(?i)http://(?!(127\.0\.0\.1|localhost|\[::1\])(:\d+)?/)", keys):
        raise WrongUse(
            "TIELINE_JWT_JWKS begins with http://, where anybody on the way could put keys of "
            "their own: write an https:// address, or name a file."
        )
    return Issuer(by, audience, keys, said("TIELINE_JWT_LEVEL"), said("TIELINE_JWT_PERSON"))


def service() -> Service:
    """What the service allows.

    Raises:
        WrongUse: a variable that cannot be read.
    """
    rate, origins = said("TIELINE_RATE"), said("TIELINE_CORS").split(",")
    if not rate.isdigit():
        raise WrongUse(f"TIELINE_RATE is {rate!r}: write a number such as 1200, or 0.")
    return Service(
        int(rate),
        _one_of("TIELINE_DOCUMENTS", "any", "saved") == "saved",
        _one_of("TIELINE_INTROSPECTION", "on", "off") == "on",
        tuple(map(_origin, filter(None, map(str.strip, origins)))),
        numbers("TIELINE_LIMITS", "depth=10 cost=100000"),
        _one_of("TIELINE_COMPLETION", "compiled", "plain") == "compiled",
        _one_of("TIELINE_METRICS", "here", "anyone", "nobody"),
    )


def erasure_secret() -> Path | None:
    """The file of the secret, where it is not the home's own."""
    path = said("TIELINE_ERASURE_SECRET_FILE")
    return Path(path) if path else None


@dataclass(frozen=True, slots=True)
class Effective:
    """A setting as it is now. `value` is None where there is none, and for a secret.

    `origin`: "environment" or "default", or why the environment is not heard.
    """

    name: str
    value: str | None
    origin: str
    given: bool
    secret: bool
    otherwise: str
    what: str


def effective() -> Iterator[Effective]:
    """Every setting as it is now; a secret is only said to be set."""
    now = {"TIELINE_HOME": str(settings().home), "TIELINE_TODAY": settings().today.isoformat()}
    for each in SETTINGS.values():
        given = os.environ.get(each.name)
        value = given or each.default or now.get(each.name)
        origin = "environment" if given else "default"
        if each.secret:
            value = None
            if given and said("TIELINE_NEO4J_PASSWORD_FILE"):
                origin = "environment, not heard: TIELINE_NEO4J_PASSWORD_FILE wins"
        shown = value and _without_password(value)
        words = (each.otherwise.replace("`", ""), each.what.replace("`", ""))
        yield Effective(each.name, shown, origin, bool(given), each.secret, *words)


def logged() -> tuple[int, str]:
    """How much is logged (0 warnings, 1 what is done, 2 statements too), and in which form.

    Raises:
        WrongUse: a variable that cannot be read.
    """
    much, form = said("TIELINE_VERBOSE"), said("TIELINE_LOG")
    if much not in ("0", "1", "2"):
        raise WrongUse(f"TIELINE_VERBOSE is {much!r}: write 0, 1 or 2.")
    if form not in (PLAIN, JSON):
        raise WrongUse(f"TIELINE_LOG is {form!r}: write {PLAIN} or {JSON}.")
    return int(much), form


def strict() -> bool:
    """Whether the server's remarks are errors: asked for every reader, so by itself."""
    return said("TIELINE_STRICT_NOTIFICATIONS") == "1"


def said(name: str) -> str:
    """What the environment says of a setting, else its default; empty where there is neither."""
    return os.environ.get(name) or SETTINGS[name].default or ""


def _without_password(value: str) -> str:
    """An address in which someone wrote a password, without it."""
    return re.sub(r"//[^/@\s]*@", "//", value)


def _password() -> str | None:
    if path := said("TIELINE_NEO4J_PASSWORD_FILE"):
        try:
            return Path(path).read_text("utf-8").strip()
        except OSError as error:
            raise WrongUse(
                f"TIELINE_NEO4J_PASSWORD_FILE names {path}, which cannot be read: "
                f"{error.strerror}. Correct the path or set TIELINE_NEO4J_PASSWORD."
            ) from None
    return said("TIELINE_NEO4J_PASSWORD") or None


def today() -> date:
    text = said("TIELINE_TODAY")
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise WrongUse(f"TIELINE_TODAY is {text!r}: write a date such as 2026-11-21.") from None


def _megabytes(name: str, least: int) -> int | None:
    if not (text := said(name)):
        return None
    found = re.fullmatch(r"(\d{1,6})([mg])", text.strip().lower())
    number = int(found[1]) * (1024 if found[2] == "g" else 1) if found else 0
    if number >= least:
        return number
    raise WrongUse(f"{name} is {text!r}: write {least}m or more, such as 512m or 2g.")


def _idle_minutes() -> float:
    text = said("TIELINE_IDLE_MINUTES")
    try:
        if (minutes := float(text)) >= 0:
            return minutes
    except ValueError:
        pass
    raise WrongUse(f"TIELINE_IDLE_MINUTES is {text!r}: write minutes such as 30, or 0 for never.")


def _one_of(name: str, *words: str) -> str:
    if (text := said(name)) in words:
        return text
    raise WrongUse(f"{name} is {text!r}: write {' or '.join(words)}.")


def numbers(name: str, example: str) -> dict[str, int]:
    """
    Raises:
        WrongUse: not words with a whole number above 0 each.
    """
    pairs = [each.partition("=") for each in said(name).split()]
    if wrong := ["".join(p) for p in pairs if not re.fullmatch(r"[1-9]\d{0,8}", p[2])]:
        raise WrongUse(f"{name} has {wrong[0]!r}: write such as {example}.")
    return {name: int(number) for name, _, number in pairs}


def _origin(text: str) -> str:
    if text == "*" or re.fullmatch(r"https?://[^/\s*]+", text):
        return text
    raise WrongUse(f"TIELINE_CORS names {text!r}: write origins such as https://map.example.")


def _snapshot_ties() -> int:
    text = said("TIELINE_SNAPSHOT_TIES")
    if text.isdigit():
        return int(text)
    raise WrongUse(f"TIELINE_SNAPSHOT_TIES is {text!r}: write a number such as 200000, or 0.")
