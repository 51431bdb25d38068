#!/usr/bin/env bash
# What fits on one line of a shell, on several: curl, jq -r @csv, and awk to part the tables.
set -euo pipefail
kind=$1 base=$2 out=$3 ids=${4:-}
here=$(dirname "$0")
auth=(-H "Authorization: Bearer $MIXPEEK_API_KEY" -H "X-Namespace: $MIXPEEK_NAMESPACE")
list=$base/v1/alerts/executions
printf 'execution_key,execution_id,alert_id,collection_id,triggered,match_count,matches_included,matches_returned,top_score,executed_at,executed_at_utc,duration_ms,source_document_count,extra\n' >"$out/executions.csv"
printf 'execution_key,match_index,document_id,score,asset_id,matched_features,metadata,extra\n' >"$out/matches.csv"
printf 'execution_key,position,document_id\n' >"$out/source_documents.csv"
: >"$out/cursor"
split() {
  jq -r -f "$here/rows.jq" "$@" | awk -v out="$out" '
    BEGIN { file["e"] = out "/executions.csv"; file["m"] = out "/matches.csv"; file["s"] = out "/source_documents.csv" }
    /^c,/ { print substr($0, 3) > (out "/cursor"); next }
    { print substr($0, 3) >> file[substr($0, 1, 1)] }'
}
if [ "$kind" = by-id ]; then
  mkdir "$out/bodies"
  awk -v list="$list" -v out="$out" '{ print "url = \"" list "/" $0 "\"\noutput = \"" out "/bodies/" $0 "\"" }' "$ids" >"$out/urls"
  curl --silent --fail --parallel --parallel-immediate --parallel-max 64 "${auth[@]}" --config "$out/urls"
  find "$out/bodies" -type f -print0 | xargs -0 cat | split
else
  cursor=
  while :; do
    curl --silent --fail "${auth[@]}" "$list?limit=1000${cursor:+&cursor=$cursor}" | split
    cursor=$(cat "$out/cursor")
    [ -n "$cursor" ] || break
  done
fi
