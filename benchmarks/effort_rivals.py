"""Ways to tell how alike two texts are, on other-word pairs planted in an invented field.

TF-IDF is ours (texts.py) and, to hold it to, scikit-learn's where that is installed. The embedding
is made of the field's own texts: TF-IDF reduced to 200 dimensions (latent semantic analysis), so it
has no weights from elsewhere; where `wordllama` is installed, its 256 dimensions whose weights come
in its wheel are asked too. Titles are matched letter by letter, as records of one thing are.
"""

import random
import shutil
import tempfile
import time
from collections.abc import Callable
from difflib import SequenceMatcher
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import effort_data
import numpy as np
from effort_words import PLANTED
from scipy.sparse.linalg import svds

from tieline.queries.duplicates.best import shared
from tieline.queries.duplicates.index import Field, Index
from tieline.queries.duplicates.near import placed
from tieline.queries.duplicates.read import day, linked
from tieline.queries.duplicates.texts import Texts

DIMENSIONS, FIRST, TIMES = 200, 5, 3  # each pair is planted so many times, in drawn places
EACH = 263  # projects an area, as 100,000 in the 380 of a country
Scores = Callable[[int], Any]


def invented(
    shared_data: Path, projects: int, ruled: bool
) -> tuple[Index, list[tuple[int, int]], list[str]]:
    """A field with planted pairs: (index, the pairs by number, the texts).

    Both of a pair carry the tag that was given by hand; or, if `ruled`, what UK-CAT's rules find in
    each text: often nothing, or something else.
    """
    dice, rules = random.Random(2), effort_data.rules(shared_data)
    world = effort_data.draw(shared_data, projects, max(9, projects // EACH), seed=1)
    areas = [x["props"]["uid"] for x in world.things if x["props"]["uid"].startswith("p-2-")]
    pairs: list[tuple[str, str]] = []
    for at, (tag, *texts) in enumerate(PLANTED * TIMES):
        place, uids = dice.choice(areas), (f"j-x{at:03}a", f"j-x{at:03}b")
        for uid, text in zip(uids, texts, strict=True):
            begins = f"2025-{dice.randint(1, 12):02}-01"
            about = {"title": f"Invented {uid}", "description": text, "starts": begins}
            world.projects.append({"uid": uid} | about)
            tags = sorted(rules.find(text)) if ruled else [tag]
            world.ties["WORKS_ON"] += [(uid, each) for each in tags]
            world.ties["SERVES"].append((uid, place))
            world.ties["LEADS"].append((f"o-{uid}", uid))
        pairs.append(uids)
    index, texts_ = indexed(world)
    return index, [(index.number[a], index.number[b]) for a, b in pairs], texts_


def indexed(world: effort_data.World) -> tuple[Index, list[str]]:
    """What reading it from Neo4j makes of a world."""
    up, wider = dict(world.ties["WITHIN"]), dict(world.ties["BROADER"])
    of = {label: [x["props"] for x in world.things if x["labels"] == [label]]
          for label in ("Place", "Theme")}  # fmt: skip
    words = {
        "today": "2026-11-21", "names": [], "matches": [],
        "places": [[p["uid"], p["name"], [up[p["uid"]]] if p["uid"] in up else []]
                   for p in of["Place"]],
        "themes": [[t["uid"], t["label"], [wider[t["uid"]]] if t["uid"] in wider else []]
                   for t in of["Theme"]],
    }  # fmt: skip
    field, projects = Field.of(words), sorted(world.projects, key=lambda row: str(row["uid"]))
    people = ("LEADS", "PARTNERS_ON", "FUNDS")
    ties = {verb: [(b, a) for a, b in world.ties[verb]] for verb in people}
    ties |= {verb: world.ties[verb] for verb in ("SERVES", "WORKS_ON", "FOLLOWS")}
    uids, said = [row["uid"] for row in projects], [row["description"] for row in projects]
    links = linked(uids, ties | {"BODIES": ties["LEADS"]})
    funders = [tuple(links["FUNDS"].of(at)) for at in range(len(uids))]
    dates = [(day(row.get("starts")), day(row.get("ends"))) for row in projects]
    return Index(field, uids, dates, links, Texts.of(said, funders, field.names)), said


def embedded(rows: Any) -> Any:
    """Each text in a few dimensions, 1 long: of the field's own words."""
    many = min(DIMENSIONS, min(rows.shape) - 1)
    left, sizes, _ = svds(rows.astype(np.float64), k=many, random_state=1)
    found = left * sizes
    return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-12)


def weighed(texts: list[str]) -> Any | None:
    """Each text by weights from a wheel, 1 long; None: they are not installed.

    The wheel keeps its tokenizer in a folder that its own code does not look into, and would fetch
    it: so that folder is laid where it looks.
    """
    spec = find_spec("wordllama")
    if spec is None or spec.origin is None:
        return None
    from wordllama import WordLlama  # type: ignore

    inside = Path(spec.origin).parent
    with tempfile.TemporaryDirectory() as folder:
        for name in ("tokenizer", "tokenizers"):
            shutil.copytree(inside / "tokenizers", Path(folder) / name)
        model = WordLlama.load(cache_dir=Path(folder), disable_download=True)
    return model.embed(texts, norm=True)


def planted(shared_data: Path, projects: int) -> None:
    for ruled in (False, True):
        print(f"\nThemes {'found by rules' if ruled else 'given by hand'}.")
        _planted(shared_data, projects, ruled)


def _planted(shared_data: Path, projects: int, ruled: bool) -> None:
    index, pairs, texts = invented(shared_data, projects, ruled)
    began = time.process_time()
    made = embedded(index.texts.rows)
    print(f"Embedding of {len(texts):,} texts: {time.process_time() - began:.1f} s of processor.")
    began = time.process_time()
    weights = weighed(texts)
    print(f"By weights from a wheel: {time.process_time() - began:.1f} s.")
    rows, titles = index.texts.rows, [f"{text.split('.')[0][:60]}" for text in texts]

    def tfidf(at: int) -> Any:
        return rows @ rows[[at]].toarray()[0]

    def embedding(at: int) -> Any:
        return made @ made[at]

    def place(at: int) -> Any:
        return placed(index, index.side(at))

    def theme(at: int) -> Any:
        left = np.full(len(texts), at)
        both = index.wide @ index.wide[[at]].toarray()[0]
        return shared(index, left, np.arange(len(texts)), both)

    def title(at: int) -> Any:
        near = np.flatnonzero(place(at) >= 0.7)  # letters of all would take an hour
        found = np.zeros(len(texts))
        found[near] = [SequenceMatcher(None, titles[at], titles[x]).ratio() for x in near]
        return found

    ways: dict[str, Scores] = {"titles, letter by letter, in one place": title}
    ways |= by_texts(tfidf, embedding, place, theme)
    if weights is not None:
        ways |= by_weights(weights, place, theme)
    print(f"\n| {len(pairs)} pairs among {len(texts):,} projects | found in the first {FIRST} |")
    print("|---|---|")
    for name, scores in ways.items():
        print(f"| {name} | {found(pairs, scores):.2f} |", flush=True)
    if ruled:
        held(texts[:5000])


def by_texts(tfidf: Scores, embedding: Scores, place: Scores, theme: Scores) -> dict[str, Scores]:
    """The ways to use what the field's own texts say."""
    return {
        "TF-IDF alone": tfidf,
        "embedding alone": embedding,
        "TF-IDF in one place": lambda at: place(at) * (tfidf(at) + 1e-6),
        "embedding in one place": lambda at: place(at) * (embedding(at) + 1),
        "themes in one place": lambda at: place(at) * theme(at),
        "place x (.5 theme + .5 TF-IDF), ours": lambda at: (
            place(at) * (theme(at) + tfidf(at)) / 2 * (theme(at) > 0)
        ),
        "place x (.5 theme + .5 embedding)": lambda at: (
            place(at) * (theme(at) + embedding(at)) / 2 * (theme(at) > 0)
        ),
        "place x (.5 theme + .5 embedding), a theme in common or none": lambda at: (
            place(at) * (theme(at) + embedding(at) + 1)
        ),
    }


def by_weights(weights: Any, place: Scores, theme: Scores) -> dict[str, Scores]:
    """The ways to use an embedding whose weights come from elsewhere."""
    return {
        "weights from a wheel, alone": lambda at: weights @ weights[at],
        "the same in one place": lambda at: place(at) * (weights @ weights[at] + 1),
        "place x (.5 theme + .5 the same)": lambda at: (
            place(at) * (theme(at) + weights @ weights[at]) / 2 * (theme(at) > 0)
        ),
        "the same, a theme in common or none": lambda at: (
            place(at) * (theme(at) + weights @ weights[at] + 1)
        ),
    }


def found(pairs: list[tuple[int, int]], scores: Scores) -> float:
    """The share of pairs of which each finds the other among the first, either way round."""
    hits = 0
    for left, right in [*pairs, *(pair[::-1] for pair in pairs)]:
        said = np.asarray(scores(left), float).copy()
        said[left] = -1.0
        better = int((said > said[right]).sum()) + int((said == said[right]).sum() - 1) / 2
        hits += said[right] > 0 and better < FIRST
    return hits / (2 * len(pairs))


def held(texts: list[str]) -> None:
    """Our TF-IDF beside scikit-learn's, given the same words."""
    if not find_spec("sklearn"):
        print("\nscikit-learn is not installed: nothing to hold TF-IDF to.")
        return
    from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore

    words = [" ".join(sorted(text.lower().split())) for text in texts]
    began = time.process_time()
    ours = Texts.of(words, range(len(words)), [])
    mine, began = time.process_time() - began, time.process_time()
    vocabulary = {word: at for at, word in enumerate(sorted(ours.number))}
    from tieline.queries.duplicates.written import WORD, bare, singular

    theirs = TfidfVectorizer(
        analyzer=lambda text: [w for w in (singular(bare(x)) for x in WORD.findall(text))
                               if w in vocabulary],
        sublinear_tf=True, vocabulary=vocabulary,
    ).fit_transform(words)  # fmt: skip
    other = time.process_time() - began
    off = abs((ours.rows @ ours.rows.T).toarray() - (theirs @ theirs.T).toarray()).max()
    print(f"\nTF-IDF of {len(texts):,} texts: ours {mine:.2f} s, scikit-learn {other:.2f} s of "
          f"processor; cosines at most {off:.1e} apart.")  # fmt: skip
