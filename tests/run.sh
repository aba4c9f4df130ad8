#!/bin/bash
# Runs bats files, one for each processor at a time, the largest first, and prints what each says
# when it ends.
#
#   run.sh 'COMMAND that gives a network of its own' FILE|DIRECTORY...
#
# Each file has a network of its own, so that none meets the sockets of another. One that takes
# PF_TEST_TIMEOUT seconds hangs: a machine that is ten times slower must stay below that.
# PF_TAGS chooses tests by their tags, as bats' --filter-tags does, and PF_FILTER by their names,
# as --filter does.
set -u

in_netns=$1
shift
limit=${PF_TEST_TIMEOUT:-900}
jobs=$(getconf _NPROCESSORS_ONLN)
# One capture is for the tests of all captures alone.
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

# A group of processes for each file, whose signals are as they were here: without this, what
# runs in the background ignores interrupts, and so would the tested programs.
set -m
scratch=$(mktemp -d) || exit 1
trap 'rm -rf "$scratch"' EXIT
trap 'for pid in "${!running[@]}"; do kill -- "-$pid"; done; exit 1' HUP INT TERM

running=() # by the pid, the file's index
failed=0

# Waits for the end of a file, and prints what it said.
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
