"""What was traced, once it has ended: spans end after their answers."""

import time

from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind

PATIENCE = 20.0  # seconds


def roots(spans: InMemorySpanExporter, many: int) -> list[ReadableSpan]:
    """Those of what was asked, once there are so many."""
    until = time.monotonic() + PATIENCE
    while True:
        found = [each for each in spans.get_finished_spans() if each.kind is SpanKind.SERVER]
        if len(found) == many:
            return found
        assert time.monotonic() < until, found
        time.sleep(0.01)
