"""Settings, read from the environment when asked for; docs/settings.md lists them all."""

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import platformdirs

from tieline.errors import WrongUse

VERSION = "2026.08.1"  # of the Neo4j that Tieline runs itself


@dataclass(frozen=True)
class Settings:
    """What the environment says. `home` holds all state; `jars` is shared between homes.

    `idle_minutes`: the embedded server ends after so long without a client; 0: never.
    `version`, `java`: which server is run here, and by which Java; None: the one Tieline brings.
    `strict`: whatever the server remarks on a statement is an error (tests).
    """

    neo4j_uri: str | None
    neo4j_user: str
    neo4j_password: str | None
    neo4j_database: str
    home: Path
    jars: Path
    today: date
    idle_minutes: float
    version: str
    java: Path | None
    strict: bool


def settings() -> Settings:
    """The settings now.

    Raises:
        WrongUse: a variable that cannot be read.
    """
    said = os.environ.get
    return Settings(
        neo4j_uri=said("TIELINE_NEO4J_URI") or None,
        neo4j_user=said("TIELINE_NEO4J_USER") or "neo4j",
        neo4j_password=_password(),
        neo4j_database=said("TIELINE_NEO4J_DATABASE") or "neo4j",
        home=Path(said("TIELINE_HOME") or platformdirs.user_data_path("tieline", appauthor=False)),
        jars=Path(platformdirs.user_cache_path("tieline", appauthor=False)) / "jars",
        today=_today(),
        idle_minutes=_idle_minutes(),
        version=said("TIELINE_NEO4J_VERSION") or VERSION,
        java=Path(java) if (java := said("TIELINE_JAVA")) else None,
        strict=said("TIELINE_STRICT_NOTIFICATIONS") == "1",
    )


def _password() -> str | None:
    if path := os.environ.get("TIELINE_NEO4J_PASSWORD_FILE"):
        try:
            return Path(path).read_text("utf-8").strip()
        except OSError as error:
            raise WrongUse(
                f"TIELINE_NEO4J_PASSWORD_FILE names {path}, which cannot be read: "
                f"{error.strerror}. Correct the path or set TIELINE_NEO4J_PASSWORD."
            ) from None
    return os.environ.get("TIELINE_NEO4J_PASSWORD") or None


def _today() -> date:
    text = os.environ.get("TIELINE_TODAY")
    try:
        return date.fromisoformat(text) if text else date.today()
    except ValueError:
        raise WrongUse(f"TIELINE_TODAY is {text!r}: write a date such as 2026-11-21.") from None


def _idle_minutes() -> float:
    text = os.environ.get("TIELINE_IDLE_MINUTES") or "30"
    try:
        if (minutes := float(text)) >= 0:
            return minutes
    except ValueError:
        pass
    raise WrongUse(f"TIELINE_IDLE_MINUTES is {text!r}: write minutes such as 30, or 0 for never.")
