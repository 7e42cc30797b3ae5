"""The root: everything that can be changed. Each matter has a class of mutations in its file."""

import strawberry

from tieline.graphql.erasure import PersonMutations
from tieline.graphql.introductions import AskMutations
from tieline.graphql.judge_mutations import JudgeMutations
from tieline.graphql.matching import MatchMutations
from tieline.graphql.own_mutations import OwnMutations
from tieline.graphql.vocabulary import ThemeMutations


@strawberry.type(description="What can be changed.")
class Mutation(
    OwnMutations,
    JudgeMutations,
    AskMutations,
    ThemeMutations,
    MatchMutations,
    PersonMutations,
):
    pass
