"""The Java registry, over connections that are kept: one a thread instead of two a file.

jgo knows the registry, and the mirrors that its own configuration file names.
"""

import threading
from pathlib import Path
from typing import Self

import requests
from jgo.config import GlobalSettings
from jgo.constants import MAVEN_CENTRAL_URL
from jgo.maven import Artifact, MavenContext, PythonResolver

SECONDS = 30.0  # without a byte
CHUNK = 1 << 18


class Registry(PythonResolver):
    """Fetches files into a scratch folder; a context manager, since it holds connections."""

    def __init__(self, scratch: Path) -> None:
        super().__init__()
        mirrors = GlobalSettings.load().repositories
        self._context = MavenContext(
            resolver=self,
            repo_cache=scratch,
            remote_repos={**mirrors, "central": MAVEN_CENTRAL_URL},
        )
        self._here = threading.local()
        self._sessions: list[requests.Session] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for session in self._sessions:
            session.close()

    def get(self, group: str, artifact: str, version: str, classifier: str) -> Path:
        """The file, not yet verified.

        Raises:
            OSError: no repository has it, or none can be reached.
        """
        component = self._context.project(group, artifact).at_version(version)
        path: Path = component.artifact(classifier, "jar").resolve()
        return path

    def download(self, artifact: Artifact) -> Path:
        """What jgo calls to fetch a file."""
        problem: OSError = FileNotFoundError(artifact.filename)
        path = artifact.context.repo_cache / artifact.component.path_prefix / artifact.filename
        for base in artifact.context.remote_repos.values():
            address = f"{base}/{artifact.component.path_prefix.as_posix()}/{artifact.filename}"
            try:
                return self._save(address, path)
            except requests.RequestException as error:
                path.unlink(missing_ok=True)  # or half a file would pass for all
                problem = error
        raise problem

    def _save(self, address: str, path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        with self._session().get(address, stream=True, timeout=SECONDS) as answer:
            answer.raise_for_status()
            with path.open("wb") as file:
                file.writelines(answer.iter_content(CHUNK))
        return path

    def _session(self) -> requests.Session:
        if not hasattr(self._here, "session"):
            self._here.session = requests.Session()
            self._sessions.append(self._here.session)
        session: requests.Session = self._here.session
        return session
