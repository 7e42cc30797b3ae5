"""Routes are told apart by whatever eyes, on light paper and on dark."""

from itertools import combinations

import pytest
from tests.web.colours import EYES, apart, contrast, read

THEMES = ("LIGHT", "DARK")


@pytest.mark.parametrize("theme", THEMES)
def test_a_route_and_its_number_are_legible(theme: str) -> None:
    found = read(theme)
    assert len(found["routes"]) == 3
    for colour in found["routes"]:
        assert contrast(colour, found["paper"][0]) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("eyes", EYES)
def test_no_two_routes_look_alike(theme: str, eyes: str) -> None:
    for one, other in combinations(read(theme)["routes"], 2):
        assert apart(one, other, eyes) >= 25


@pytest.mark.parametrize("theme", THEMES)
def test_dots_and_signs_stand_out_from_the_paper(theme: str) -> None:
    found = read(theme)
    for colour in (*found["circles"], *found["other"], *found["mark"], *found["warn"]):
        assert contrast(colour, found["paper"][0]) >= 3


def test_these_measures_are_those_that_are_published() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert apart("#ff0000", "#00ff00", "all") == pytest.approx(170.6, abs=1)
    assert apart("#ff0000", "#00ff00", "no green") < 0.5 * apart("#ff0000", "#00ff00", "all")
