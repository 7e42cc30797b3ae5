"""Who may see what: one scale for people's consent and for what sources and ties say of them.

A viewer at level L sees what has an audience (or consent) of at least L. 0 is in no answer at all.
"""

from dataclasses import dataclass

HIDDEN, STEWARD, WEAVER, FIELD, PUBLIC = range(5)

NAMES = {"hidden": HIDDEN, "steward": STEWARD, "weaver": WEAVER, "field": FIELD, "public": PUBLIC}
VIEWERS = {"anonymous": PUBLIC, "member": FIELD, "weaver": WEAVER, "steward": STEWARD}
LEVELS = (STEWARD, WEAVER, FIELD, PUBLIC)
DEFAULT = {"person": WEAVER, "organisation": PUBLIC}


@dataclass(frozen=True)
class Viewer:
    """Who is asking, as a level: 1 steward, 2 weaver, 3 member, 4 anonymous.

    `person`: who it is, by the handle of any of their records; None: a level alone, nobody in
    particular. A person sees what a member sees, and what is their own.
    """

    level: int
    person: str | None = None

    @property
    def numbers(self) -> bool:
        """Strengths, steps and chances are for stewards; everyone else reads labels."""
        return self.level == STEWARD

    def of(self, name: str) -> str:
        """The property of a tie that holds this viewer's figure: of('step') is 'step_3' at 3."""
        return name if self.level == STEWARD else f"{name}_{self.level}"
