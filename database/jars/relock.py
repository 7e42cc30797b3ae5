"""Print the list of jars of a version: `python -m tieline.database.jars.relock 2026.08.1`.

Its output is database/jars/neo4j-<version>.toml. Resolves by jgo, which downloads one by one
(minutes). Read the difference before committing it.
"""

import sys
import tomllib

import jgo

PARTS = ("groupId", "artifactId", "version", "classifier")


def relock(version: str) -> str:
    """The list for a Neo4j version, sorted by coordinates."""
    endpoint = f"org.neo4j:neo4j:{version}+org.neo4j.app:neo4j-server:{version}"
    locked = tomllib.loads(jgo.build(endpoint).lock_path.read_text("utf-8"))["dependencies"]
    lines = [
        f'"{":".join(jar[part] for part in PARTS if part in jar)}" = "{jar["sha256"]}"'
        for jar in locked
    ]
    return "\n".join(
        [f"# Neo4j Community {version}, GPLv3: made by relock.py", "[sha256]", *sorted(lines), ""]
    )


if __name__ == "__main__":
    sys.stdout.write(relock(sys.argv[1]))
