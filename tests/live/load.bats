#!/usr/bin/env bats
# Machines under load: every holder is found, each once, and no others. LOAD_PROCESSES is the number
# of processes of the largest one.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
}

# many PART N...: runs the helper mkmany as a holder, and expects all its holders.
many() {
  holder_program=$PF_TESTS/mkmany holder "$@"
  expect "${ready[@]:1}"
}

# need_descriptors COUNT
need_descriptors() {
  local limit
  limit=$(ulimit -Hn)
  [ "$limit" = unlimited ] || [ "$limit" -ge "$1" ] || skip "a process may open $limit files only"
}

# The lines in $BATS_TEST_TMPDIR/stdout as PORT:PID:FD.
holdings() {
  jq -r '"\(.port):\(.pid):\(.fd)"' "$BATS_TEST_TMPDIR/stdout" | sort
}

# expect PORT:PID:FD...: from now on, `finds` must find these holders, and no others.
expect() {
  printf '%s\n' "$@" | sort >"$BATS_TEST_TMPDIR/expected"
}

# finds COMMAND...: it lists the expected holders.
finds() {
  capture_run "$@"
  holdings >"$BATS_TEST_TMPDIR/found"
  equal "stderr" "$stderr" "" && equal "exit status" "$status" 0 &&
    same "holders" "$BATS_TEST_TMPDIR/found" "$BATS_TEST_TMPDIR/expected"
}

without() {
  "$PF_TESTS/without" "$@"
}

need_filters() {
  local status=0
  without netlink true || status=$?
  [ "$status" != 125 ] || skip "no seccomp filters here"
}

on_one_processor() {
  local first
  first=$(awk '$1 == "Cpus_allowed_list:" { print $2 + 0 }' /proc/self/status)
  taskset -c "$first" "$@"
}

@test "300 processes that inherit a listener are each listed as a holder, once" {
  many --shared 1 --children 300 --descriptors 5 --each 1
  equal "how many" "${#ready[@]}" $((1 + 1 + 300 + 300))
  finds pf-collect-proc
}

@test "one thread finds the same holders as several" {
  need_command taskset
  many --shared 2 --children 300 --descriptors 5 --each 1
  finds pf-collect-proc
  sort "$BATS_TEST_TMPDIR/stdout" >"$BATS_TEST_TMPDIR/by-several"
  finds on_one_processor pf-collect-proc
  same "lines" <(sort "$BATS_TEST_TMPDIR/stdout") "$BATS_TEST_TMPDIR/by-several"
}

# bats test_tags=bare
@test "all holders are found even if no thread can be started" {
  need_filters
  many --shared 2 --children 300 --descriptors 5 --each 1
  # A sanitizer looks for leaks in a process of its own.
  ASAN_OPTIONS=detect_leaks=0 finds without threads pf-collect-proc
}

@test "if a process has several descriptors for a socket, the lowest is listed, in any order of opening" {
  many --children 100 --descriptors 40 --each 3 --twice 1
  equal "how many" "${#ready[@]}" $((1 + 100 * 3))
  finds pf-collect-proc
}

@test "100 requested ports are found among 200, each held by another process" {
  many --children 200 --descriptors 5 --each 1
  local wanted=() ports=() i
  for ((i = 1; i <= 200; i += 2)); do
    wanted+=("${ready[i]}")
    ports+=("${ready[i]%%:*}")
  done
  expect "${wanted[@]}"
  finds pf-collect-proc "${ports[@]}"
  finds pf-collect-proc "$(IFS=, && echo "${ports[*]}")"
}

@test "among 100,000 descriptors of 1,000 processes, the first and the last listener are found" {
  many --children 1000 --descriptors 100 --ends 1
  finds pf-collect-proc
  expect "${ready[1]}"
  finds pf-collect-proc "${ready[1]%%:*}"
  expect "${ready[2]}"
  finds pf-collect-proc "${ready[2]%%:*}"
}

# need_processes COUNT: leaves some processes for others.
need_processes() {
  local left
  # Threads take their numbers from the same range.
  left=$(($(cat /proc/sys/kernel/pid_max) - $(cut -d' ' -f4 /proc/loadavg | cut -d/ -f2)))
  [ "$left" -ge $(($1 + 500)) ] || skip "the machine has room for $left processes only"
  left=$(ulimit -u)
  [ "$left" = unlimited ] || [ "$left" -ge $(($1 + 500)) ] || skip "a user may have $left processes only"
}

@test "among thousands of processes, the holders with the first and the last pid are found" {
  local processes=${LOAD_PROCESSES:-2000} end
  need_processes "$processes"
  many --children "$processes" --descriptors 2 --ends 1
  equal "how many hold something" "${#ready[@]}" $((1 + 2))
  finds pf --ndjson
  for end in "${ready[@]:1}"; do
    expect "$end"
    finds pf --ndjson "${end%%:*}"
  done
}

# few COMMAND...: with 32 descriptors.
few() {
  (ulimit -n 32 && "$@")
}

@test "with 32 descriptors, 100 holders are listed, explained and waited for" {
  holder tcp:127.0.0.1:0 --forks 99
  local pids port=${ready[1]}
  pids=$(printf '%s\n' "$holder_pid" "${ready[@]:2}" | sort -n)
  capture_run few pf --ndjson "$port"
  equal "holders" "$(jq .pid <<<"$stdout" | sort -n)" "$pids"
  equal "stderr" "$stderr" ""
  capture_run few pf --why "$port"
  equal "stories" "$(sed -n 's/^.* · mksock (\([0-9]*\)), .*/\1/p' <<<"$stdout" | sort -n)" "$pids"
  equal "stderr" "$stderr" ""
  capture_run few pf --wait --timeout 0 "$port"
  equal "who holds it" "$(sed -n 's/^pf: port .*(\([0-9]*\))$/\1/p' <<<"$stderr" | sort -n)" "$pids"
  equal "exit status" "$status" 1
}

# bats test_tags=bare
@test "with 32 descriptors, --kill reports for each holder if it has ended" {
  holder tcp:127.0.0.1:0 --forks 99
  local ended refused port=${ready[1]}
  capture_run few pf --no-header --force "$port"
  ended=$(sed -n 's/^mksock (\([0-9]*\)): ended$/\1/p' <<<"$stdout" | sort -n)
  refused=$(sed -n 's/^pf-kill: mksock (\([0-9]*\)): not killed: this command may open too few files: allow it more (ulimit -n)$/\1/p' <<<"$stderr" | sort -n)
  equal "all" "$(sort -n <<<"$ended
$refused")" "$(printf '%s\n' "$holder_pid" "${ready[@]:2}" | sort -n)"
  equal "messages" "$(wc -l <<<"$stderr")" "$(wc -l <<<"$refused")"
  equal "exit status" "$status" 2
}

@test "with 32 descriptors and without pidfds, 100 holders are killed" {
  need_filters
  holder tcp:127.0.0.1:0 --forks 99
  capture_run few without pidfds pf --no-header --force "${ready[1]}"
  equal "ended" "$(sed -n 's/^mksock (\([0-9]*\)): ended$/\1/p' <<<"$stdout" | sort -n)" \
    "$(printf '%s\n' "$holder_pid" "${ready[@]:2}" | sort -n)"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
}

@test "10,000 listeners of one process are all listed, each once" {
  need_descriptors 10100
  need_filters
  many --shared 10000
  equal "how many" "${#ready[@]}" 10001
  finds pf-collect-proc
  finds pf --ndjson
  finds without netlink pf-collect-proc
  expect "${ready[5000]}"
  finds pf-collect-proc "${ready[5000]%%:*}"
}

@test "5,000 connections to a listener are not holders, and hide none" {
  need_descriptors 10100
  need_filters
  many --shared 1 --children 2 --connections 5000
  finds pf-collect-proc
  finds pf-collect-proc "${ready[1]%%:*}"
  finds without netlink pf-collect-proc
}

@test "while other processes come and go, the lasting holders are found every time" {
  many --shared 1 --children 100 --descriptors 5 --each 1
  local guard=$BATS_TEST_TMPDIR/coming-and-going i
  : >"$guard"
  while [ -e "$guard" ]; do (:); done 3>&- &
  local coming_and_going=$!
  for ((i = 0; i < 10; i++)); do
    finds pf-collect-proc || break
  done
  rm "$guard"
  wait "$coming_and_going"
  equal "rounds" "$i" 10
}

# The kernel itself takes up to 8 KiB of the stack, at random, besides the environment.
# bats test_tags=native
@test "with a stack of 64 KiB, everything works" {
  ! grep -q __asan_init "$PF_BIN/pf" || skip "a sanitizer needs more stack"
  holder tcp:127.0.0.1:0
  local port=${ready[1]} command
  small_stack() { (ulimit -s 64 && env -i PATH="$PATH" "$@"); }
  for _ in 1 2 3 4 5; do
    for command in "pf 1-65535" "pf --why $port" "pf --wide $port" "pf --kill --dry-run $port" \
      "pf-collect-proc $port"; do
      # shellcheck disable=SC2086 # of words
      capture_run small_stack $command
      equal "exit status of $command" "$status" 0
      equal "messages of $command" "$stderr" ""
    done
  done
  capture_run small_stack pf --kill "$port"
  equal "exit status" "$status" 0
}
