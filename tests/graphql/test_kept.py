"""What is remembered of documents is bounded, whatever is asked: anybody may write another."""

from itertools import count

from tieline.graphql import guard
from tieline.graphql.guard import KEPT, LONGEST, parsed, validated
from tieline.graphql.kept import OWNERS, Kept
from tieline.graphql.schema import schema


class Document:
    """One like any other."""


def test_the_least_used_is_forgotten_and_what_is_its_with_it() -> None:
    kept: Kept[int] = Kept(10_000)
    made, documents = count(), [Document() for _ in range(3 * OWNERS)]
    for each in documents:
        for level in range(4):
            kept.get(each, level, made.__next__)
        kept.get(documents[0], 0, made.__next__)
    assert len(kept) == 4 * OWNERS == len(kept._held)
    before = next(made)
    assert kept.get(documents[0], 0, made.__next__) == 0, "it was used all the time"
    assert kept.get(documents[1], 0, made.__next__) > before, "it was not"
    assert {id(owner) for owner, _ in kept._held.values()} == kept._of.keys()


def test_entries_are_bounded_for_one_document_too() -> None:
    kept: Kept[int] = Kept(50)
    one, other = Document(), Document()
    kept.get(other, 0, lambda: 1)
    for n in range(200):
        kept.get(one, n, lambda: 0)
    assert len(kept) == 50 == sum(map(len, kept._of.values())) and id(other) not in kept._of


def test_of_a_refused_document_nothing_is_kept() -> None:
    core, before = schema()._schema, len(guard._good)
    for text in ("{ nothing }", "{ viewer { level nothing } }"):
        document = parsed(text)
        assert validated(core, document) and parsed(text) is not document
    long = "{ viewer { level } }" + " " * LONGEST
    assert validated(core, parsed(long)) == () and len(guard._good) == before
    document = parsed("{ viewer { numbers level } }")
    assert validated(core, document) == () == validated(core, document)
    assert parsed("{ viewer { numbers level } }") is document
    for n in range(2 * KEPT):
        validated(core, parsed(f"query Q{n} {{ viewer {{ level }} }}"))
    assert len(guard._good) == KEPT
