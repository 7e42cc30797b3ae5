"""Whose fit is asked for: what they and their organisation do, where, with whom, and who is us."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from tieline.queries.gaps.work import NOW, Field, Someone


@dataclass(frozen=True)
class Mine:
    """An actor in their field. `more`: projects of theirs that nobody else may see they are on."""

    field: Field
    who: Someone
    more: frozenset[str] = frozenset()

    @cached_property
    def own(self) -> frozenset[str]:
        """The actor, and of a person the bodies they work for or lead: whose work is theirs."""
        return frozenset({self.who.uid, *(self.who.bodies if self.who.person else ())})

    @cached_property
    def us(self) -> frozenset[str]:
        """All of one body with them: what it is part of, its branches, who works there."""
        bodies = set(self.own) - ({self.who.uid} if self.who.person else set())
        here = list(bodies | set(self.who.bodies))
        while here:
            known = self.field.actors.get(here.pop())
            new = set(known.bodies if known else ()) - bodies
            bodies |= new
            here += new
        within = {uid for uid, x in self.field.actors.items() if bodies & x.bodies.keys()}
        return frozenset(bodies | within | {self.who.uid} | set(self.who.bodies))

    @cached_property
    def works(self) -> list[str]:
        led = {uid for actor in self.own for uid in self.field.led.get(actor, ())}
        return sorted(led | self.more)

    @cached_property
    def running(self) -> list[str]:
        return [uid for uid in self.works if self.field.state[uid] == NOW]

    @cached_property
    def themes(self) -> frozenset[str]:
        """Theirs, of the people who work there, and of their projects."""
        field = self.field
        staff = [field.actors[x] for own in self.own for x in field.staff.get(own, ())]
        said = {theme for someone in staff for theme in someone.works_on}
        said |= {theme for uid in self.works for theme in field.works[uid].themes}
        return self._said("works_on") | said

    @cached_property
    def places(self) -> frozenset[str]:
        """Where they are, and where the projects that they lead work."""
        led = [self.field.works[uid] for uid in self.works]
        led = [work for work in led if self.own & work.leads or work.uid in self.more]
        return self._said("based") | {place for work in led for place in work.places}

    @cached_property
    def asks(self) -> frozenset[str]:
        return self._said("asks")

    @cached_property
    def offers(self) -> frozenset[str]:
        return self._said("offers")

    @cached_property
    def networks(self) -> frozenset[str]:
        return self._said("networks")

    def _said(self, what: str) -> frozenset[str]:
        each = [self.who, *(self.field.actors[u] for u in self.own if u in self.field.actors)]
        return frozenset(uid for someone in each for uid in getattr(someone, what))

    def sources(self, what: str, uids: Iterable[str]) -> set[str]:
        """Who says that of the actor and their bodies."""
        each = [self.who, *(self.field.actors[u] for u in self.own if u in self.field.actors)]
        return {slug for x in each for uid in uids for slug in getattr(x, what).get(uid, ())}
