#!/usr/bin/env bats
# fixtures/capture.sh takes what a replay needs, and nothing else.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
}

# parents PID: its ancestors, nearest first, as of now.
parents() {
  local pid=$1 stat
  while [ "$pid" -gt 0 ]; do
    stat=$(tr '\n' ' ' <"/proc/$pid/stat") || return
    # shellcheck disable=SC2086 # words are what is wanted
    set -- ${stat##*) }
    pid=$2
    [ "$pid" -eq 0 ] || echo "$pid"
  done
}

# same_as_now FILE: the capture's copy equals /proc's. Files there have no size, which cmp needs.
same_as_now() {
  cat "/proc/$1" >"$BATS_TEST_TMPDIR/now"
  same "$1" "$directory/proc/$1" "$BATS_TEST_TMPDIR/now"
}

@test "a capture has what explains why a process runs, and only the names of its ancestors" {
  local directory=$BATS_TEST_TMPDIR/capture parents pid files
  holder tcp:127.0.0.1:0
  parents=$(parents "$holder_pid")
  capture_run sh "$FIXTURES/capture.sh" "$directory" "$holder_pid"
  gives 0 "" ""

  files="net/tcp net/tcp6 net/udp net/udp6 stat uptime"
  for name in cgroup cmdline comm cwd exe "fd/*" stat status; do
    files+=" $holder_pid/$name"
  done
  for pid in $parents; do
    files+=" $pid/cmdline $pid/comm $pid/stat"
  done
  equal "files" "$(cd "$directory/proc" && find . ! -type d | sed 's|^\./||; s|/fd/.*|/fd/*|' | sort)" \
    "$(tr ' ' '\n' <<<"$files" | sort)"

  same_as_now "$holder_pid/cgroup"
  equal "cwd" "$(readlink "$directory/proc/$holder_pid/cwd")" "$(readlink "/proc/$holder_pid/cwd")"
  for pid in $parents; do
    same_as_now "$pid/comm"
    same_as_now "$pid/cmdline"
  done
  equal "proc/stat" "$(<"$directory/proc/stat")" "$(grep '^btime ' /proc/stat)"
  [[ $(<"$directory/proc/uptime") =~ ^[0-9]+\.[0-9]+\ [0-9]+\.[0-9]+$ ]]
}

@test "a capture shows the same table as the machine" {
  holder tcp:127.0.0.1:0 tcp:[::]:0
  sh "$FIXTURES/capture.sh" "$BATS_TEST_TMPDIR/capture" "$holder_pid"
  capture_run pf --replay "$BATS_TEST_TMPDIR/capture"
  gives 0 "$(pf)" ""
}
