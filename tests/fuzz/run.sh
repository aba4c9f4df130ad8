#!/bin/bash
# run.sh PROGRAMS CORPUS NAME...: runs each fuzz target from its seeds, for FUZZ_SECONDS or, where
# that is set, FUZZ_RUNS executions, and prints a line on each. FUZZ_SEED makes two runs alike.
# What makes one fail is kept in CORPUS-found/NAME. Exits with 1 where anything was found.
set -u
programs=$1 corpus=$2
shift 2
found=$corpus-found
status=0
limit=-max_total_time=${FUZZ_SECONDS:-3}
[ -z "${FUZZ_RUNS:-}" ] || limit=-runs=$FUZZ_RUNS

for name; do
  mkdir -p "$found/$name" "$corpus/$name"
  log=$found/$name.log
  if "$programs/fuzz_$name" "$limit" -seed="${FUZZ_SEED:-0}" -max_len=2048 -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="$found/$name/" "$corpus/$name" >"$log" 2>&1; then
    printf '%-16s %s\n' "$name" "$(grep '^Done ' "$log")"
  else
    status=1
    printf '%-16s FOUND: ' "$name"
    grep -m 1 -E 'must hold|ERROR|runtime error|SUMMARY' "$log"
    grep -E 'Test unit written to' "$log" || tail -n 5 "$log"
  fi
done
exit $status
