#!/usr/bin/env bash
# Measures pf against other programs and prints one table. `make bench` builds everything and
# runs it.
#
#   bench.sh [--markdown] [SCENARIO]...
#
#   --markdown  print BENCHMARKS.md
#
# QUICK=1 uses smaller loads and fewer runs. The exit status is 2 if a program fails or prints a
# wrong result, but 0 if a target is missed.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# Measures the programs, not their locale.
export LC_ALL=C
PF_STATIC_BIN=${PF_STATIC_BIN:-$here/../../build/$(uname -m)-linux-musl/bin}
directory=$(mktemp -d)
expected=$directory/expected
BATS_TEST_DIRNAME=$here
BATS_TEST_TMPDIR=$directory
# shellcheck source=tests/helpers/common.bash
source "$here/../helpers/common.bash"
# shellcheck source=tests/bench/measure.bash
source "$here/measure.bash"
# shellcheck source=tests/bench/scenarios.bash
source "$here/scenarios.bash"

finish() {
  release_holders
  rm -rf "$directory"
}
trap finish EXIT
trap 'exit 2' INT TERM

# ---- one scenario, in its own network namespace ----

if [ "${1:-}" = --inside ]; then
  [ -n "${PF_NETNS:-}" ] || fail "no network namespace: ${PF_NETNS_WHY:-}"
  "$2"
  exit
fi

# ---- all scenarios ----

need_tools() {
  local tool
  for tool in ss lsof fuser netstat hyperfine nsenter jq /usr/bin/time; do
    command -v "$tool" >/dev/null || fail "$tool: not found: run make deps-bench"
  done
  for tool in "$PF_BIN/pf" "$PF_TESTS/netns" "$PF_TESTS/crowd" "$PF_TESTS/floor"; do
    [ -x "$tool" ] || fail "$tool: not built: run make bench"
  done
}

# Programs that use several processors suffer most from other load.
look_for_load() {
  read -r load _ </proc/loadavg
  [ "${load%.*}" = 0 ] || printf 'bench: the machine is busy (load %s): pf will look slower than it is\n' \
    "$load" >&2
}

run() {
  local name
  for name; do
    printf 'bench: %s\n' "$name" >&2
    "$PF_TESTS/netns" bash "${BASH_SOURCE[0]}" --inside "$name"
  done
}

headings=$'scenario\tcommand\tmedian or peak\tagainst\tratio\tat most\ttarget'

as_text() {
  { echo "$headings" && cat; } | awk -F '\t' '
    {
      for (i = 1; i <= NF; i++) {
        cells[NR, i] = $i
        if (length($i) > widths[i])
          widths[i] = length($i)
      }
    }
    END {
      for (row = 1; row <= NR; row++) {
        line = ""
        for (i = 1; i <= NF; i++)
          line = line sprintf("%-" widths[i] + 2 "s", cells[row, i])
        sub(/ *$/, "", line)
        print line
      }
    }'
}

as_markdown() {
  { echo "$headings" && echo $'---\t---\t---:\t---\t---:\t---:\t---' && cat; } |
    sed $'s/|/\\\\|/g; s/\t/ | /g; s/^/| /; s/$/ |/'
}

facts() {
  lscpu | sed -n 's/^Model name: */- processor: /p'
  echo "- processors: $(nproc), $(lscpu | sed -n 's/^Virtualization type: */virtualization: /p')"
  awk '/^MemTotal:/ { printf "- memory: %.0f GiB\n", $2 / 1048576 }' /proc/meminfo
  echo "- load at the start: $load"
  echo "- system: $(uname -s) $(uname -r), $(sed -n 's/^PRETTY_NAME="\(.*\)"$/\1/p' /etc/os-release)"
  echo "- $("$PF_BIN/pf" --version), built by $("${CC:-cc}" --version | head -n 1)"
  echo "- $(ss --version)"
  echo "- $(lsof -v 2>&1 | sed -n 's/^ *revision: */lsof /p')"
  echo "- $(fuser --version 2>&1 | head -n 1)"
  echo "- $(netstat --version | head -n 1)"
  echo "- $(jq --version), $(hyperfine --version)"
}

format=as_text
if [ "${1:-}" = --markdown ]; then
  format=as_markdown
  shift
fi
[ $# -gt 0 ] || set -- idle descriptors connections listeners stream
need_tools
look_for_load
run "$@" >"$directory/rows"
if [ $format = as_markdown ]; then
  facts >"$directory/facts"
  sed -e "/^@facts@\$/{r $directory/facts" -e 'd}' "$here/benchmarks.md.in"
fi
$format <"$directory/rows"
