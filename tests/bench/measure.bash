# Loaded by bench.sh: checks commands, measures them together, and prints the rows of the table.
# Any failure or wrong result ends the run.
# shellcheck shell=bash

declare -A median=()
hyperfine_arguments=()

fail() {
  printf 'bench: %s\n' "$*" >&2
  exit 2
}

declare -A bins=([static]=$PF_STATIC_BIN [default]=$PF_BIN)

is_built() {
  [ -x "${bins[$1]}/pf" ]
}

# ---- filters: the output of a program as lines of "port pid" ----

shown_by_pf() {
  awk 'NR > 1 { print $1, $2 }'
}

shown_by_ss() {
  sed -E 's/^LISTEN .*:([0-9]+) .*pid=([0-9]+),.*$/\1 \2/'
}

shown_by_lsof() {
  awk 'NR > 1 { sub(/.*:/, "", $9); print $9, $2 }'
}

shown_by_netstat() {
  awk '/^tcp/ { sub(/.*:/, "", $4); sub(/\/.*/, "", $7); print $4, $7 }'
}

# fuser and floor print only pids, for the port they were given.
shown_by_pids() {
  awk -v port="$1" '{ for (i = 1; i <= NF; i++) print port, $i }'
}

# ---- measuring ----

# adds NAME COMMAND FILTER...: adds a command to the next measurement, after checking that its
# filtered output is that of the file $expected.
adds() {
  local name=$1 command=$2
  shift 2
  eval "$command" 2>/dev/null | "$@" | sort -u >"$directory/shown"
  cmp -s "$directory/shown" "$expected" || {
    { diff "$expected" "$directory/shown" || true; } | head >&2
    fail "$scenario: $name: wrong result: < expected, > printed"
  }
  hyperfine_arguments+=(-n "$name" "$command")
}

# adds_pf ARGUMENTS [LABEL PREFIX]: adds pf of both builds, or of the one that is built.
# PREFIX is a command that runs it.
adds_pf() {
  local build
  for build in static default; do
    ! is_built "$build" ||
      adds "$build pf${1:+ $1}${2:-}" "${3:-} '${bins[$build]}/pf' $1" shown_by_pf
  done
}

# expects LINES...: what the next commands must print, as "port pid".
expects() {
  printf '%s\n' "$@" | sort -u >"$expected"
}

# measures WARMUP RUNS: measures all added commands in one run; leaves the medians, in seconds,
# in $median.
measures() {
  hyperfine -N --warmup "$1" --runs "$2" --export-json "$directory/medians.json" \
    "${hyperfine_arguments[@]}" >"$directory/hyperfine.log" 2>&1 || {
    cat "$directory/hyperfine.log" >&2
    fail "$scenario: hyperfine failed"
  }
  hyperfine_arguments=()
  while IFS=$'\t' read -r name seconds; do
    median[$name]=$seconds
  done < <(jq -r '.results[] | [.command, .median] | @tsv' "$directory/medians.json")
}

# ---- rows: scenario, command, value, against, ratio, at most, verdict ----

row() {
  local IFS=$'\t'
  printf '%s\n' "$scenario	$*"
}

milliseconds() {
  awk -v s="$1" 'BEGIN { ms = 1000 * s; printf ms < 100 ? "%.3g ms" : "%.0f ms", ms }'
}

# verdict VALUE TARGET
verdict() {
  awk -v value="$1" -v target="$2" 'BEGIN {
    if (value <= target) print "met"; else printf "missed by %.2f\n", value - target }'
}

# compares COMMAND OPPONENT [TARGET]
compares() {
  local ratio target=${3:-} is=
  if [ -z "${median[$1]:-}" ]; then
    row "$1" "not built" "$2" "" "$target" ""
    return
  fi
  ratio=$(awk -v a="${median[$1]}" -v b="${median[$2]}" 'BEGIN { print a / b }')
  [ -z "$target" ] || is=$(verdict "$ratio" "$target")
  row "$1" "$(milliseconds "${median[$1]}")" "$2: $(milliseconds "${median[$2]}")" \
    "$(printf %.2f "$ratio")" "$target" "$is"
}

# compares_pf ARGUMENTS OPPONENT [TARGET [DEFAULT_TARGET]]: compares both builds.
compares_pf() {
  compares "static pf${1:+ $1}" "$2" "${3:-}"
  compares "default pf${1:+ $1}" "$2" "${4:-}"
}

# informs COMMAND: prints a row without a target.
informs() {
  row "$1" "$(milliseconds "${median[$1]}")" "" "" "" ""
}

# peak_of COMMAND...: its peak memory or that of its largest child, in KiB.
peak_of() {
  /usr/bin/time -f %M -o "$directory/peak" "$@" >"$directory/output"
  cat "$directory/peak"
}

# memory ARGUMENTS MIB: the peak memory of `pf ARGUMENTS`, that is of the largest of pf and its
# stages, and of each stage run alone on the output of the one before.
memory() {
  local build
  for build in static default; do
    if is_built "$build"; then
      memory_of "$build" "$@"
    else
      row "$build pf${1:+ $1}, memory" "not built" "" "" "$2 MiB" ""
    fi
  done
}

memory_of() {
  local bin=${bins[$1]} whole collect resolve render
  # shellcheck disable=SC2086 # no port, or one
  {
    whole=$(peak_of "$bin/pf" $2)
    collect=$(peak_of "$bin/pf-collect-proc" $2)
  }
  mv "$directory/output" "$directory/collected"
  resolve=$(peak_of "$bin/pf-resolve" <"$directory/collected")
  mv "$directory/output" "$directory/resolved"
  render=$(peak_of "$bin/pf-render" <"$directory/resolved")
  whole=$(mebibytes "$whole")
  row "$1 pf${2:+ $2}, memory" "$whole MiB" \
    "its stages: $(mebibytes "$collect" "$resolve" "$render")" "" "$3 MiB" \
    "$(verdict "$whole" "$3")"
}

# mebibytes KIB...
mebibytes() {
  printf '%s\n' "$@" | awk '{ printf "%s%.1f", (NR > 1 ? ", " : ""), $1 / 1024 }'
}
