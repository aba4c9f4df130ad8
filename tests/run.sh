#!/bin/bash
# Runs bats over several directories or files at once, which on two processors takes half as long,
# and prints what each has said, whole, one after the other. Of several, a directory is two halves,
# since one has most of the tests.
#
#   run.sh 'COMMAND that gives a network of its own' TESTS...
#
# Each gets a network of its own, so that none meets the sockets of another. PF_TAGS chooses
# tests by their tags, as bats' --filter-tags does, PF_FILTER by their names, as --filter does.
set -u

in_netns=$1
shift
# No test may hang. Under valgrind and emulation the limit is another.
export BATS_TEST_TIMEOUT=${PF_TEST_TIMEOUT:-300}
# One capture is for the tests of all captures alone.
[ -z "${PF_FIXTURE:-}" ] || PF_FILTER="^every capture (gives|that explains)"
run_bats=(bats --print-output-on-failure ${PF_TAGS:+--filter-tags "$PF_TAGS"}
  ${PF_FILTER:+--filter "$PF_FILTER"})

# Nothing is held back where there is but one.
if [ $# -eq 1 ]; then
  # shellcheck disable=SC2086 # a command with its arguments
  exec $in_netns "${run_bats[@]}" "$1"
fi

# A group of processes for each, which starts with its signals as they were: without this, what
# runs in the background has to ignore an interrupt, and so would the programs that are tested.
set -m
pids=()
status=0
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'for pid in "${pids[@]}"; do kill -- "-$pid" 2>/dev/null; done; exit 1' HUP INT TERM

# start FILE...
start() {
  [ $# -gt 0 ] || return
  # shellcheck disable=SC2086
  $in_netns "${run_bats[@]}" "$@" \
    </dev/null >"$scratch/${#pids[@]}" 2>&1 &
  pids+=($!)
}

for tests; do
  files=("$tests")
  [ ! -d "$tests" ] || files=("$tests"/*.bats)
  half=$(((${#files[@]} + 1) / 2))
  start "${files[@]:0:half}"
  start "${files[@]:half}"
done
for i in "${!pids[@]}"; do
  wait "${pids[i]}" || status=1
  cat "$scratch/$i"
done
exit "$status"
