"""Themes suggested by rules: bounded, told with their reasons, and never facts until said so."""

import csv
import itertools
import time
from collections.abc import Callable, Coroutine
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tieline.database.reader import Reader
from tieline.errors import NotFound, WrongUse
from tieline.loaders import load
from tieline.loaders.own_word.theme import say, take_back
from tieline.loaders.report import Refusals
from tieline.loaders.tasks import Wish, tasks
from tieline.queries.themes import measured
from tieline.queries.themes.measured import Counted, Measured
from tieline.queries.themes.rules import BadRule, Rules, compiled, plain
from tieline.queries.themes.suggest import suggestions

Run = Callable[[Coroutine[Any, Any, Any]], Any]
Readers = Callable[[int], Reader]
TODAY = date(2026, 11, 21)


def rules(**written: str) -> Rules:
    return Rules({"uid": uid, "rule": rule, "rule_not": None} for uid, rule in written.items())


def test_the_words_that_answer_are_told() -> None:
    found = rules(t=r"\b(tea|soup)s?\b", u="bread").find("Teas and SOUP, teas")
    assert found == {"t": ["Teas", "SOUP"]}


def test_what_bars_a_rule_bars_it() -> None:
    both = Rules([{"uid": "t", "rule": "army", "rule_not": "salvation army"}])
    assert both.find("The Army") and not both.find("The Salvation Army's army")


@pytest.mark.parametrize(
    ("rule", "why"),
    [
        ("(unclosed", "no regular expression"),
        ("(?=ahead)", "no regular expression"),
        (r"(a)\1", "no regular expression"),
        ("a*", "any text at all"),
        ("x" * 5000, "longer than"),
        ("((((a{1,100}){1,100}){1,100}))", "no regular expression"),
    ],
)
def test_a_rule_that_cannot_be_used_is_told_and_stops_no_other(rule: str, why: str) -> None:
    with pytest.raises(BadRule, match=why):
        compiled(rule)
    some = rules(bad=rule, good="tea")
    assert why in some.bad["bad"] and some.find("tea") == {"good": ["tea"]}


def test_no_expression_takes_for_ever() -> None:
    wild = rules(a="(a+)+b", b="(a|aa)+c", c="(.*a){12}b", d="tea", e="a(.*c)?a")
    began = time.process_time()
    assert wild.find("a" * 19_000 + " tea") == {"d": ["tea"], "e": ["aa"]}
    assert time.process_time() - began < 2


def test_rules_that_say_nothing_are_none() -> None:
    assert [plain(each) for each in ("", r"\b()\b", r" \bTea\Z")] == ["", "", r"\bTea\z"]
    assert compiled("women\\\u2019s").search("Women\u2019s Institute")


def test_one_pass_finds_what_each_rule_finds(shared: Path) -> None:
    """UK-CAT's own rules on its own texts, together and one by one."""
    with (shared / "partners/ukcat/ukcat.csv").open(encoding="utf-8-sig") as stream:
        written = [
            {"uid": x["Code"], "rule": x["Regular expression"],
             "rule_not": x["Exclude regular expression"]}
            for x in csv.DictReader(stream)
        ]  # fmt: skip
    with (shared / "partners/ukcat/sample.csv").open(encoding="utf-8-sig") as stream:
        lines = itertools.islice(csv.DictReader(stream), 300)
        texts = [f"{line['name']} {line['activities']}" for line in lines]
    together = Rules(written)
    assert len(together.rules) == 241 and not together.bad
    alone = Rules(written)
    alone._any = None
    assert [together.find(text) for text in texts] == [alone.find(text) for text in texts]


def test_confidence_is_what_was_counted_and_a_little_of_the_average() -> None:
    held = Measured.of(
        {("s", "a", "name"): Counted(8, 8), ("s", "b", "name"): Counted(2, 0),
         ("s", "a", "text"): Counted(0, 0)}
    )  # fmt: skip
    assert held.average["name"] == 0.8
    assert held.confidence("s", "a", "name") == round((8 + 2 * 0.8) / 10, 3)
    assert held.confidence("s", "b", "name") == round((0 + 2 * 0.8) / 4, 3)
    assert held.confidence("s", "c", "name") is None
    assert "Nobody has measured" in held.said("s", "c", "name")


def test_what_comes_with_it_is_what_was_counted_on_the_sample(shared: Path) -> None:
    import importlib.util

    where = Path(__file__).parent.parent.parent / "benchmarks" / "tagging.py"
    spec = importlib.util.spec_from_file_location("tagging", where)
    assert spec and spec.loader
    tagging = importlib.util.module_from_spec(spec)
    import sys

    sys.modules["tagging"] = tagging
    spec.loader.exec_module(tagging)
    folder = shared / "partners" / "ukcat"
    some = tagging.charities(folder, tagging.rules_of(folder))
    assert tagging.count(some) == dict(measured.measured().counted)
    answers = tagging.held_out(some)
    told = [right for sure, right, _ in answers if sure >= 0.5]
    assert 0.6 < sum(told) / len(told) < 0.7  # of unseen halves: as likely right as it says
    off = sum(sure for sure, *_ in answers) - sum(right for _, right, _ in answers)
    assert abs(off) / len(answers) < 0.02


@pytest.fixture
def field(graph: Any, tmp_path: Path) -> Any:
    """Two projects and a vocabulary with rules, loaded as partners send them. Invented."""
    (tmp_path / "source.toml").write_text('slug = "we"\ntitle = "We"\nmapping = "m.toml"\n')
    (tmp_path / "m.toml").write_text(
        '[[table]]\nname = "themes"\nfile = "t.csv"\nkind = "theme"\nid = "Code"\n'
        '[table.columns]\nlabel = "Label"\ncode = "Code"\nscheme = { value = "uk-cat" }\n'
        'rule = "Rule"\nbroader = { column = "Up", by = "id", scheme = "uk-cat" }\n'
        '[[table]]\nname = "work"\nfile = "p.csv"\nkind = "project"\nid = "Id"\n'
        '[table.columns]\ntitle = "Title"\ndescription = "About"\n'
        'themes = { column = "Themes", by = "id", scheme = "uk-cat" }\n'
    )
    (tmp_path / "t.csv").write_text(
        "Code,Label,Rule,Up\nSW106,Loneliness,\\blonel(y|iness)\\b,SW\nSW,Social welfare,,\n"
        "XX1,Tea,\\btea\\b,\nBAD,Broken,(tea,\n"
    )
    (tmp_path / "p.csv").write_text(
        "Id,Title,About,Themes\n1,Tea at Three,Company for lonely people,\n"
        "2,Soup,For lonely people,SW106\n"
    )
    with Refusals() as refusals:
        notes = [load.run(graph, task, refusals).notes for task in tasks(Wish(tmp_path))]
    assert not refusals.count
    return graph, "\n".join(line for note in notes for line in note.lines())


def found(answer: dict[str, Any]) -> list[tuple[str, float | None]]:
    return [(" ".join(row["words"]), row["confidence"]) for row in answer["rows"]]


def test_a_bad_rule_is_told_with_its_line_and_the_theme_is_loaded(field: Any, raw: Any) -> None:
    _, told = field
    assert "Rule: left out: no regular expression of RE2's" in told and "line 5" in told
    assert raw("MATCH (t:Theme {code: 'BAD'}) RETURN t.label AS label, t.rule AS rule") == [
        {"label": "Broken", "rule": None}
    ]


def test_suggestions_say_why_and_what_is_known_is_not_suggested(
    field: Any, reader: Readers, run: Run
) -> None:
    told = run(suggestions(reader(4), least=0.0))
    assert [words for words, _ in found(told)] == ["lonely", "Tea"]
    sure, unmeasured = told["rows"]
    assert sure["confidence"] == measured.measured().confidence("uk-cat", "SW106", "text")
    assert "It says \"lonely\", as uk-cat's rule for 'Loneliness' looks for. Of " in sure["reason"]
    assert unmeasured["confidence"] is None and "Nobody has measured" in unmeasured["reason"]
    assert run(suggestions(reader(4), least=0.99))["rows"] == []
    assert sure["source_slugs"] == ["we"] and told["graph_version"] and told["uncertainty"]
    with pytest.raises(WrongUse):
        run(suggestions(reader(4), least=1.5))
    with pytest.raises(NotFound):
        run(suggestions(reader(4), "j-none"))


def test_said_refused_and_taken_back(field: Any, reader: Readers, run: Run, raw: Any) -> None:
    graph, _ = field
    (first, *_) = run(suggestions(reader(4), least=0.0))["rows"]
    thing, theme = first["thing_uid"], first["theme_uid"]

    def rows() -> list[str]:
        return [words for words, _ in found(run(suggestions(reader(4), least=0.0)))]

    def works() -> int:
        text = "MATCH (:Project {uid: $j})-[r:WORKS_ON]->(:Theme {uid: $t}) RETURN count(r) AS n"
        return int(raw(text, j=thing, t=theme)[0]["n"])

    assert graph.write(lambda s: say(s, None, thing, theme, True, TODAY))
    assert not graph.write(lambda s: say(s, None, thing, theme, True, TODAY))
    assert (works(), rows()) == (1, ["Tea"])
    assert graph.write(lambda s: say(s, None, thing, theme, False, TODAY)), "the later word counts"
    assert (works(), rows()) == (0, ["Tea"])
    assert graph.write(lambda s: take_back(s, None, thing, theme, TODAY))
    assert not graph.write(lambda s: take_back(s, None, thing, theme, TODAY))
    assert (works(), rows()) == (0, ["lonely", "Tea"])
    assert graph.write(lambda s: say(s, None, thing, theme, True, TODAY)), "it can be said again"
    assert works() == 1
    with pytest.raises(WrongUse):
        graph.write(lambda s: say(s, None, theme, thing, True, TODAY))
    kept = raw("MATCH (r:Record) WHERE r.uid CONTAINS ':theme_said/' RETURN count(r) AS n")
    assert kept == [{"n": 3}], "what was said is kept"


def test_what_is_hidden_is_neither_looked_at_nor_suggested(
    field: Any, reader: Readers, run: Run, raw: Any
) -> None:
    raw("MATCH (t:Theme {code: 'SW106'}) SET t.audience = 2")
    told = run(suggestions(reader(4), least=0.0))
    assert [words for words, _ in found(told)] == ["Tea"] and told["total"] == 1
    raw("MATCH (j:Project {title: 'Tea at Three'}) SET j.audience = 1")
    told = run(suggestions(reader(4), least=0.0))
    assert told["rows"] == [] and "1 looked at" in told["note"]


def test_without_rules_it_says_where_some_are(graph: Any, reader: Readers, run: Run) -> None:
    assert "tieline load FOLDER --source ukcat" in run(suggestions(reader(4)))["note"]
