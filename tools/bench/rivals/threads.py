"""The script of somebody who knows Python: the standard library and 64 threads."""

import csv
import http.client
import json
import os
import re
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timezone
from urllib.parse import quote, urlsplit

kind, base, out, *rest = sys.argv[1:]
auth = {
    "Authorization": "Bearer " + os.environ["MIXPEEK_API_KEY"],
    "X-Namespace": os.environ["MIXPEEK_NAMESPACE"],
}
executions_header = [
    "execution_key", "execution_id", "alert_id", "collection_id", "triggered", "match_count", "matches_included",
    "matches_returned", "top_score", "executed_at", "executed_at_utc", "duration_ms", "source_document_count", "extra",
]  # fmt: skip
matches_header = [
    "execution_key", "match_index", "document_id", "score", "asset_id", "matched_features", "metadata", "extra",
]  # fmt: skip
listed = {
    "execution_id", "alert_id", "collection_id", "triggered", "match_count", "matches", "source_documents",
    "executed_at", "duration_ms",
}  # fmt: skip
listed_match = {"document_id", "score", "asset_id", "matched_features", "metadata"}
time_pattern = re.compile(r"^(.{19})(\.\d+)?(Z|[+-]\d\d:\d\d)?$")
local = threading.local()


def get(target):
    if not hasattr(local, "connection"):
        local.connection = http.client.HTTPConnection(urlsplit(base).netloc)
    local.connection.request("GET", target, headers=auth)
    response = local.connection.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{response.status} for {target}")
    return json.loads(body)


def text(value):
    return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def extra(fields, known):
    more = {name: value for name, value in fields.items() if name not in known}
    return text(more) if more else None


def utc(given):
    time, fraction, offset = time_pattern.match(given).groups()
    if offset not in (None, "Z"):
        time = datetime.fromisoformat(time + offset).astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    return f"{time}{fraction or ''}Z"


def word(value):
    return "true" if value else "false"


def write(execution):
    key = execution["execution_id"]
    matches = execution.get("matches")
    sources = execution.get("source_documents")
    executions.writerow([
        key, key, execution["alert_id"], execution["collection_id"], word(execution["triggered"]),
        execution["match_count"], word(matches is not None), None if matches is None else len(matches),
        max((match["score"] for match in matches or []), default=None), execution["executed_at"],
        utc(execution["executed_at"]), execution["duration_ms"], None if sources is None else len(sources),
        extra(execution, listed),
    ])  # fmt: skip
    for index, match in enumerate(matches or []):
        matches_table.writerow([
            key, index, match["document_id"], match["score"], match.get("asset_id"),
            text(match.get("matched_features")), text(match.get("metadata")), extra(match, listed_match),
        ])  # fmt: skip
    for position, document in enumerate(sources or []):
        source_documents.writerow([key, position, document])


def table(name, header):
    writer = csv.writer(open(os.path.join(out, name + ".csv"), "w", newline="", encoding="utf-8"))
    writer.writerow(header)
    return writer


executions = table("executions", executions_header)
matches_table = table("matches", matches_header)
source_documents = table("source_documents", ["execution_key", "position", "document_id"])

if kind == "by-id":
    with open(rest[0]) as file:
        ids = file.read().split()
    with ThreadPoolExecutor(64) as pool:
        for found in pool.map(lambda one: get("/v1/alerts/executions/" + one), ids):
            write(found)
else:
    cursor = None
    while True:
        page = get("/v1/alerts/executions?limit=1000" + ("" if cursor is None else "&cursor=" + quote(cursor)))
        for found in page["results"]:
            write(found)
        cursor = page["pagination"].get("next_cursor")
        if cursor is None:
            break
