"""Each format, each of its traps: on the hard graph, read by an ordinary parser of the syntax."""

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from typing import Any
from xml.etree.ElementTree import fromstring

import pytest
from hypothesis import given, strategies
from openpyxl import load_workbook
from tests.exports.back import GEXF, GRAPHML, READERS, back
from tests.exports.hard import BARE, EMPTY, HARD, ODD, THINGS, TIES, UNDIRECTED, written

from tieline.errors import NotFound
from tieline.exports import xlsx
from tieline.exports.drawn import About
from tieline.exports.form import cell, xml
from tieline.exports.rows import free, stated, tied
from tieline.exports.written import FORMATS, form

NAME_TOKEN = re.compile(r"[\w.:-]+")
BROKEN_FIELDS = {"yes", "no", "on", "off", "true", "false"}


@pytest.mark.parametrize("name", FORMATS)
def test_everybody_is_in_it_once_and_so_is_each_tie(name: str) -> None:
    things, ties, _ = back(name, written(name))
    assert list(things) == [each.uid for each in THINGS]
    assert [(t["start"], t["end"]) for t in ties] == [(t.start, t.end) for t in TIES]
    assert len({tie["uid"] for tie in ties}) == len(TIES)


@pytest.mark.parametrize("name", FORMATS)
def test_an_isolate_and_two_of_a_name_stay_who_they_are(name: str) -> None:
    things, ties, _ = back(name, written(name))
    assert things["p-2"]["name"] == things["p-3"]["name"] == "Ana Ash"
    assert "o-2" not in {tie[end] for tie in ties for end in ("start", "end")}


@pytest.mark.parametrize("name", FORMATS)
def test_no_tie_has_the_id_of_a_thing(name: str) -> None:
    things, ties, _ = back(name, written(name))
    assert "p-1~p-2" in things and not things.keys() & {tie["uid"] for tie in ties}


@pytest.mark.parametrize("name", FORMATS)
def test_weights_are_above_nothing_and_what_is_not_known_weighs_half(name: str) -> None:
    _, ties, _ = back(name, written(name))
    weights = [float(tie["weight"]) for tie in ties]
    assert min(weights) > 0 and weights[:4] == [3.0, 2.0, 0.5, 1.0]
    assert ties[2]["thickness"] == "not yet known"


@pytest.mark.parametrize("name", FORMATS)
def test_how_much_comes_at_once_makes_no_difference(name: str) -> None:
    assert READERS[name](written(name, replace(HARD, page=1))) == back(name, written(name))
    if name not in ("gephi-csv", "kumu-csv", "xlsx"):
        assert written(name, replace(HARD, page=100)) == written(name)


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_makes_the_same_file(name: str) -> None:
    assert written(name) == written(name)


@pytest.mark.parametrize("name", FORMATS)
def test_nobody_at_all_makes_a_file_that_is_read(name: str) -> None:
    things, ties, _ = back(name, written(name, EMPTY))
    assert not things and not ties


@pytest.mark.parametrize("name", FORMATS)
def test_no_null_is_written(name: str) -> None:
    content = written(name)
    packed = content.startswith(b"PK")
    text = content.decode() if not packed else "".join(_members(content).values())
    assert "null" not in text and "None" not in text


def _members(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_there_is_no_other_format() -> None:
    with pytest.raises(NotFound, match="no format 'gml': kumu, gexf"):
        form("gml")


def test_an_id_is_free_of_those_that_are_taken() -> None:
    assert free("a~b", {}) == "a~b"
    assert free("a~b", {"a~b": None, "tie:a~b": None}) == "tie:tie:a~b"


def test_what_is_parallel_is_numbered_and_what_is_mutual_is_not() -> None:
    rows = [("a", "LEADS", "b", "", "", ""), ("a", "LEADS", "b", "x", "", "2020"),
            ("a", "WORKS_FOR", "b", "", "", ""), ("b", "LEADS", "a", "", "", "")]  # fmt: skip
    found = list(stated(rows, {}))
    assert [each.sole_kind for each in found] == ["leads", "leads 2", "works for", "leads"]
    assert len({each.uid for each in found}) == 4 and all(each.directed for each in found)
    assert found[1].role == "x" and found[1].until == "2020" and found[1].since is None


def test_a_strength_of_nothing_weighs_a_little_where_a_steward_asks() -> None:
    labelled = tied(("a", "b", "thick", ["role"], "2026-01-01", -1.0, -1.0), {})
    assert (labelled.weight, labelled.strength, labelled.unknown) == (3.0, None, None)
    counted = tied(("a", "b", "thin", [], "", 0.0, 0.5), {})
    assert (counted.weight, counted.strength, counted.unknown) == (0.001, 0.0, 0.5)


def test_kumu_has_ids_for_ends_tags_that_are_lists_and_no_field_that_breaks_it() -> None:
    data = json.loads(written("kumu"))
    assert set(data) == {"elements", "connections"}
    first = data["elements"][0]
    assert first["tags"] == ["belonging", 'a "quoted" one, or two'] and first["label"] == ODD
    fields = {key.casefold() for each in (*data["elements"], *data["connections"]) for key in each}
    assert not fields & BROKEN_FIELDS
    assert {each["direction"] for each in data["connections"]} == {"directed", "undirected"}


def test_gexf_parts_parallel_ties_by_kind_and_writes_lists_as_lists() -> None:
    text = written("gexf").decode()
    edges = [each.attrib for each in fromstring(text).iter(f"{GEXF}edge")]
    pairs = [(e["source"], e["target"], e["kind"]) for e in edges]
    assert len(set(pairs)) == len(pairs) == len(TIES)
    assert {e["kind"] for e in edges} == {"tie", "works for", "works for 2", "leads"}
    assert "[&quot;Leeds&quot;,&quot;York&quot;]" in text
    declared = {each.attrib["id"] for each in fromstring(text).iter(f"{GEXF}attribute")}
    assert {e.attrib["for"] for e in fromstring(text).iter(f"{GEXF}attvalue")} <= declared


def test_gexf_says_that_nothing_has_a_direction_only_if_nothing_has() -> None:
    assert b"defaultedgetype" not in written("gexf")
    assert b'defaultedgetype="undirected"' in written("gexf", UNDIRECTED)


def test_gexf_says_where_somebody_is_only_if_that_is_known() -> None:
    assert written("gexf").count(b"viz:position") == len(THINGS)
    assert b"viz:position" not in written("gexf", BARE)
    assert written("gexf", BARE).count(b"viz:color") == len(THINGS)


def test_graphml_has_name_tokens_declared_keys_and_no_list() -> None:
    root = fromstring(written("graphml"))
    keys = {each.attrib["id"]: each.attrib for each in root.iter(f"{GRAPHML}key")}
    assert {each.attrib["attr.type"] for each in root.iter(f"{GRAPHML}key")} == {"string", "double"}
    data = list(root.iter(f"{GRAPHML}data"))
    assert {each.attrib["key"] for each in data} <= keys.keys()
    assert not [each for each in data if (each.text or "").startswith("[")]
    ids = [each.attrib["id"] for each in root.iter(f"{GRAPHML}edge")]
    assert all(NAME_TOKEN.fullmatch(each) for each in ids) and len(set(ids)) == len(TIES)


@pytest.mark.parametrize("name", ["gexf", "graphml"])
def test_a_mixed_file_of_xml_says_which_tie_has_a_direction(name: str) -> None:
    _, ties, _ = back(name, written(name))
    assert [tie["directed"] for tie in ties] == [tie.directed for tie in TIES]


def test_cytoscape_has_one_list_of_ids_and_no_end_that_is_nobody() -> None:
    elements = json.loads(written("cytoscape"))["elements"]
    ids = [each["data"]["id"] for kind in ("nodes", "edges") for each in elements[kind]]
    assert len(set(ids)) == len(ids)
    ends = {each["data"][end] for each in elements["edges"] for end in ("source", "target")}
    assert ends <= {each["data"]["id"] for each in elements["nodes"]}


def test_graphology_is_multi_and_mixed_and_leaves_sigmas_type_alone() -> None:
    data = json.loads(written("graphology"))
    assert data["options"] == {"type": "mixed", "multi": True, "allowSelfLoops": True}
    for each in (*data["nodes"], *data["edges"]):
        assert "type" not in each["attributes"] and "kind" in each["attributes"]


def test_graphology_gives_everybody_a_place_of_their_own() -> None:
    placed = [each["attributes"] for each in json.loads(written("graphology", BARE))["nodes"]]
    places = {(each["x"], each["y"]) for each in placed}
    assert len(places) == len(THINGS)
    known = json.loads(written("graphology"))["nodes"][0]["attributes"]
    assert (known["x"], known["y"]) == (1.5, -2.25)


def test_jgf_has_no_key_of_ours_outside_metadata() -> None:
    graph = json.loads(written("jgf"))["graph"]
    assert set(graph) == {"label", "type", "directed", "metadata", "nodes", "edges"}
    assert all(set(each) == {"label", "metadata"} for each in graph["nodes"].values())
    allowed = {"id", "source", "target", "relation", "directed", "metadata"}
    assert all(set(each) == allowed for each in graph["edges"])


@pytest.mark.parametrize("name", ["gephi-csv", "kumu-csv"])
def test_no_column_is_called_what_a_tool_takes_for_its_own(name: str) -> None:
    for member, text in _members(written(name)).items():
        if member.endswith(".csv"):
            head = [each.casefold() for each in next(csv.reader(io.StringIO(text)))]
            assert not set(head) & (BROKEN_FIELDS | {"interval", "timestamp", "timeset"})
            assert len(set(head)) == len(head)


@pytest.mark.parametrize("name", ["gephi-csv", "kumu-csv", "xlsx"])
def test_no_cell_is_a_formula(name: str) -> None:
    cells: list[Any] = []
    if name == "xlsx":
        for sheet in load_workbook(io.BytesIO(written(name))).worksheets:
            cells += [each.value for row in sheet.iter_rows() for each in row]
            assert "f" not in {each.data_type for row in sheet.iter_rows() for each in row}
    else:
        for text in _members(written(name)).values():
            cells += [each for row in csv.reader(io.StringIO(text)) for each in row]
    texts = [each for each in cells if isinstance(each, str) and not _number(each)]
    assert "'+alone" in texts and not [each for each in texts if each[:1] in tuple("=+-@\t\r")]


def _number(text: str) -> bool:
    return bool(re.fullmatch(r"-?[\d.]+", text))


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "\n=1", "\uff1dx"])
def test_what_a_spreadsheet_would_run_begins_with_an_apostrophe(text: str) -> None:
    assert cell(text) == f"'{text}"


@given(strategies.text())
def test_whatever_xml_can_say_comes_back_and_nothing_breaks_it(said: str) -> None:
    root = fromstring(f'<a b="{xml(said)}">{xml(said)}</a>')
    plain = "".join(c for c in said if (c >= " " and c not in "\ufffe\uffff") or c in "\t\n\r")
    assert root.attrib["b"] == plain and (root.text or "") == plain


def test_a_number_is_a_number() -> None:
    assert (cell(-2.25), cell(None), cell("x-1"), cell(["a|b", "c"])) == (
        "-2.25", "", "x-1", "a/b|c",
    )  # fmt: skip


def test_a_spreadsheet_has_numbers_texts_no_longer_than_a_cell_and_what_it_rests_on() -> None:
    long = replace(HARD, some=[THINGS[0]._replace(description="x" * 40_000), *THINGS[1:]])
    book = load_workbook(io.BytesIO(written("xlsx", long)))
    assert book.sheetnames == ["Elements", "Connections", "About"]
    assert book["Connections"]["E2"].value == 3 and book["Connections"]["E1"].value == "Strength"
    assert len(str(book["Elements"]["D2"].value)) == xlsx.LETTERS


@pytest.mark.parametrize("letter", ["x", "é", "\U0001f343"])
def test_a_cell_is_no_longer_than_spreadsheets_count(letter: str) -> None:
    """In units of UTF-16; a letter is not cut in two."""
    for many in (xlsx.LETTERS // 2, xlsx.LETTERS, 2 * xlsx.LETTERS):
        text = xlsx.fitted(letter * many)
        assert len(text.encode("utf-16-le")) <= 2 * xlsx.LETTERS
        whole = len((letter * many).encode("utf-16-le")) <= 2 * xlsx.LETTERS
        assert text == letter * many if whole else text.strip(letter) == "…"


def test_what_a_spreadsheet_would_read_as_a_letter_stays_as_it_is() -> None:
    """`_x003D_` is how these files write an equals sign, `_x005F_` an underscore (ECMA-376)."""
    named = [THINGS[0]._replace(name="_x003D_1 and _xyz_"), *THINGS[1:]]
    sheet = _members(written("xlsx", replace(HARD, some=named)))["xl/worksheets/sheet1.xml"]
    assert ">_x005F_x003D_1 and _xyz_<" in sheet


def test_another_sheet_begins_where_one_is_full(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "ROWS", 4)
    book = load_workbook(io.BytesIO(written("xlsx", replace(HARD, page=8))))
    elements, ties = ["Elements", "Elements 2"], [f"Connections{n}" for n in ("", " 2", " 3")]
    assert book.sheetnames[:5] == [*elements, *ties]
    assert [book[name].max_row for name in ties] == [4, 4, 3]
    assert book["Connections 3"]["A1"].value == "From"


def test_it_says_whose_data_it_is() -> None:
    about = HARD.about
    assert about.licence == "CC BY 4.0; not said"
    assert "An <open> list, Some & Co (CC BY 4.0, fetched 2026-01-31)" in about.credit
    assert about.credit.endswith("what 2 said in their own words")
    nobodys = About((), 0, "2026-11-21", "0", "member", "the field")
    assert (nobodys.licence, nobodys.credit) == ("not said", "nobody's data")
