#!/bin/bash
# Runs bats files, one per processor at a time, the largest first, and prints the output of each as
# it ends.
#
#   run.sh 'COMMAND that provides a network of its own' FILE|DIRECTORY...
#
# Each file has a network of its own, so that it doesn't see the sockets of another. A file that
# takes longer than PF_TEST_TIMEOUT seconds counts as hanging; a machine ten times slower must stay
# below that. PF_TAGS selects tests by tag, like bats' --filter-tags, and PF_FILTER by name, like
# --filter.
set -u

in_netns=$1
shift
limit=${PF_TEST_TIMEOUT:-900}
jobs=$(getconf _NPROCESSORS_ONLN)
# PF_FIXTURE selects one capture, for the tests that replay every capture.
[ -z "${PF_FIXTURE:-}" ] || PF_FILTER="^every capture (gives|with details gives)"
# shellcheck disable=SC2206 # a command with its arguments
run_bats=(timeout --kill-after=5 "$limit" $in_netns bats --print-output-on-failure
  ${PF_TAGS:+--filter-tags "$PF_TAGS"} ${PF_FILTER:+--filter "$PF_FILTER"})

files=()
for name; do
  [ -d "$name" ] && files+=("$name"/*.bats) || files+=("$name")
done
sorted=$(ls -S -- "${files[@]}") || exit 1
mapfile -t files <<<"$sorted"

# A process group of its own for each file, with the signals unchanged: otherwise a background
# process ignores interrupts, and so would the tested programs.
set -m
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'for pid in "${!running[@]}"; do kill -- "-$pid"; done; exit 1' HUP INT TERM

running=() # by the pid, the file's index
failed=0

# Waits until a file has ended, and prints its output.
await() {
  local pid status=0 index
  wait -n -p pid || status=$?
  index=${running[pid]}
  unset "running[pid]"
  [ "$status" = 0 ] || failed=1
  if [ "$status" = 124 ]; then
    echo "not ok ${files[index]} was stopped after $limit s, in the test that follows these" >>"$scratch/$index"
  fi
  grep -v '^1\.\.' "$scratch/$index"
}

for index in "${!files[@]}"; do
  [ "${#running[@]}" -lt "$jobs" ] || await
  "${run_bats[@]}" "${files[index]}" </dev/null >"$scratch/$index" 2>&1 &
  running[$!]=$index
done
while [ "${#running[@]}" -gt 0 ]; do
  await
done
cat "$scratch"/* | awk -v failed="$failed" '
  /^ok / { passed++ }
  /^ok .* # skip/ { skipped++ }
  /^not ok / { missed++ }
  END {
    printf "%d passed, %d failed, %d skipped\n", passed - skipped, missed, skipped
    exit failed || !passed
  }'
