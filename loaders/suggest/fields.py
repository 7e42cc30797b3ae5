"""The fields of each kind, taken column by column."""

from typing import Any

from tieline.loaders import values
from tieline.loaders.formats.table.answers import READERS
from tieline.loaders.formats.table.line import TITLES
from tieline.loaders.suggest import columns as seen
from tieline.loaders.suggest import words
from tieline.loaders.suggest.columns import Column
from tieline.loaders.suggest.parts import Guess, Reading, Table

_LONG = 80  # letters; a longer value is prose
_REFERS: dict[str, tuple[tuple[str, tuple[str, ...], str], ...]] = {
    "person": (
        ("member_of", words.MEMBERSHIPS, "organisation"),
        ("organisation", words.EMPLOYERS, "organisation"),
    ),
    "organisation": (("member_of", words.MEMBERSHIPS, "organisation"),),
    "project": (
        ("lead", words.LEADS, "organisation"),
        ("funder", words.FUNDERS, "organisation"),
        ("partners", words.PARTNERS, "organisation"),
    ),
    "place": (("within", ("within", "lies in", "region", "county", "parent"), "place"),),
    "theme": (("broader", ("broader", "parent", "category", "lies under"), "theme"),),
}
_PLAIN: dict[str, tuple[tuple[str, tuple[str, ...], Any], ...]] = {
    "person": (
        ("pronouns", ("pronouns",), values.text),
        ("taking_requests", words.REQUESTS, values.yes),
        ("capacity", words.CAPACITY, values.whole(1, 1000)),
        ("bio", words.ABOUT, values.prose),
    ),
    "organisation": (
        ("kind", words.SORTS, values.text),
        ("url", words.WEB, seen.web),
        ("founded", words.FOUNDED, values.when),
        ("closed", words.CLOSED, values.when),
        ("network", ("is a network", "network"), values.yes),
    ),
    "project": (
        ("starts", words.STARTS, values.when),
        ("ends", words.ENDS, values.when),
        ("amount", ("amount", "amount awarded", "value", "sum"), values.amount),
        ("currency", ("currency",), values.text),
        ("status", words.STATES, values.text),
        ("lessons", words.LESSONS, values.prose),
        ("reached", words.REACHED, values.whole(0, 100_000_000)),
        ("description", words.ABOUT, values.prose),
    ),
    "place": (
        ("gss", ("gss", "gss code", "code", "ons code"), seen.figure(r"[A-Z]\d{8}")),
        ("kind", words.SORTS, values.text),
        ("latitude", ("latitude", "lat"), values.latitude),
        ("longitude", ("longitude", "long", "lng"), values.longitude),
        ("valid_from", ("valid from", "start date"), values.when),
        ("valid_to", ("valid to", "end date"), values.when),
    ),
    "theme": (
        ("code", ("code", "id", "slug", "category slug"), values.name),
        ("note", ("note", "notes", "definition", "description"), values.prose),
    ),
}


def _add(table: Table, field: str, spec: Any, why: str) -> None:
    table.columns.append(Guess(field, spec, why))


def thing(table: Table, reading: Reading, slug: str) -> None:
    """A person, organisation, project, place or theme."""
    kind = table.kind
    named = reading.take(words.NAMES[kind]) or _texty(reading)
    if named is None:
        named = reading.free.pop(0)
    _add(table, TITLES.get(kind, "name"), named.name, _count(named))
    _registered(table, reading)
    _plain(table, reading, kind)
    if own := next((c for c in reading.free if _is_id(c)), None):
        reading.free.remove(own)
        table.id = Guess("id", own.name, "every row has one, no two the same")
    _refers(table, reading, kind)
    if kind not in ("place", "theme"):
        _surroundings(table, reading, slug)
    if kind == "person":
        _consent(table, reading)
    if kind in ("person", "organisation", "place") and (other := reading.take(words.OTHER_NAMES)):
        _add(table, "also_known_as", _listed(other), "its heading says so")
    updated = reading.called(words.UPDATED)
    if updated and updated.fits(values.day):
        reading.free.remove(updated)
        table.date = Guess("date", updated.name, "the row's own date: the newer row wins")


def _is_id(column: Column) -> bool:
    named = any(column.plain == word or column.plain.endswith(f" {word}") for word in words.IDS)
    return column.unlike and column.longest <= _LONG and (named or column.fits(seen.own_id))


def _texty(reading: Reading) -> Column | None:
    """The column with the most different short texts."""
    short = [c for c in reading.free if c.longest <= 200 and not c.fits(seen.web)]
    short = [c for c in short if not c.fits(values.number) and not c.fits(values.day)]
    named = [c for c in short if c.plain.endswith("name")]
    best = max(named or short, key=lambda c: c.distinct, default=None)
    if best:
        reading.free.remove(best)
    return best


def _count(column: Column) -> str:
    return f"{column.distinct:,} different in {column.rows:,} rows"


def _registered(table: Table, reading: Reading) -> None:
    """Identifiers with their scheme, or numbers whose heading names the register."""
    found = []
    for column in list(reading.free):
        scheme = _scheme(column)
        if scheme and table.kind == "person":
            reading.free.remove(column)
            table.left.append((column.name, "a number of whom they work for: no person has one"))
            continue
        if column.fits(seen.registered, 0.7):
            found.append({"column": column.name})
        elif scheme:
            found.append({"column": column.name, "scheme": scheme})
        else:
            continue
        reading.free.remove(column)
    if found:
        spec = found if len(found) > 1 else found[0]
        _add(table, "identifiers", spec, "registered numbers: what others say of it meets here")


def _scheme(column: Column) -> str | None:
    plain = f" {column.plain} "
    if "scottish" in plain and column.fits(seen.figure(r"SC\d{6}"), 0.7):
        return "GB-SC"
    if "charity" in plain and column.fits(seen.figure(r"[1-9]\d{5,6}"), 0.7):
        return "GB-CHC"
    if "company" in plain and column.fits(seen.figure(r"[A-Z]{0,2}\d{5,8}"), 0.7):
        return "GB-COH"
    return None


def _plain(table: Table, reading: Reading, kind: str) -> None:
    for field, names, how in _PLAIN[kind]:
        column = reading.called(names)
        if column and column.fits(how):
            reading.free.remove(column)
            _add(table, field, column.name, "its heading says so, and its values can be read so")


def _refers(table: Table, reading: Reading, kind: str) -> None:
    for field, names, target in _REFERS[kind]:
        column = reading.take(names)
        if column is None:
            continue
        spec = _reference(column) | ({"scheme": _theme_scheme(table)} if target == "theme" else {})
        if field in ("organisation", "member_of") and (role := reading.called(words.ROLES)):
            if role.longest <= _LONG:
                reading.free.remove(role)
                spec["role"] = role.name
        _add(table, field, spec, f"names {target}s by {spec['by']}")


def _theme_scheme(table: Table) -> str:
    return next((str(g.spec["value"]) for g in table.columns if g.field == "scheme"), "our-words")


def _reference(column: Column) -> dict[str, Any]:
    """How a cell names another thing; a list of them is parted."""
    each, mark = column.pieces, column.separator
    parted = {"column": column.name} | ({"separator": mark} if mark else {})
    if each.fits(seen.registered):
        return parted | {"by": "identifier"}
    own = each.fits(seen.own_id) or (each.fits(seen.slugged) and each.longest > 12)
    return parted | {"by": "id" if own else "name"}


def _surroundings(table: Table, reading: Reading, slug: str) -> None:
    """Where it is, where it works, and on what."""
    place = reading.take(words.PLACES)
    if place and place.longest <= 200:
        what = "a postcode is cut to its district" if place.fits(seen.postcode) else "by name"
        _add(table, "place", {"column": place.name, "by": "name"}, what)
    if table.kind == "organisation" and (served := reading.take(words.SERVES)):
        _add(table, "serves", _listed(served), "its heading says so")
    if themes := reading.take(words.THEMES):
        spec = _listed(themes)
        spec = spec if isinstance(spec, dict) else {"column": spec}
        _add(table, "themes", spec | {"scheme": f"{slug}-words"}, "words of the partner's own")
    if table.kind in ("person", "organisation"):
        _exchange(table, reading, slug)


def _exchange(table: Table, reading: Reading, slug: str) -> None:
    """What they offer others and ask of them: each a word of the partner's own, as themes are."""
    for field, names in (("offers", words.OFFERS), ("asks", words.ASKS)):
        if column := reading.take(names):
            spec = _listed(column)
            spec = spec if isinstance(spec, dict) else {"column": spec}
            _add(table, field, spec | {"scheme": f"{slug}-words"}, "words of the partner's own")


def _listed(column: Column) -> Any:
    mark = column.separator
    return {"column": column.name, "separator": mark} if mark else column.name


def _consent(table: Table, reading: Reading) -> None:
    """Words known to mean a level; the least for any other, until somebody says what they mean."""
    column = reading.take(words.CONSENT)
    if column is None:
        return
    meant = {}
    for word in column.common():
        plain = " ".join(Column(word).words)
        known = (level for level, said in words.VISIBLE.items() if plain in said)
        meant[word] = next(known, "hidden")
    spec = {"column": column.name, "values": meant, "other": "hidden"}
    _add(table, "consent", spec, "CHECK what each word allows: hidden is the guess for the unclear")


def tie(table: Table, reading: Reading, slug: str) -> None:
    """Who was seen to have to do with whom."""
    for field, names in (("from", words.FROM), ("to", words.TO)):
        if column := reading.take(names):
            spec = _reference(column) | {"kind": "person"}
            _add(table, field, spec, "people, as a guess: write organisation if they are")
    _observed(table, reading)
    day = reading.called(words.DAYS)
    if day and day.fits(values.day):
        reading.free.remove(day)
        _add(table, "on", day.name, "dates")


def _observed(table: Table, reading: Reading) -> None:
    """What of the tie: on a scale if a column has one, else that it is (or is not) there."""
    for field, names in (("closeness", words.CLOSE), ("frequency", words.OFTEN)):
        column = reading.called(names)
        if column and column.fits(READERS[field]):
            reading.free.remove(column)
            _add(table, field, column.name, "its heading says so, and its values are on the scale")
            return
    mean, answered = reading.take(words.MEANS), reading.take(words.ANSWERED)
    if mean:
        _add(table, "kind", {"value": "felt"}, "the mean of how it feels, 1 to 5")
        _add(table, "mean", mean.name, "its heading says so")
        if answered:
            _add(table, "answered", answered.name, "its heading says so")
    elif {"not", "no"} & set(Column(table.name).words):
        _add(
            table,
            "no_tie",
            {"value": "yes"},
            "CHECK: each row says there is no tie, as its name does",
        )
    else:
        _add(
            table,
            "stated_tie",
            {"value": "yes"},
            "CHECK: each row says there is a tie, on no scale",
        )


def tagged(table: Table, reading: Reading, slug: str) -> None:
    """A row says that something named by its id is on a theme."""
    about = reading.take(words.NAMES["theme"])
    own = references(reading)
    if about and own:
        reading.free.remove(own)
        spec = {"column": own.name, "by": "id", "kind": "organisation"}
        _add(table, "from", spec, "organisations, as a guess, by the id they have elsewhere")
        _add(table, "verb", {"value": "WORKS_ON"}, "each row gives one of them a theme")
        theme = {"column": about.name, "kind": "theme", "scheme": f"{slug}-words"}
        _add(table, "to", theme, _count(about))


def references(reading: Reading) -> Column | None:
    """A column of ids that rows repeat: they are of another table."""
    ends = ("id", "ref", "slug", "code", "key")
    found = (c for c in reading.free if c.words and c.words[-1] in ends and not c.unlike)
    return max(found, key=lambda c: c.distinct, default=None)
