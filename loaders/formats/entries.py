"""Lists as people fill them in JSON: null, empty, lone objects, text instead of parts."""

from typing import Any

from tieline.loaders import values
from tieline.loaders.interpret import Draft

Entry = dict[str, Any]


def entries(draft: Draft, holder: Entry, key: str) -> list[Entry]:
    """The objects of a list; null is no entry, and a lone object is taken for a list of one."""
    said = holder.pop(key, None)
    if values.blank(said):
        return []
    listed = said if isinstance(said, list) else [said]
    if not all(each is None or isinstance(each, dict) for each in listed):
        mend = "Give its parts their own columns (or objects), such as its Identifier and Name."
        draft.problem(key, said, "not a list of its parts", mend)
        return []
    kept = [{k: v for k, v in each.items() if not values.blank(v)} for each in listed if each]
    return [each for each in kept if any(held(value) for value in each.values())]


def held(value: Any) -> bool:
    """Something is there, however deep: a list of nulls is nothing."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
        elif not values.blank(each):
            return True
    return False


def rest(draft: Draft, key: str, entry: Entry) -> None:
    """Whatever of an entry nothing asked for."""
    for name, value in entry.items():
        if held(value):
            draft.unread(f"{key}.{name}", value)
