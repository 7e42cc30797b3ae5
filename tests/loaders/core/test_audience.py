"""Who may see what: kept right when a later source says less, or takes it back."""

from typing import Any

LEE = "local-x-person-lee"


def effective(world: Any) -> dict[str, int]:
    rows = world.ask(
        "MATCH ()-[x]->() WHERE x.record IS NOT NULL RETURN x.uid AS u, x.audience AS a"
    )
    return {row["u"]: row["a"] for row in rows}


def by_verb(world: Any) -> dict[str, int]:
    rows = world.ask(
        "MATCH ()-[x]->() WHERE x.record IS NOT NULL RETURN type(x) AS t, x.audience AS a"
    )
    return {row["t"]: row["a"] for row in rows}


def test_consent_lowered_by_a_later_source_hides(world: Any, rows: Any) -> None:
    world.source("x")
    world.source("y", audience=2)
    lee, aid = rows.person("Lee", LEE, consent=4), rows.body("Aid", "GB-CHC-1000001")
    world.apply([rows.statement("x:1", ("WORKS_FOR", lee, aid, {}))])
    before = world.said()
    assert by_verb(world) == {"WORKS_FOR": 4, "OBSERVED": 4}
    assert world.ties()["Aid", "Lee"]["audience"] == 4
    world.apply([rows.thing("y:1", rows.person("Lee", LEE, consent=1))])
    assert by_verb(world) == {"WORKS_FOR": 1, "OBSERVED": 1}
    tie = world.ties()["Aid", "Lee"]
    assert tie["audience"] == 1 and "label_2" not in tie and "step_4" not in tie
    world.apply(gone=["y:1"])
    assert world.said() == before


def test_public_record_shows_its_own_facts_and_no_others(world: Any, rows: Any) -> None:
    """The register's role is public; the partner's, of the same two, is for weavers."""
    world.source("register", public=True)
    world.source("x")
    lee, aid = rows.person("Lee", LEE), rows.body("Aid", "GB-CHC-1000001")
    world.apply([rows.statement("x:1", ("ADVISES", lee, aid, {}))])
    assert by_verb(world) == {"ADVISES": 2, "OBSERVED": 2}
    world.apply([rows.statement("register:1", ("LEADS", lee, aid, {}))])
    seen = world.ask(
        "MATCH (:Person)-[x]->(:Organisation) WHERE x.record IS NOT NULL "
        "RETURN x.source AS s, collect(DISTINCT x.audience) AS a ORDER BY s"
    )
    assert seen == [{"s": "register", "a": [4]}, {"s": "x", "a": [2]}]
    assert world.ask("MATCH (p:Person) RETURN p.consent AS c, p.consent_rest AS r") == [
        {"c": 4, "r": 2}
    ]
    assert world.ties()["Lee", "Aid"]["audience"] == 4


def test_what_a_row_says_of_its_own_audience_is_kept_and_bounds(world: Any, rows: Any) -> None:
    world.source("x", audience=3)
    lee, aid = rows.person("Lee", LEE, consent=4), rows.body("Aid", "GB-CHC-1000001")
    world.apply([rows.statement("x:1", ("LEADS", lee, aid, {"audience": 1}))])
    seen = world.ask("MATCH ()-[x:LEADS]->() RETURN x.said AS said, x.audience AS audience")
    assert seen == [{"said": 1, "audience": 1}]
    world.apply([rows.statement("x:1", ("LEADS", lee, aid, {}))])
    seen = world.ask("MATCH ()-[x:LEADS]->() RETURN x.said AS said, x.audience AS audience")
    assert seen == [{"said": None, "audience": 3}]


def test_a_hidden_person_is_in_no_tie(world: Any, rows: Any) -> None:
    """Audience 0: kept, but no level sees it, so there is no tie at all."""
    world.source("x")
    hidden, open_ = rows.person("H", "local-x-person-h", consent=0), rows.person("O", consent=4)
    said = {"kind": "closeness", "value": 1.0, "reporter": "from", "on": "2026-11-01"}
    world.apply([rows.statement("x:1", ("OBSERVED", open_, hidden, said))])
    assert by_verb(world) == {"OBSERVED": 0} and world.ties() == {}


def test_consent_of_one_member_recounts_the_body(world: Any, rows: Any) -> None:
    world.source("x")
    world.source("y")
    aid = rows.body("Aid", "GB-CHC-1000001")
    people = [rows.person(f"P{n}", f"local-x-person-{n}", consent=4) for n in range(3)]
    world.apply([rows.statement(f"x:{n}", ("ADVISES", p, aid, {})) for n, p in enumerate(people)])
    before = world.said()
    world.apply([rows.thing("y:1", rows.person("P2", "local-x-person-2", consent=2))])
    rest = world.ask(
        "MATCH (a:Person)-[o:OBSERVED]->(b:Person) "
        "RETURN o.weight AS w, o.audience AS a ORDER BY w, a"
    )
    assert rest == [{"w": 0.75, "a": 2}, {"w": 0.75, "a": 2}, {"w": 1.5, "a": 4}]
    world.apply(gone=["y:1"])
    assert world.said() == before
