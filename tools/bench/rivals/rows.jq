# The rows of an execution, each with the letter of its table in front; jq reads every record once.
def json: if . == null then null else tojson end;
def more: if . == {} then null else tojson end;
def utc:
  capture("^(?<time>.{19})(?<fraction>\\.[0-9]+)?(?<offset>Z|[+-][0-9]{2}:[0-9]{2})?$")
  | (.fraction // "") as $fraction
  | if .offset == null or .offset == "Z" then .time
    else
      (.offset[1:3] | tonumber * 3600) as $hours
      | (.offset[4:6] | tonumber * 60) as $minutes
      | (if .offset[0:1] == "-" then -1 else 1 end) as $sign
      | .time + "Z" | fromdateiso8601 - $sign * ($hours + $minutes) | todateiso8601 | .[0:19]
    end
  | . + $fraction + "Z";
def rows:
  .execution_id as $key
  | "e," + ([
      $key, $key, .alert_id, .collection_id, .triggered, .match_count, .matches != null,
      (if .matches == null then null else .matches | length end),
      ([.matches[]?.score] | max), .executed_at, (.executed_at | utc), .duration_ms,
      (if .source_documents == null then null else .source_documents | length end),
      (del(.execution_id, .alert_id, .collection_id, .triggered, .match_count, .matches, .source_documents,
        .executed_at, .duration_ms) | more)
    ] | @csv),
    (.matches // [] | to_entries[] | "m," + ([
      $key, .key, .value.document_id, .value.score, .value.asset_id, (.value.matched_features | json),
      (.value.metadata | json),
      (.value | del(.document_id, .score, .asset_id, .matched_features, .metadata) | more)
    ] | @csv)),
    (.source_documents // [] | to_entries[] | "s," + ([$key, .key, .value] | @csv));
if has("results") then (.results[] | rows), "c,\(.pagination.next_cursor // "")" else rows end
