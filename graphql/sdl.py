"""Print the schema: `python -m tieline.graphql.sdl > graphql/schema.graphql`."""

from tieline.graphql.schema import sdl

if __name__ == "__main__":
    print(sdl(), end="")
