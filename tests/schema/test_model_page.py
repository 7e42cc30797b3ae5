"""docs/model.md is drawn from the classes, and the classes from nothing but themselves."""

from pathlib import Path

from tieline.loaders.formats.table import statements
from tieline.schema import diagram
from tieline.schema.declared import NODES
from tieline.schema.records import LABELS
from tieline.schema.relationships import CLASSES, VERBS, properties

PAGE = Path(__file__).parent.parent.parent / "docs" / "model.md"


def test_the_page_equals_the_classes() -> None:
    page = PAGE.read_text("utf-8")
    assert diagram.drawn(page) == page, "python -m tieline.schema.diagram docs/model.md"
    for text in (diagram.mermaid(), diagram.tables()):
        assert text in page


def test_drawing_anew_puts_back_what_somebody_wrote_between_the_markers() -> None:
    page = PAGE.read_text("utf-8")
    spoilt = page.replace("| `consent` |", "| `konsent` |").replace("class Record {", "class R {")
    assert spoilt != page
    assert diagram.drawn(spoilt) == page


def test_every_class_and_verb_says_what_it_is() -> None:
    told = diagram.model()
    for name, thing in told["things"].items():
        assert thing["what"], name
        assert all(row["what"] not in ("", "None") for row in thing["properties"]), name
    for name, verb in told["verbs"].items():
        assert verb["sentence"].startswith("{a} ") and verb["sentence"].endswith(" {b}"), name
        assert all(row["what"] not in ("", "None") for row in verb["properties"]), name


def test_kinds_and_labels_are_those_of_the_records() -> None:
    classes = {cls.__label__: cls for cls in NODES}
    for kind, labels in LABELS.items():
        assert classes[CLASSES[kind]].inherited_labels() == labels
    ends = {kind for verb in VERBS.values() for kind in (*verb.starts, *verb.ends)}
    assert ends == set(LABELS) | {"record", "identifier"}


def test_what_a_source_states_says_who_states_it() -> None:
    for verb in VERBS.values():
        if verb.stated:
            carried = set(properties(verb.model))
            assert carried >= {"uid", "source", "record", "from_record", "to_record", "audience"}


def test_a_table_may_state_every_verb_that_a_source_may() -> None:
    stated = {v.name: (v.starts, v.ends) for v in VERBS.values() if v.stated}
    del stated["OBSERVED"]  # tables of ties state those
    assert statements.VERBS == stated


def test_a_verb_reads_aloud() -> None:
    assert VERBS["WORKS_FOR"].told("Ada", "the Guild") == "Ada works for the Guild"
    assert set(VERBS) == {
        "WORKS_FOR", "MEMBER_OF", "LEADS", "ADVISES", "PART_OF", "PARTNERS_ON", "FUNDS",
        "BASED_IN", "SERVES", "WORKS_ON", "OFFERS", "ASKS_FOR", "FOLLOWS", "WITHIN",
        "SUCCEEDED_BY", "BROADER", "MATCHES", "OBSERVED", "TIE", "DESCRIBES", "MENTIONS",
        "IDENTIFIED_BY",
    }  # fmt: skip
