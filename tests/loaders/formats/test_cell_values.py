"""Cells to values: what people write, and what is refused."""

import datetime
from typing import Any

import pytest

from tieline.loaders import values
from tieline.loaders.refusal import Unreadable

GOOD: list[tuple[values.Reader, Any, Any]] = [
    (values.day, "2015-06-10T00:00:00+00:00", "2015-06-10"),
    (values.day, "2015-06-10", "2015-06-10"),
    (values.day, "31/03/2024", "2024-03-31"),
    (values.day, "1/4/2024", "2024-04-01"),
    (values.day, "2 May 2019", "2019-05-02"),
    (values.day, datetime.datetime(2021, 1, 26, 0, 0), "2021-01-26"),
    (values.day, datetime.date(2021, 1, 26), "2021-01-26"),
    (values.when, "1998", "1998"),
    (values.when, 1998, "1998"),
    (values.when, "1998-05", "1998-05"),
    (values.amount, "£1,000.50", 1000.5),
    (values.amount, "Â£1,000", 1000.0),
    (values.amount, 30000, 30000.0),
    (values.amount, "GBP 12", 12.0),
    (values.yes, "YES", True),
    (values.yes, "N", False),
    (values.yes, 1, True),
    (values.level, "Public", 4),
    (values.level, 2, 2),
    (values.url, "www.example.org", "http://www.example.org"),
    (values.url, " https://example.org/a b ", "https://example.org/ab"),
    (values.url, "example.org:8080/x", "http://example.org:8080/x"),
    (values.text, "two\r\n  lines\u200b", "two lines"),
    (values.text, 9001.0, "9001"),
    (values.prose, "CafÃ© at donâ€™t, CAFÉ» stays", "Café at don’t, CAFÉ» stays"),  # noqa: RUF001
    (values.discreet, "ask sam@example.org today", "ask [e-mail left out] today"),
    (values.district, "se11 5rr", "SE11"),
    (values.district, "CV1", "CV1"),
]


@pytest.mark.parametrize(("how", "said", "meant"), GOOD)
def test_read(how: values.Reader, said: Any, meant: Any) -> None:
    assert how(said) == meant


BAD: list[tuple[values.Reader, Any]] = [
    (values.day, "2015-25-12"),
    (values.day, "31/02/2024"),
    (values.day, "bad date"),
    (values.day, 44222),
    (values.day, "24/5/21"),
    (values.amount, "This should be a number"),
    (values.amount, "NaN"),
    (values.amount, "1e999"),
    (values.amount, True),
    (values.number, "inf"),
    (values.yes, "perhaps"),
    (values.level, "Yes"),
    (values.url, "sam@example.org"),
    (values.url, "javascript:alert(1)"),
    (values.url, "[redacted]"),
    (values.text, ["a"]),
    (values.text, "x" * 30_000),
    (values.text, "broken \udca3 byte"),
    (values.district, "Coventry"),
    (values.latitude, 91),
]


@pytest.mark.parametrize(("how", "said"), BAD)
def test_refused_with_what_to_do(how: values.Reader, said: Any) -> None:
    with pytest.raises(Unreadable) as caught:
        how(said)
    assert caught.value.reason and caught.value.mend.endswith(".")


def test_a_formula_is_text_and_never_a_number() -> None:
    with pytest.raises(Unreadable, match="formula"):
        values.amount("=SUM(A1:A9)")


@pytest.mark.parametrize("said", [None, "", "  ", "NA", "n/a", "No data", "-", "—", "NULL", [], {}])
def test_the_ways_people_write_that_they_do_not_know(said: Any) -> None:
    assert values.blank(said)


def test_nought_is_something() -> None:
    assert not values.blank(0) and not values.blank(False) and not values.blank("0")
