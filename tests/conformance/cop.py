"""graphql-cop's checks, written anew since it is published on no registry: by its own titles, as
of its version 1.15, with what it sends.

Each probe says whether the weakness that it looks for is there. Two look harder than the tool: any
page is an explorer, whatever words are on it; and fields said twice it has ceased to look for.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
from tests.conformance.told import Bench, Outcome, Service

Probe = Callable[[httpx.Client], bool]
HERE = "/graphql"
NAME = "query cop { __typename }"
# An open explorer of an open schema is what this service is for; a question by GET can be linked to
# and cached, and changes nothing.
DELIBERATE = ("Introspection", "GraphQL IDE", "GET Method Query Support")


def put(client: httpx.Client, query: str) -> Any:
    return told(client.post(HERE, json={"query": query, "operationName": "cop"})) or {}


def told(response: httpx.Response) -> Any:
    """What it says as JSON; a refusal in any other shape is a refusal."""
    try:
        return response.json()
    except ValueError:
        return None


def named(answer: Any) -> bool:
    """Whether `__typename` was answered."""
    return isinstance(answer, dict) and bool((answer.get("data") or {}).get("__typename"))


def errors(answer: Any) -> list[Any]:
    return list(answer.get("errors") or ()) if isinstance(answer, dict) else []


def aliases(client: httpx.Client) -> bool:
    many = " ".join(f"a{n}: __typename" for n in range(101))
    return "a100" in (put(client, f"query cop {{ {many} }}").get("data") or {})


def batches(client: httpx.Client) -> bool:
    answers = told(client.post(HERE, json=[{"query": NAME}] * 10))
    return isinstance(answers, list) and len(answers) >= 10


def circles(client: httpx.Client) -> bool:
    deep = "fields { type { " * 4 + "name" + " } }" * 4
    deeply = put(client, f"query cop {{ __schema {{ types {{ {deep} }} }} }}")
    return len(((deeply.get("data") or {}).get("__schema") or {}).get("types") or ()) > 25


def directives(client: httpx.Client) -> bool:
    """Each of ten unknown ones is looked at, and complained of."""
    return len(errors(put(client, f"query cop {{ __typename {'@aa' * 10} }}"))) == 10


def duplicates(client: httpx.Client) -> bool:
    return named(put(client, f"query cop {{ {'__typename ' * 500} }}"))


def suggestions(client: httpx.Client) -> bool:
    return "Did you mean" in json.dumps(errors(put(client, "query cop { __schema { directive } }")))


def changes_by_get(client: httpx.Client) -> bool:
    return named(told(client.get(HERE, params={"query": "mutation cop { __typename }"})))


def questions_by_get(client: httpx.Client) -> bool:
    return named(told(client.get(HERE, params={"query": NAME})))


def explorer(client: httpx.Client) -> bool:
    return "<html" in client.get(HERE, headers={"accept": "text/html"}).text


def introspection(client: httpx.Client) -> bool:
    known = put(client, "query cop { __schema { types { name fields { name } } } }")
    return bool((known.get("data") or {}).get("__schema"))


def forms(client: httpx.Client) -> bool:
    """A form on a page elsewhere can send this, with no leave from anyone."""
    return named(told(client.post(HERE, data={"query": NAME})))


def traces(client: httpx.Client) -> bool:
    return "tracing" in (put(client, NAME).get("extensions") or {})


def exceptions(client: httpx.Client) -> bool:
    refused = errors(put(client, "qwerty cop { abc }"))
    return any("exception" in (each.get("extensions") or {}) for each in refused)


PROBES: dict[str, Probe] = {
    "Alias Overloading": aliases,
    "Array-based Query Batching": batches,
    "Introspection-based Circular Query": circles,
    "Directive Overloading": directives,
    "Field Duplication": duplicates,
    "Field Suggestions": suggestions,
    "Mutation is allowed over GET (possible CSRF)": changes_by_get,
    "GET Method Query Support": questions_by_get,
    "GraphQL IDE": explorer,
    "Introspection": introspection,
    "POST based url-encoded query (possible CSRF)": forms,
    "Trace Mode": traces,
    "Unhandled Errors Detection": exceptions,
}


def ask(service: Service, bench: Bench, out: Path) -> Outcome:
    """As whoever does not sign in."""
    root = service.url.removesuffix(HERE)
    with httpx.Client(base_url=root, timeout=60) as client:
        found = {title: probe(client) for title, probe in PROBES.items()}
    out.write_text("".join(f"{there!s:6}{title}\n" for title, there in found.items()), "utf-8")
    failed = [title for title, there in found.items() if there and title not in DELIBERATE]
    there = [title for title in DELIBERATE if found[title]]
    return Outcome(len(found), failed, f"deliberately there: {', '.join(there)}")
