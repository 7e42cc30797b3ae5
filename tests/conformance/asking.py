"""Asking the service in our own words, where a tool needs to be told something first."""

from typing import Any

import httpx
from graphql import GraphQLSchema, build_client_schema, get_introspection_query, print_schema
from tests.conformance.told import Service


def put(service: Service, query: str, **variables: Any) -> Any:
    """The data; an error is raised."""
    body = {"query": query, "variables": variables}
    told = httpx.post(service.url, json=body, headers=service.headers, timeout=60).json()
    assert "errors" not in told, told["errors"]
    return told["data"]


def built(service: Service) -> GraphQLSchema:
    """The schema as the service itself tells it."""
    return build_client_schema(put(service, get_introspection_query(one_of=True)))


def schema(service: Service) -> str:
    return print_schema(built(service)) + "\n"
