"""Constraint, effective size, betweenness and mixing: known answers, brute force, stated errors."""

import csv
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import networkx
import numpy as np
import pytest

from tieline.queries.bridges import measures as measured
from tieline.queries.bridges.between import between, sampled
from tieline.queries.bridges.blocks import blocks
from tieline.queries.bridges.cut import cuts_of
from tieline.queries.bridges.field import Field, of_ties
from tieline.queries.bridges.measures import measures
from tieline.queries.bridges.mixing import index, mixing

FEW, MANY, AT_ONCE = 300, 10_000, 1_000
Answers = dict[str, float]


def known(shared: Path) -> dict[str, Any]:
    path = shared / "networks" / "known_answers.json"
    found: dict[str, Any] = json.loads(path.read_text())["networks"]
    return found


def network(shared: Path, name: str) -> Field:
    """Undirected and unweighted, as the known answers are."""
    with (shared / "networks" / name / "edges.csv").open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    return of_ties((row[0], row[1], 1.0) for row in rows)


def of(field: Field, values: Any) -> Answers:
    return dict(zip(field.uids, values.tolist(), strict=True))


def told(field: Field) -> dict[str, Answers]:
    found = measures(len(field.uids), field.ends)
    routes = between(len(field.uids), field.ends)
    assert routes.starts is None and routes.error == 0.0
    return {
        "constraint": of(field, found.constraint),
        "effective": of(field, found.effective),
        "betweenness": of(field, routes.actors),
    }


NETWORKS = [
    "krackhardt_hightech_advice",
    "krackhardt_hightech_friends",
    "krackhardt_hightech_reports",
    "bkfrac_cognitive_weighted",
    "uc_forum_weighted_2mode",
    "uk_faculty_weighted",
    "ceos_clubs",
    "cross_parker_consulting_info",
    "cross_parker_consulting_value",
    "online_social_network_weighted",
]


@pytest.mark.parametrize("name", NETWORKS)
def test_known_networks(shared: Path, name: str) -> None:
    """All that networkx and igraph were found to agree on."""
    want, field = known(shared)[name], network(shared, name)
    assert (len(field.uids), len(field.ends)) == (want["nodes_in_edges"], want["ties_undirected"])
    parted_alike(field, want)
    if len(field.uids) * len(field.ends) > 10**7:  # so long do routes take: see the slow one below
        return measured_alike(field, want)
    got = told(field)
    for uid, _, share in want["betweenness_unweighted_top10"]:
        assert got["betweenness"][uid] == pytest.approx(share, abs=1e-6)
    top = sorted(got["betweenness"].values(), reverse=True)[:10]
    assert top == pytest.approx([row[2] for row in want["betweenness_unweighted_top10"]], abs=1e-6)
    measured_alike(field, want)


def parted_alike(field: Field, want: dict[str, Any]) -> None:
    """How many parts there are, and how large the largest."""
    sizes = sorted(np.bincount(blocks(len(field.uids), field.ends).part).tolist(), reverse=True)
    assert (len(sizes), sizes[:5]) == (want["components"], want["component_sizes_top5"])


def test_who_met_whom_at_work(shared: Path) -> None:
    """Contacts of 20 seconds: whoever met at all is tied."""
    folder = shared / "networks" / "sociopatterns_workplace_InVS"
    with zipfile.ZipFile(folder / "tij.dat.zip") as file:
        lines = file.read("tij_InVS.dat").decode().split("\n")
    field = of_ties((row[1], row[2], 1.0) for line in lines if (row := line.split()))
    (name,) = (each for each in known(shared) if each.startswith("sociopatterns"))
    want, got = known(shared)[name], told(field)
    assert (len(field.uids), len(field.ends)) == (want["nodes_in_edges"], want["ties_undirected"])
    parted_alike(field, want)
    measured_alike(field, want)
    for uid, _, share in want["betweenness_unweighted_top10"]:
        assert got["betweenness"][uid] == pytest.approx(share, abs=1e-6)


def measured_alike(field: Field, want: dict[str, Any]) -> None:
    found = measures(len(field.uids), field.ends)
    constraint, effective = of(field, found.constraint), of(field, found.effective)
    for uid, value in want.get("burt_constraint_unweighted_lowest10", []):
        assert constraint[uid] == pytest.approx(value, abs=1e-6)
    listed = [value for _, value in want.get("burt_constraint_unweighted_lowest10", [])]
    assert sorted(constraint.values())[: len(listed)] == pytest.approx(listed, abs=1e-6)
    for uid, value in want.get("effective_size_top10", []):
        assert effective[uid] == pytest.approx(value, abs=1e-4)
    cut = cuts_of(field).ranked
    for key, ends in (("bridges", 2), ("articulation_points", 1)):
        found_ = {tuple(sorted(each.actors)) for each in cut if len(each.actors) == ends}
        assert len(found_) == want[f"{key}_count"]
        if key in want:
            listed_ = [each if ends == 2 else [each] for each in want[key]]
            assert found_ == {tuple(sorted(each)) for each in listed_}


@pytest.mark.slow
def test_routes_of_a_large_network_as_networkx_and_igraph_count_them(shared: Path) -> None:
    name = "online_social_network_weighted"
    field = network(shared, name)
    got = of(field, between(len(field.uids), field.ends, exact=10**9).actors)
    for uid, _, share in known(shared)[name]["betweenness_unweighted_top10"]:
        assert got[uid] == pytest.approx(share, abs=1e-6)


def test_bridges_of_a_network_of_289_thousand_ties(shared: Path) -> None:
    field, want = network(shared, "scale_github_289k"), known(shared)["scale_github_289k"]
    parted_alike(field, want)
    cut = cuts_of(field).ranked
    assert sum(len(each.actors) == 2 for each in cut) == want["bridges_count"]
    assert sum(len(each.actors) == 1 for each in cut) == want["articulation_points_count"]


def test_the_figures_of_the_design(shared: Path) -> None:
    kite, karate, medici = (
        told(network(shared, name))
        for name in ("krackhardt_kite", "karate_weighted", "florentine_marriage")
    )
    assert kite["betweenness"]["7"] == pytest.approx(0.3889, abs=1e-4)  # Heather
    assert kite["constraint"]["7"] == pytest.approx(0.4311, abs=1e-4)
    for uid in ("5", "6"):  # Fernando and Garth
        assert kite["betweenness"][uid] == pytest.approx(0.2315, abs=1e-4)
        assert kite["constraint"][uid] == pytest.approx(0.4451, abs=1e-4)
    assert karate["betweenness"]["0"] == pytest.approx(0.4376, abs=1e-4)
    assert karate["betweenness"]["33"] == pytest.approx(0.3041, abs=1e-4)
    assert karate["constraint"]["0"] == pytest.approx(0.1554, abs=1e-4)
    assert karate["constraint"]["33"] == pytest.approx(0.1564, abs=1e-4)
    assert medici["betweenness"]["Medici"] == pytest.approx(0.5220, abs=1e-4)


def drawn(seed: int) -> networkx.Graph:
    """A graph of up to 60 actors, sparse or dense; some have no tie."""
    dice = Random(seed)
    graph = networkx.Graph()
    graph.add_nodes_from(range(dice.randint(1, 60)))
    actors = len(graph)
    for _ in range(int(actors * dice.choice([0.5, 1, 1, 2, 6]))):
        a, b = dice.randrange(actors), dice.randrange(actors)
        if a != b:
            graph.add_edge(min(a, b), max(a, b))
    return graph


def brute(graph: networkx.Graph, one: int) -> tuple[float, float]:
    """Constraint and effective size of one who has ties, as they are defined."""
    near, share = set(graph[one]), {at: 1 / max(1, graph.degree(at)) for at in graph}
    constraint = sum(
        (share[one] + sum(share[one] * share[each] for each in near & set(graph[other]))) ** 2
        for other in near
    )
    among = graph.subgraph(near).number_of_edges()
    return constraint, len(near) - 2 * among / len(near)


def alike(seed: int) -> None:
    """Bridges, cut points, constraint and effective size of one graph, by definition and ours; each
    twentieth by networkx too."""
    graph = drawn(seed)
    ends = np.array(sorted(tuple(sorted(tie)) for tie in graph.edges), np.int64).reshape(-1, 2)
    found = measures(len(graph), ends)
    assert found.ties.tolist() == [graph.degree(at) for at in range(len(graph))]
    for at in range(len(graph)):
        near = set(graph[at])
        assert found.joined[at] == sum(bool(near & set(graph[other])) for other in near)
        want = brute(graph, at) if near else (np.nan, np.nan)
        got = (found.constraint[at], found.effective[at])
        assert got == pytest.approx(want, rel=1e-9, nan_ok=True)
    if seed % 20 == 0:
        for ours, theirs in (
            (found.constraint, networkx.constraint(graph)),
            (found.effective, networkx.effective_size(graph)),
        ):
            listed = [theirs[at] for at in range(len(graph))]
            assert ours.tolist() == pytest.approx(listed, rel=1e-9, nan_ok=True)
    cut = cuts_of(of_ties((f"{a:02}", f"{b:02}", 1.0) for a, b in ends.tolist())).ranked
    parted = [tuple(int(uid) for uid in each.actors) for each in cut]
    fall = [(at,) for at in networkx.articulation_points(graph)]
    fall += [tuple(sorted(tie)) for tie in networkx.bridges(graph)]
    assert sorted(parted) == sorted(fall)


@pytest.mark.parametrize("start", range(0, FEW, 100))
def test_random_graphs(start: int) -> None:
    for seed in range(start, start + 100):
        alike(seed)


@pytest.mark.slow
@pytest.mark.parametrize("start", range(0, MANY, AT_ONCE))
def test_ten_thousand_random_graphs(start: int) -> None:
    for seed in range(start, start + AT_ONCE):
        alike(seed)


def test_it_is_the_same_in_small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = networkx.gnm_random_graph(200, 2_000, seed=3)
    ends = np.array(sorted(graph.edges), np.int64)
    whole = measures(200, ends)
    monkeypatch.setattr(measured, "CHUNK", 50)
    parts = measures(200, ends)
    assert whole.constraint == pytest.approx(parts.constraint, rel=1e-12)
    assert whole.effective.tolist() == parts.effective.tolist()


@pytest.mark.parametrize("seed", range(20))
def test_routes_from_every_start_are_all_routes(seed: int) -> None:
    graph = drawn(seed)
    ends = np.array(sorted(graph.edges), np.int64).reshape(-1, 2)
    if len(graph) < 3 or not len(ends):
        return
    found = sampled(len(graph), ends, len(graph))
    assert found.error == 0.0 and found.starts == len(graph)
    want, along = (
        networkx.betweenness_centrality(graph),
        networkx.edge_betweenness_centrality(graph),
    )
    assert found.actors.tolist() == pytest.approx([want[at] for at in range(len(graph))])
    assert found.ties.tolist() == pytest.approx([along[tie] for tie in map(tuple, ends.tolist())])
    ours = between(len(graph), ends)
    assert ours.actors.tolist() == pytest.approx(found.actors.tolist())
    assert ours.ties.tolist() == pytest.approx(found.ties.tolist())


@pytest.mark.parametrize("make", [
    lambda: networkx.barabasi_albert_graph(1_000, 2, seed=5),
    lambda: networkx.watts_strogatz_graph(1_000, 6, 0.1, seed=5),
    lambda: networkx.gnm_random_graph(1_000, 1_500, seed=5),
    lambda: networkx.random_labeled_tree(1_000, seed=2),
])  # fmt: skip
def test_the_error_of_a_sample_is_as_told(make: Callable[[], networkx.Graph]) -> None:
    """Of a hundred actors ninety-nine are within it; the same starts are drawn each time."""
    ends = np.array(sorted(tuple(sorted(tie)) for tie in make().edges), np.int64)
    truth = between(1_000, ends)
    found, again = sampled(1_000, ends, 150), sampled(1_000, ends, 150)
    assert truth.starts is None and found.starts == 150
    near = np.abs(found.actors - truth.actors) <= found.error
    assert near.mean() >= 0.99 and 0 < found.error < 0.1 * truth.actors.max() + 0.03
    assert again.actors.tolist() == found.actors.tolist()
    assert between(1_000, ends, exact=0).starts == 1_000, "of a small field all starts"


def test_mixing_by_hand() -> None:
    """a and b share a town, c has another, d has none that is known."""
    groups = [frozenset(each) for each in (["x"], ["x", "z"], ["y"], [])]
    ends = np.array([(0, 1), (0, 2), (1, 2), (2, 3)])
    found = mixing(groups, ends)
    assert [found.of(at) for at in range(4)] == [0.0, 0.0, 1.0, None]
    assert (found.all_within, found.all_across) == (1, 2)
    assert index(1, 2) == pytest.approx(1 / 3) and index(0, 0) is None
