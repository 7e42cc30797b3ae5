"""What a steward says of something that somebody added is told back, and not whose word it is."""

from datetime import date
from typing import Any

from tieline.loaders.judge import decide
from tieline.loaders.own_word.add import New, add
from tieline.queries.duplicates.ask import duplicates

NUMBER = "GB-CHC-1000002"


def test_an_addition_judged_is_asked_no_more(field: Any, rows: Any, run: Any, reader: Any) -> None:
    new = New("organisation", "Quiet Garden", ids=[NUMBER])
    field.do(lambda steps: add(steps, field.uid("Ann"), new, date(2026, 11, 21)))
    field.world.source("notes", audience=1)
    field.world.apply([rows.thing("notes:1", rows.body("The Refuge", NUMBER))])
    (added,) = field.world.ask("MATCH (r:Record) WHERE r.uid CONTAINS ':added/' RETURN r.uid AS u")

    def asked(level: int, status: str) -> list[dict[str, Any]]:
        found = run(duplicates(reader(level), "same_record", status=status))["rows"]
        return [row for row in found if row["left_uid"] != row["right_uid"]]

    assert len(asked(1, "open")) == 1
    field.do(lambda s: decide(s, "notes:1", added["u"], "different", "steward", "seen", "2026-11"))
    assert not asked(1, "open") and not asked(2, "different")
    (row,) = asked(1, "different")
    assert row["judgement"]["why"] == "seen" and not row["judgement"]["stale"]
    assert "notes:1" in str(row["reasons"]) and "own-word" not in str(row)
    field.do(lambda s: decide(s, "notes:1", added["u"], "same", "steward", "asked", "2026-11"))
    assert not asked(1, "open") and ["notes:1", added["u"]] in field.world.partition()
