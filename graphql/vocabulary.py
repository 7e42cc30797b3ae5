"""Words for one thing in several vocabularies: the answers' types, and how they are asked for."""

from typing import Annotated

import strawberry

from tieline.graphql import asked_themes
from tieline.graphql.answers import at
from tieline.graphql.base import Entity, Source, upper
from tieline.graphql.marks import asked, fetched, planned, said
from tieline.graphql.own_mutations import NotedThing
from tieline.graphql.paging import Edge, PageInfo, paged
from tieline.graphql.rests import RestsOn
from tieline.graphql.things import Project, Theme
from tieline.graphql.words import ThemeWay

VERSION = "The state of the graph that was asked."
THING = "A project, an organisation or a person: an id or a name."
THEME = "The theme: an id, or a name that only one carries."


@strawberry.type(description="One step from a word to another, and who says so.")
class WordStep:
    @fetched("entities", by=at("from_uid"))
    def subject(self) -> Theme:
        """The theme of which it is said."""
        planned()

    @fetched("entities", by=at("to_uid"))
    def object(self) -> Theme:
        """The theme it is said to match, or to lie under or over."""
        planned()

    predicate: str | None = said("Such as exactMatch or closeMatch; null: one vocabulary's tree.")
    confidence: float | None = said("How sure whoever says it is, 0 to 1.")
    by: str | None = said("Who says it.")
    justification: str | None = said("How it was found.")
    comment: str | None = said("Why, in words.")


@strawberry.type(description="A vocabulary's word for what was asked.")
class Translated:
    @fetched("entities", by=at("theme_uid"))
    def theme(self) -> Theme:
        """The theme, in its vocabulary's words."""
        planned()

    way: ThemeWay = said("What it is to what was asked.", read=upper("way"))
    weight: float = said("How much it counts: 1; half if broader or narrower; related 0.")
    matched: str = said("The word that answered the term.")
    confidence: float | None = said(
        "That all its mappings hold, 0 to 1; null where there is none, or one does not say."
    )
    steps: list[WordStep] = said("The steps that lead there, in order.")
    reason: str = said("How it was found, in plain words.")

    @fetched("sources_by_slug", by=at("source_slugs"))
    def sources(self) -> list[Source]:
        """Who says so."""
        planned()


@strawberry.type(description="A vocabulary that is said to have no word for something.")
class NoWord:
    @fetched("entities", by=at("theme_uid"))
    def theme(self) -> Theme:
        """What it has no word for."""
        planned()

    scheme: str = said("Which vocabulary.")
    reason: str = said("The same in plain words.")


@strawberry.type(description="Every vocabulary's word for a term.")
class Translation:
    matches: list[Translated] = said("The words, the best first.")
    without: list[NoWord] = said("Vocabularies that are said to have none.")
    note: str | None = said("Where nothing, or nothing quite so called, was found: what to do.")
    coverage: RestsOn = said("On whose data it rests.")
    graph_version: str = said(VERSION)


@strawberry.type(description="What no vocabulary has a word for: a theme, or a word.")
class Untranslated:
    @fetched("entities", by=at("theme_uid"))
    def theme(self) -> Theme | None:
        """The theme, if it is one."""
        planned()

    word: str | None = said("The word, or the two, that descriptions use.")
    used: int = said("How many work on it, or how many projects say it.")

    @fetched("entities", by=at("project_uids"))
    def projects(self) -> list[Project]:
        """A few projects that say the word."""
        planned()

    reason: str = said("The same in plain words.")


@strawberry.type(description="A page of what no vocabulary has a word for: themes, then words.")
class UntranslatedConnection:
    edges: list[Edge[Untranslated]] = said("Those on this page with their cursors.")
    nodes: list[Untranslated] = said("Those on this page.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages.")
    note: str | None = said("Where there is nothing: what that means.")
    uncertainty: str = said("How far this may be trusted.")
    coverage: RestsOn = said("On whose data it rests.")
    graph_version: str = said(VERSION)


@strawberry.type(description="A theme that something may be about. No fact until somebody says so.")
class ThemeSuggestion:
    @fetched("entities", by=at("thing_uid"))
    def thing(self) -> Entity:
        """What may be about it."""
        planned()

    @fetched("entities", by=at("theme_uid"))
    def theme(self) -> Theme:
        """The theme."""
        planned()

    words: list[str] = said("Its words that answer the theme's rule.")
    confidence: float | None = said(
        "How often people tagged so what the rule answers, 0 to 1; null: nobody measured it."
    )
    reason: str = said("Why, in plain words, and on what the confidence rests.")

    @fetched("sources_by_slug", by=at("source_slugs"))
    def sources(self) -> list[Source]:
        """Whose rule it is."""
        planned()


@strawberry.type(description="A page of suggested themes, the surest first.")
class ThemeSuggestionConnection:
    edges: list[Edge[ThemeSuggestion]] = said("Those on this page with their cursors.")
    nodes: list[ThemeSuggestion] = said("Those on this page.")
    page_info: PageInfo = said("Where the page begins and ends, and whether there is more.")
    total_count: int = said("How many there are on all pages.")
    note: str | None = said("Where there is nothing, or not all: what to do.")
    uncertainty: str = said("How far a confidence may be trusted.")
    coverage: RestsOn = said("On whose data it rests.")
    graph_version: str = said(VERSION)


Thing = Annotated[strawberry.ID, strawberry.argument(description=THING)]
Which = Annotated[strawberry.ID, strawberry.argument(description=THEME)]


@strawberry.type(description="Questions about words.")
class VocabularyQuery:
    @asked(asked_themes.translated)
    def translate(
        self, term: Annotated[str, strawberry.argument(description="A word, or a few.")]
    ) -> Translation:
        """What do others call this?"""
        planned()

    @asked(asked_themes.wordless)
    @paged
    def untranslated(self) -> UntranslatedConnection:
        """What do people work on, or say, that no vocabulary has a word for?"""
        planned()

    @asked(asked_themes.suggested)
    @paged
    def theme_suggestions(
        self,
        thing: Annotated[strawberry.ID | None, strawberry.argument(description=THING)] = None,
        theme: Annotated[strawberry.ID | None, strawberry.argument(description=THEME)] = None,
        least: Annotated[
            float, strawberry.argument(description="The least confidence, 0 to 1.")
        ] = 0.5,
    ) -> ThemeSuggestionConnection:
        """Which themes may be what about? Suggestions, by vocabularies' own rules."""
        planned()


@strawberry.type(description="What stewards say of themes.")
class ThemeMutations:
    @asked(asked_themes.say_theme)
    def say_theme(
        self,
        thing: Thing,
        theme: Which,
        works: Annotated[
            bool, strawberry.argument(description="It does; false: it does not.")
        ] = True,
    ) -> NotedThing | None:
        """Say that something works on a theme, or does not: then it is not suggested again.
        For stewards; taken back by unsayTheme."""
        planned()

    @asked(asked_themes.unsay_theme)
    def unsay_theme(self, thing: Thing, theme: Which) -> NotedThing | None:
        """Take back what was said of the two. For stewards."""
        planned()
