"""Before the first question, once every list is planned: the questions that are asked first.

What their statements are given depends on what was found before, so no list of samples has its
types: each question is asked as the explorer asks it, about two who are there.
"""

import logging
from typing import Any

from tieline.database.reader import Reader
from tieline.graphql.context import Asking
from tieline.graphql.operations import saved
from tieline.graphql.schema import schema
from tieline.queries.pathways.snapshot.keep import Snapshots

log = logging.getLogger("tieline.graphql")
SOMEBODY = """{
  people(first: 2) { nodes { uid name } }
  places(first: 1) { nodes { uid } }
  themes(first: 1) { nodes { uid label } }
}"""
Variables = dict[str, Any]


async def rehearse(reader: Reader, snapshots: Snapshots | None = None) -> list[str]:
    """The saved operations that were asked, in order; none where nobody is there. Those are left
    out that read the whole field: they take memory, and are kept for whoever asks."""
    found = (await _asked(reader, snapshots, SOMEBODY, {})).data or {}
    done = []
    for name, variables in wanted(found).items():
        answer = await _asked(reader, snapshots, saved()[name].text, variables)
        if answer.errors:  # whoever asks it is told
            log.info("%s could not be rehearsed", name)
        done.append(name)
    return done


def wanted(found: Variables) -> dict[str, Variables]:
    """Each question with its variables, as far as there is anybody and anything to ask about."""
    people, places, themes = (
        [row for row in (found.get(kind) or {}).get("nodes") or ()]
        for kind in ("people", "places", "themes")
    )
    asked: dict[str, Variables] = {}
    if len(people) == 2:
        one, other = (row["uid"] for row in people)
        two = {"from": one, "to": other}
        asked |= {"pathways": two, "actor": {"id": one}, "tie": two, "introducers": two}
        asked |= {"search": {"text": people[0]["name"]}}
    if people and themes:
        asked["pathways-theme"] = {"from": people[0]["uid"], "theme": themes[0]["uid"]}
    if themes:
        asked |= {"theme": {"id": themes[0]["uid"]}, "translate": {"term": themes[0]["label"]}}
    if places:
        asked["place"] = {"id": places[0]["uid"]}
    return asked


async def _asked(
    reader: Reader, snapshots: Snapshots | None, text: str, variables: Variables
) -> Any:
    asking = Asking(reader.seen_by(reader.viewer), snapshots=snapshots)
    return await schema().execute(text, variable_values=variables, context_value=asking)
