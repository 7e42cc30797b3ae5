"""Asks what stdin says for so many seconds, by four at once; milliseconds of each answer to stdout.

python client.py 2.5 < {"port": ..., "path": ..., "headers": {...}, "body": "..."}
"""

import http.client
import json
import sys
import threading
import time

CLIENTS = 4
given = json.load(sys.stdin)
ms: list[float] = []
wrong: list[str] = []
began = time.monotonic()
until = began + float(sys.argv[1])


def asking() -> None:
    opened = http.client.HTTPConnection("127.0.0.1", given["port"], timeout=60)
    while time.monotonic() < until:
        begun = time.perf_counter()
        opened.request("POST", given["path"], given["body"], given["headers"])
        answer = opened.getresponse()
        told = answer.read()
        ms.append((time.perf_counter() - begun) * 1e3)
        if answer.status != 200 or b'"errors":' in told[-2_000:] or told[:10] == b'{"errors":':
            wrong.append(f"{answer.status} {told[:200]!r}")
            return


threads = [threading.Thread(target=asking) for _ in range(CLIENTS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
if wrong:
    sys.exit(wrong[0])
json.dump({"ms": ms, "seconds": time.monotonic() - began}, sys.stdout)
