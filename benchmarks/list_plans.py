"""How long a question of a kind not asked before waits for its plan: as sent, and as was usual.

    tieline database start
    python benchmarks/list_plans.py

The same list is asked in a dozen ways that nobody asked yet (another filter, another page, other
parents), with its parameters as fields of one map, as Tieline sends them, and with each by itself.
Both texts have been run once before. Of each way the time of the first run, in one process on one
server, in turns. What is asked of is not there, so that time is planning and nothing else.
"""

import statistics
import time
from typing import Any

from neo4j import Driver, GraphDatabase

from tieline.database.address import Address, find
from tieline.database.statements import cypher, given, sent
from tieline.graphql.warm import parameters

LISTS = ("lists/people", "lists/organisations", "lists/projects", "lists/actor_ties")
WAYS: list[dict[str, Any]] = [
    {},
    {"text": "x"},
    {"place": "l-x"},
    {"text": "x", "place": "l-x"},
    {"ids": ["x"]},
    {"ids": []},
    {"not_text": "x"},
    {"not_place": "l-x", "text": "x"},
    {"label": ["thick"]},
    {"since": "2026-01-01"},
    {"k": "zz", "u": "p-zz"},
    {"limit": 101},
]


def asked(name: str, way: dict[str, Any]) -> dict[str, Any]:
    """The parameters of a page that is empty."""
    known = parameters(name) | {"level": 4, "k": "\U0010ffff", "parents": ["x-1"]}
    return known | {key: value for key, value in way.items() if key in known}


def run(driver: Driver, address: Address, text: str, params: dict[str, Any]) -> float:
    """Milliseconds until it has answered."""
    with driver.session(database=address.database) as session:
        begun = time.perf_counter()
        session.run(text, params).consume()
        return 1000 * (time.perf_counter() - begun)


def main() -> None:
    address = find()
    auth = (address.user, address.password)
    with GraphDatabase.driver(address.uri, auth=auth, notifications_min_severity="OFF") as driver:
        run(driver, address, "CALL db.clearQueryCaches()", {})
        for name in LISTS:
            told: dict[str, list[float]] = {"one map": [], "each by itself": []}
            for at, way in enumerate([{}, *WAYS]):
                params = asked(name, way)
                one = run(driver, address, sent(name), given(name, params))
                other = run(driver, address, cypher(name), params)
                if at:  # the first is the first of all
                    told["one map"].append(one)
                    told["each by itself"].append(other)
            for how, took in told.items():
                print(
                    f"{name} {how}: median {statistics.median(took):.1f} ms, most {max(took):.0f}"
                )


if __name__ == "__main__":
    main()
