"""A vocabulary written out: read back by ourselves, and by the tools that such files are for."""

import json
import re
import subprocess
import venv
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from neo4j import AsyncDriver

from tieline.database.address import Address
from tieline.database.graph import Graph
from tieline.database.install import install
from tieline.database.reader import Reader
from tieline.errors import NotFound
from tieline.exports import skos, sssom
from tieline.exports.vocabulary import UNSAID, Vocabulary, read
from tieline.loaders import load
from tieline.loaders.formats.sssom import header
from tieline.loaders.report import Notes, Refusals
from tieline.loaders.tasks import Wish, tasks
from tieline.loaders.withdraw import withdraw
from tieline.schema.consent import Viewer
from tieline.schema.prefixes import prefixes
from tieline.schema.records import Row

Run = Callable[[Coroutine[Any, Any, Any]], Any]
SSSOM = "sssom==0.4.21"  # MIT; it brings rdflib (BSD-3-Clause)


def brought(graph: Graph, path: Path, slug: str | None = None) -> None:
    with Refusals() as refusals:
        for task in tasks(Wish(path, slug)):
            load.run(graph, task, refusals)
        assert not refusals.count, refusals.first


@pytest.fixture(scope="module")
def words(connection: Graph) -> Iterator[Graph]:
    """The field's own words in an empty graph."""
    while connection.write(lambda s: s.run("database/empty", batch=20_000))[0]["deleted"]:
        pass
    install(connection)
    brought(connection, Path("relational-words"))
    yield connection


@pytest.fixture
def seen(driver: AsyncDriver, address: Address, run: Run) -> Callable[..., Vocabulary]:
    def ask(scheme: str, level: int = 4) -> Vocabulary:
        reader = Reader(driver, address.database, Viewer(level), seconds=60)
        found: Vocabulary = run(read(reader, scheme))
        return found

    return ask


def said(held: Vocabulary) -> set[tuple[Any, ...]]:
    ends = ("subject", "object")
    return {
        (*(match[side]["code"] for side in ends), match["predicate"], match["confidence"],
         match["justification"], match["by"], match["at"], match["comment"])
        for match in held.matches
    }  # fmt: skip


def test_what_is_written_says_the_same_when_it_is_loaded(
    words: Graph, seen: Callable[..., Vocabulary], tmp_path: Path
) -> None:
    before = seen("field-words")
    assert len(before.themes) == 50 and len(before.matches) == 37
    path = tmp_path / "theirs.sssom.tsv"
    path.write_text(sssom.write(before), "utf-8")
    brought(words, path, "theirs")
    withdraw(words, "relational-words")
    after = seen("field-words")
    assert said(after) == said(before)
    lacking = {t["code"]: t["no_word_in"] for t in before.themes if t["no_word_in"]}
    assert {t["code"]: t["no_word_in"] for t in after.themes if t["no_word_in"]} == lacking
    withdraw(words, "theirs")
    brought(words, Path("relational-words"))
    assert said(seen("field-words")) == said(before)


def test_nothing_is_written_of_what_is_hidden(
    words: Graph, seen: Callable[..., Vocabulary], raw_words: Callable[..., Any]
) -> None:
    raw_words("MATCH (t:Theme {scheme: 'field-words', code: 'befriending'}) SET t.audience = 2")
    text = sssom.write(seen("field-words")) + skos.write(seen("field-words"))
    assert "befriending" not in text.replace("telephone befriending", "")
    assert "befriending" in sssom.write(seen("field-words", 2))
    raw_words("MATCH (t:Theme {code: 'befriending'}) SET t.audience = 4")
    with pytest.raises(NotFound, match="no vocabulary 'none'"):
        seen("none")


@pytest.fixture
def raw_words(address: Address, words: Graph) -> Iterator[Callable[..., Any]]:
    from neo4j import GraphDatabase

    with GraphDatabase.driver(address.uri, auth=(address.user, address.password)) as opened:
        yield lambda text: opened.execute_query(text, database_=address.database)


def odd(**more: Any) -> Vocabulary:
    """A vocabulary with everything in it that may break a file."""
    word = {"label": 'a "b"\tc\nd\\', "scheme": "odd", "code": None, "note": "x\u0007",
            "uid": "t-1", "alt_labels": ['"'], "no_word_in": ["other"], "broader": []}  # fmt: skip
    end = {"label": "e;f", "scheme": "other", "code": "1/2 3"}
    match = {"predicate": "closeMatch", "confidence": 0.5, "justification": None, "by": 'A "B"',
             "at": None, "comment": "one\ttwo\nthree", "source": "s", "subject": word,
             "object": end}  # fmt: skip
    source = {"slug": "s", "title": 'An "odd" one', "licence": "CC0-1.0; none"} | more
    return Vocabulary("odd", [word], [match, match | {"predicate": None}], [source])


def test_no_text_breaks_the_table() -> None:
    lines = sssom.write(odd()).splitlines()
    body = [line.split("\t") for line in lines if not line.startswith("#")]
    assert {len(cells) for cells in body} == {len(sssom.COLUMNS)} and len(body) == 3
    assert odd().untold == 1
    assert f"#license: {UNSAID}" in lines and odd(licence="CC BY 4.0").licence != UNSAID


ODD = [
    "our words", "a/b", "https://words.example/ours", "x: y", "Wörter", "言葉", "42", "skos",
    "UKCAT", "ukcat", "vocabulary", "-", 'a "b" \\d', "ends.", "looks_like_0123abcd", "our_words",
    "50% #1", "no", "Null",
]  # fmt: skip


def named(*schemes: str) -> Vocabulary:
    """A word of the first vocabulary that matches one of each of the others, but the last."""
    word: dict[str, Any] = {
        "label": "tea",
        "code": "T 1",
        "note": None,
        "alt_labels": [],
        "broader": [],
    }
    subject = word | {"scheme": schemes[0], "no_word_in": [schemes[-1]]}
    match = odd().matches[0] | {"subject": subject, "comment": None}
    matches = [match | {"object": word | {"scheme": each}} for each in schemes[1:-1]]
    source = {"slug": "s", "title": 'An "odd" one \\d', "licence": "CC0"}
    return Vocabulary(schemes[0], [subject], matches, [source])


@pytest.mark.parametrize("at", range(len(ODD)))
def test_any_name_of_a_vocabulary_comes_back_by_a_prefix_that_is_one(
    at: int, tmp_path: Path
) -> None:
    schemes = ODD[at:] + ODD[:at]
    path = tmp_path / "odd.sssom.tsv"
    path.write_text(sssom.write(named(*schemes)), "utf-8")
    declared = header.read(path, Notes()).prefixes.keys() - header.KNOWN.keys()
    assert len({each.casefold() for each in declared}) == len(schemes)
    assert all(re.fullmatch(r"[A-Za-z][\w-]*", each, re.ASCII) for each in declared)
    (task,) = tasks(Wish(path, "theirs"))
    *told, last = [row for row in task.rows(Notes()) if isinstance(row, Row)]
    found = [[json.loads(m.fields)["scheme"] for m in row.mentions.values()] for row in told]
    assert found == [[schemes[0], each] for each in schemes[1:-1]]
    lacking = json.loads(last.record.fields)
    assert (lacking["scheme"], lacking["no_word_in"]) == (schemes[0], [schemes[-1]])


def test_a_plain_name_is_its_own_prefix_and_an_odd_one_the_same_in_every_file() -> None:
    alone, beside = prefixes(["uk-cat", "our words"]), prefixes(["our words", "our-words"])
    assert alone == {"uk-cat": "uk-cat", "our words": "our_words_6e2f0581"}
    assert beside["our words"] == alone["our words"] and beside["our-words"] == "our-words"


def test_no_name_of_a_vocabulary_breaks_an_address() -> None:
    theme: dict[str, Any] = {"scheme": "our words> .", "code": "a b", "label": "Tea"}
    theme |= {"alt_labels": [], "note": None, "broader": []}
    text = skos.write(Vocabulary("our words> .", [theme], [], []))
    assert "<https://tieline.example/our%20words%3E%20./a%20b> a skos:Concept" in text
    assert "<https://tieline.example/our%20words%3E%20./> a skos:ConceptScheme" in text
    assert "/our words" not in text


@pytest.mark.slow
def test_the_tools_of_the_standard_read_it(
    words: Graph, seen: Callable[..., Vocabulary], tmp_path: Path
) -> None:
    """In an environment of its own: sssom validates, rdflib reads the Turtle."""
    venv.create(tmp_path / "v", with_pip=True)
    tools = tmp_path / "v" / "bin"
    done = subprocess.run([tools / "python", "-m", "pip", "install", "-q", SSSOM], check=False)
    if done.returncode:
        pytest.skip(f"{SSSOM} cannot be installed here")
    shipped = Path(str(tasks(Wish(Path("relational-words")))[1].path))
    table, turtle = tmp_path / "ours.sssom.tsv", tmp_path / "ours.ttl"
    for held in (seen("field-words"), odd(), named(*ODD)):
        table.write_text(sssom.write(held), "utf-8")
        turtle.write_text(skos.write(held), "utf-8")
        for path in (table, shipped):
            subprocess.run([tools / "sssom", "validate", path], check=True)
        count = "import sys, rdflib as r; g = r.Graph(); g.parse(sys.argv[1]); "
        count += "print(len(set(g.subjects(r.RDF.type, r.SKOS.Concept))))"
        told = subprocess.run(
            [tools / "python", "-c", count, turtle], check=True, capture_output=True, text=True
        )
        assert int(told.stdout) == len(held.themes)
    table.write_text(sssom.write(odd()).replace("\t0.5\t", "\t1.5\t"), "utf-8")
    wrong = subprocess.run([tools / "sssom", "validate", table], capture_output=True)
    assert wrong.returncode, "or it would find nothing wrong in ours either"
