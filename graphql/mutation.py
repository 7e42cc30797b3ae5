"""The root: everything that can be changed. Each matter has a class of mutations in its file."""

import strawberry

from tieline.graphql.own_mutations import OwnMutations


@strawberry.type(description="What can be changed.")
class Mutation(OwnMutations):
    pass
