"""`tieline load` from end to end, on the real server."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from tieline.cli.main import tieline
from tieline.database.graph import Graph

Raw = Callable[..., list[dict[str, Any]]]

KEYS = (
    "source part file format read accepted refused written gone entities relationships "
    "observations ties seconds graph_version"
).split()


def run(*arguments: str | Path) -> Result:
    """The command in this process; `return_value` is its exit status."""
    return CliRunner().invoke(tieline, ["load", *map(str, arguments)], standalone_mode=False)


def figures(result: Result) -> Any:
    assert result.exception is None, result.exception
    return json.loads(result.stdout)


@pytest.fixture
def folder(tmp_path: Path, graph: Graph) -> Path:
    place = tmp_path / "we"
    place.mkdir()
    (place / "source.toml").write_text(
        'slug = "we"\nlawful_basis = "consent"\nmapping = "mapping.toml"\n'
        "[expected.person]\nmin = 2\nmax = 2\n"
    )
    (place / "mapping.toml").write_text(
        '[[table]]\nname = "people"\nfile = "people.csv"\nkind = "person"\nid = "Ref"\n'
        '[table.columns]\nname = "Name"\norganisation = { column = "For", by = "name" }\n'
        '[[table]]\nname = "ties"\nfile = "ties.csv"\nkind = "tie"\n[table.columns]\n'
        'from = { column = "Who", by = "id" }\nto = { column = "Whom", by = "id" }\n'
        'closeness = "Close"\nreporter = { value = "from" }\n'
    )
    (place / "people.csv").write_text("Ref,Name,For\nP1,Ada,Mill\nP2,Bo,Mill\n")
    (place / "ties.csv").write_text("Who,Whom,Close\nP1,P2,5\nP2,P1,six\n")
    return place


def test_a_folder_loads_and_loads_again(folder: Path, graph: Graph, raw: Raw) -> None:
    result = run(folder, "--json")
    people, ties = figures(result)
    assert list(people) == list(ties) == KEYS
    assert (people["source"], people["part"], people["format"]) == ("we", "people", "table")
    assert people["entities"] == {
        "organisation": {"created": 1, "matched": 0}, "person": {"created": 2, "matched": 0},
    }  # fmt: skip
    assert (ties["read"], ties["accepted"], ties["refused"], ties["written"]) == (2, 1, 1, 1)
    assert result.return_value == 3
    assert "ties.csv, line 3, cell C3: Close 'six'" in result.stderr
    assert raw("MATCH (:Person {name: 'Ada'})-[t:TIE]->(:Person {name: 'Bo'}) RETURN t")

    again = run(folder, "--json", "--report", folder / "r.jsonl")
    second = figures(again)
    assert [each["written"] for each in second] == [0, 0] and again.return_value == 3
    assert [(e["read"], e["accepted"], e["refused"]) for e in second] == [(2, 2, 0), (2, 1, 1)]
    assert second[0]["graph_version"] == ties["graph_version"]
    refusals = [json.loads(line) for line in (folder / "r.jsonl").read_text().splitlines()]
    assert [(each["cell"], each["value"]) for each in refusals] == [("C3", "six")]


def test_a_rehearsal_keeps_nothing(folder: Path, graph: Graph, raw: Raw) -> None:
    told = figures(
        run(folder / "people.csv", "--source", "we", "--sources", folder, "--json", "--dry-run")
    )
    assert told["written"] == 2 and told["entities"]["person"]["created"] == 2
    assert raw("MATCH (n:Actor) RETURN count(n) AS n") == [{"n": 0}]
    assert raw("MATCH (n:Load) RETURN count(n) AS n") == [{"n": 0}]


def test_nothing_loaded_and_people_read_one_line_a_table(folder: Path) -> None:
    (folder / "people.csv").write_text("Ref,Name,For\n,Ada,Mill\n")
    result = run(folder, "--part", "people")
    assert result.return_value == 1
    assert "1 rows read, 0 accepted, 1 refused" in result.stdout
    assert "Nothing was loaded" in result.stderr


def test_expected_counts_are_looked_at(folder: Path) -> None:
    (folder / "people.csv").write_text("Ref,Name,For\nP1,Ada,Mill\n")
    (folder / "ties.csv").write_text("Who,Whom,Close\n")
    result = run(folder)
    assert "names 1 of kind person, where 2 to 2 are expected" in result.stderr
    assert result.return_value == 0, "a warning"
    strict = run(folder, "--strict")
    assert "names 1 of kind person" in strict.stderr and strict.return_value == 3


def test_fewer_than_expected_is_told_once_all_tables_are_in(folder: Path) -> None:
    (folder / "people.csv").write_text("Ref,Name,For\nP1,Ada,Mill\n")
    few = run(folder / "people.csv", "--source", "we", "--sources", folder)
    assert "are expected" not in few.stderr
    rows = "".join(f"P{n},Ada {n},Mill\n" for n in range(3))
    (folder / "people.csv").write_text(f"Ref,Name,For\n{rows}")
    many = run(folder / "people.csv", "--source", "we", "--sources", folder)
    assert "names 3 of kind person, where 2 to 2 are expected" in many.stderr


BUILT_IN = {
    "abct": "partners/360giving/abcharitabletrust.xlsx",
    "lbfew": "partners/360giving/lloyds-bank-foundation.json",
    "appg": "partners/appg",
    "dual-registered-charities": "partners/charity-lookups/dual-registered-uk-charities.csv",
    "uk-local-authorities": "places/uk_local_authorities_current.csv",
    "ukcat": "partners/ukcat",
}


@pytest.mark.slow
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("slug", BUILT_IN)
def test_every_source_names_as_many_as_it_expects(shared: Path, graph: Graph, slug: str) -> None:
    result = run(shared / BUILT_IN[slug], "--source", slug)
    assert result.exception is None and result.return_value in (0, 3)
    assert "are expected" not in result.stderr, result.stderr


def test_a_slug_that_nobody_described_loads_with_a_warning(
    tmp_path: Path, graph: Graph, raw: Raw
) -> None:
    (tmp_path / "m.toml").write_text('[[table]]\nkind = "person"\n[table.columns]\nname = "Name"')
    (tmp_path / "p.csv").write_text("Name,Town\nAda,Leeds\n")
    result = run(tmp_path / "p.csv", "--source", "new", "--mapping", tmp_path / "m.toml", "--json")
    assert figures(result)["accepted"] == 1 and result.return_value == 0
    assert "nobody has described" in result.stderr and "Town (1)" in result.stderr
    assert raw("MATCH (p:Person) RETURN p.consent AS c") == [{"c": 2}]
    given = ["--source", "new", "--mapping", str(tmp_path / "m.toml"), "--part", "other"]
    assert run(tmp_path / "p.csv", *given, "--strict").return_value == 1


@pytest.mark.slow
def test_the_two_funders_share_133_organisations(shared: Path, graph: Graph, raw: Raw) -> None:
    grants = shared / "partners/360giving"
    one = run(grants / "abcharitabletrust.xlsx", "--source", "abct", "--json")
    other = run(grants / "lloyds-bank-foundation.json", "--source", "lbfew", "--json")
    assert [figures(each)["accepted"] for each in (one, other)] == [783, 4116]
    assert one.return_value == other.return_value == 0
    found = raw(
        "MATCH (o:Organisation)<-[:DESCRIBES]-(r:Record) WITH o, collect(DISTINCT r.source) AS s "
        "WHERE size(s) = 2 RETURN count(o) AS n"
    )
    assert found == [{"n": 133}]


def test_an_id_that_no_row_names_is_told_of(folder: Path, graph: Graph, raw: Raw) -> None:
    (folder / "ties.csv").write_text("Who,Whom,Close\nP1,P9,5\n")
    result = run(folder)
    assert "1 that we speaks of are named by no row: person-P9." in result.stderr.replace("\n", " ")
    (folder / "people.csv").write_text("Ref,Name,For\nP1,Ada,Mill\nP2,Bo,Mill\nP9,Cy,Mill\n")
    assert "named by no row" not in run(folder).stderr


def test_every_standard_loads_and_loads_again(tmp_path: Path, graph: Graph, raw: Raw) -> None:
    described = tmp_path / "described" / "we"
    described.mkdir(parents=True)
    (described / "source.toml").write_text('slug = "we"\nlawful_basis = "consent"\n')
    (tmp_path / "map.csv").write_text(
        "Label,Type,Tags\nAda,Person,tea\nMill,Charity,\n,,\n,,\nFrom,To,Type\nAda,Mill,works for\n"
    )
    service: dict[str, Any] = {"id": "s1", "name": "Tea", "service_areas": [{"name": "Leeds"}]}
    service["organization"] = {"id": "o1", "name": "Loom", "organization_identifiers": [
        {"identifier_scheme": "GB-CHC", "identifier": "900101"}]}  # fmt: skip
    (tmp_path / "services.json").write_text(json.dumps({"contents": [service]}))
    (tmp_path / "register.txt").write_text(
        "organisation_number\tregistered_charity_number\tlinked_charity_number\tcharity_name\t"
        "charity_registration_status\n1\t900101\t0\tTHE LOOM\tRegistered\n"
    )
    for name, form in (
        ("map.csv", "kumu"), ("services.json", "openreferral"),
        ("register.txt", "charity-register"),
    ):  # fmt: skip
        words = (tmp_path / name, "--source", "we", "--sources", described.parent, "--part", name)
        first, again = run(*words, "--json"), run(*words, "--json")
        assert figures(first)["format"] == form and first.return_value == 0
        assert figures(first)["written"] == figures(first)["read"] > 0
        assert figures(again)["written"] == 0
    assert raw("MATCH (:Person {name: 'Ada'})-[:WORKS_FOR]->(o {name: 'Mill'}) RETURN o.name AS n")
    assert raw("MATCH (o:Organisation)-[:LEADS]->(:Project {title: 'Tea'}) RETURN o.name AS n") in (
        [{"n": "Loom"}], [{"n": "THE LOOM"}],
    ), "the register's number and the service's are one charity"  # fmt: skip
    assert raw("MATCH (o:Organisation) RETURN count(o) AS n") == [{"n": 2}]
