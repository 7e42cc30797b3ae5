"""CSV and TSV as they come: encodings, marks, and rows that are broken one by one."""

import codecs
import random
from pathlib import Path

import pytest

from tieline.errors import BadInput
from tieline.loaders import read
from tieline.loaders.read import Raw
from tieline.loaders.refusal import Refusal
from tieline.loaders.report import Notes


def rows(path: Path, notes: Notes | None = None) -> tuple[list[str], list[Raw | Refusal]]:
    """Headings and rows of the one sheet."""
    with read.sheets(path, notes or Notes()) as pages:
        page = next(pages)
        return page.headings, list(page.rows)


def written(folder: Path, data: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def lines(found: list[Raw | Refusal]) -> list[tuple[bool, int | None]]:
    return [(isinstance(each, Raw), each.where.line) for each in found]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("Name,Town\nZoë,Ynys Môn\n".encode(), "UTF-8"),
        (codecs.BOM_UTF8 + "Name,Town\r\nZoë,Ynys Môn\r\n".encode(), "UTF-8 with a mark"),
        ("Name,Town\nZoë,Ynys Môn\n".encode("utf-16"), "UTF-16"),
        ("Name,Town\nZoë,Ynys Môn\n".encode("utf-16-le"), "UTF-16-LE"),
        ("Name,Town\nZoë,Ynys Môn\n".encode("cp1252"), "Windows-1252"),
    ],
)
def test_encoding_is_guessed_and_reported(tmp_path: Path, data: bytes, said: str) -> None:
    notes = Notes()
    headings, found = rows(written(tmp_path, data), notes)
    assert headings == ["Name", "Town"]
    assert isinstance(found[0], Raw) and found[0].values == {"Name": "Zoë", "Town": "Ynys Môn"}
    assert any(said in line for line in notes.said)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.tsv", "Name\tTown\nAda\tLeeds, West\n"),
        ("a.txt", 'Name,Town\nAda,"Leeds, West"\n'),
        ("a.csv", "Name;Town\nAda;Leeds, West\n"),
        ("a.csv", "sep=;\nName;Town\nAda;Leeds, West\n"),
        ("a.csv", '\n\nName,Town\nAda,"Leeds, West"\n\n,\n'),
    ],
)
def test_the_separator_is_found(tmp_path: Path, name: str, data: str) -> None:
    headings, found = rows(written(tmp_path, data, name))
    assert headings == ["Name", "Town"]
    assert [each.values for each in found if isinstance(each, Raw)] == [
        {"Name": "Ada", "Town": "Leeds, West"}
    ]


def test_a_quote_never_closed_costs_one_row_not_the_rest(tmp_path: Path) -> None:
    _, found = rows(written(tmp_path, 'a,b\n1,x\n2,"open\n3,y\n4,"fine, ""really"""\n5,z\n'))
    assert lines(found) == [(True, 2), (False, 3), (True, 4), (True, 5), (True, 6)]
    assert isinstance(found[1], Refusal) and "never closed" in found[1].reason


def test_a_quote_open_to_the_end_of_a_long_file(tmp_path: Path) -> None:
    body = "".join(f"{n},text {n}\n" for n in range(3000))
    _, found = rows(written(tmp_path, 'a,b\n0,"open\n' + body))
    assert len(found) == 3001 and lines(found).count((False, 2)) == 1
    assert all(isinstance(each, Raw) for each in found[1:])


def test_cells_too_many_are_refused_and_too_few_read_as_blank(tmp_path: Path) -> None:
    _, found = rows(written(tmp_path, "a,b,c\n1,2,3\n1,2,3,4\n1,2\n1,2,3,,\n"))
    assert lines(found) == [(True, 2), (False, 3), (True, 4), (True, 5)]
    assert isinstance(found[1], Refusal) and "4 cells under 3 headings" in found[1].reason
    assert isinstance(found[2], Raw) and found[2].remarks


def test_a_cell_of_many_lines_keeps_the_line_numbers(tmp_path: Path) -> None:
    _, found = rows(written(tmp_path, 'a,b\n1,"two\nlines"\n2,x\n'))
    assert lines(found) == [(True, 2), (True, 4)]


def test_an_endless_line_is_one_refusal(tmp_path: Path) -> None:
    _, found = rows(written(tmp_path, f"a,b\n1,{'x' * 900_000}\n2,y\n"))
    assert lines(found) == [(False, 2), (True, 3)]


def test_a_row_too_long_is_not_blamed_on_a_quote(tmp_path: Path) -> None:
    _, found = rows(written(tmp_path, f"Name,Town\nAnn,{'x' * 200_000}\nBen,Leeds\n"))
    assert isinstance(found[0], Refusal) and "200,000 letters" in found[0].reason
    assert lines(found) == [(False, 2), (True, 3)]


def test_repeated_and_blank_headings_get_names_of_their_own(tmp_path: Path) -> None:
    headings, _ = rows(written(tmp_path, "Name,,Name,Town\n1,2,3,4\n"))
    assert headings == ["Name", "(column B)", "Name (2)", "Town"]


def test_bytes_that_are_no_text_stay_where_they_are(tmp_path: Path) -> None:
    data = "a,b\n1,café crème\n".encode() + b"2,bad \xa3 byte\n" + "3,thé\n".encode()
    notes = Notes()
    _, found = rows(written(tmp_path, data), notes)
    assert isinstance(found[0], Raw) and found[0].values["b"] == "café crème"
    assert isinstance(found[1], Raw) and "\udca3" in found[1].values["b"]
    assert any("damaged" in line for line in notes.said)


def test_headings_alone_are_no_rows(tmp_path: Path) -> None:
    assert rows(written(tmp_path, "Name,Town\n")) == (["Name", "Town"], [])


@pytest.mark.parametrize(
    "data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\x1f\x8b\x08rest", b"\xd0\xcf\x11\xe0rest"]
)
def test_no_table_at_all_is_said_with_what_to_do(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(BadInput, match=r"Save|Ask"):
        rows(written(tmp_path, data))


@pytest.mark.parametrize("seed", range(4))
def test_a_thousand_rows_of_noise_take_hardly_a_sound_one_with_them(
    tmp_path: Path, seed: int
) -> None:
    chance = random.Random(seed)
    broken = ['{n},"open', '{n},a"b"c,,', '{n},"x"y', "{n},1,2,3,4,5", "{n}", '"', '{n},"""",,,']
    body, sound = [], set()
    for n in range(1000):
        if chance.random() < 0.2:
            body.append(chance.choice(broken).format(n=n))
        else:
            body.append(f"sound-{n},text,,x,y")
            sound.add(f"sound-{n}")
    _, found = rows(written(tmp_path, "a,b,c,d,e\n" + "\n".join(body) + "\n"))
    read_in = [str(each.values["a"]) for each in found if isinstance(each, Raw)]
    assert len(sound & set(read_in)) >= 0.95 * len(sound)
    assert len(read_in) == len(set(read_in))
    places = [each.where.line or 0 for each in found]
    assert places == sorted(set(places))
