#!/usr/bin/env bats
# One call of one program fails, each in turn. Needs programs made with FAULTS=1.
# shellcheck disable=SC2034 # each_fault uses what is not used here

load ../helpers/common
load faults

setup() {
  here=$BATS_TEST_TMPDIR
  fault_count=0
  lost_count=0
  input=/dev/null
}

teardown() {
  release_holders
  tell_count
}

# A holder of one port, the listing of which is left in the file $line.
one_holder() {
  need_netns
  holder tcp:127.0.0.1:0
  port=${ready[1]}
  line=$here/line
  pf-collect-proc "$port" >"$line"
}

@test "pf-collect-proc, of this machine" {
  one_holder
  each_fault pf-collect-proc "$ALLOCATIONS $SOCKETS $WRITES" gives_good_lines \
    pf-collect-proc "$port"
  each_fault pf-collect-proc "$READS" gives_all_lines pf-collect-proc "$port"
  # Where "/" or /proc itself can't be opened, by two errors each.
  equal "runs without the socket" "$lost_count" 4
}

@test "pf-collect-proc, of this machine without netlink" {
  one_holder
  each_fault pf-collect-proc "$READS" gives_good_lines \
    "$PF_TESTS/without" netlink pf-collect-proc "$port"
}

@test "pf-collect-proc, of a capture" {
  each_fault pf-collect-proc "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-collect-proc --replay "$FIXTURES/prefork"
}

@test "pf-collect-lsof, of this machine" {
  need_command lsof
  one_holder
  each_fault pf-collect-lsof "$ALLOCATIONS $READS $CHILDREN $WRITES" gives_good_lines \
    pf-collect-lsof "$port"
}

@test "pf-collect-lsof, of captures" {
  each_fault pf-collect-lsof "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-collect-lsof --replay "$FIXTURES/lsof-linux"
  each_fault pf-collect-lsof "$ALLOCATIONS $READS" gives_good_lines \
    pf-collect-lsof --replay "$FIXTURES/macos-hidden"
}

@test "pf-collect-netstat, of a capture" {
  each_fault pf-collect-netstat "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-collect-netstat --replay "$FIXTURES/windows-english"
}

@test "pf-collect-netstat, of what stands in for Windows' netstat" {
  printf '#!/bin/sh\ncat "%s"\n' "$FIXTURES/windows-english/netstat.txt" >"$here/netstat"
  chmod +x "$here/netstat"
  PF_NETSTAT=$here/netstat each_fault pf-collect-netstat \
    "$ALLOCATIONS $READS $CHILDREN $WRITES" gives_good_lines pf-collect-netstat
}

@test "pf-resolve, of this machine" {
  one_holder
  # A user whom only getent could know.
  input=$here/input
  sed 's/"uid":[0-9]*/"uid":4000001/' "$line" >"$input"
  each_fault pf-resolve "$ALLOCATIONS $READS $CHILDREN" gives_all_lines pf-resolve
  # Where there is no memory to begin, and where the input can't be read.
  [ "$lost_count" -le 4 ]
  each_fault pf-resolve "$WRITES" gives_good_lines pf-resolve
}

@test "pf-resolve --details, of captures" {
  for capture in details-docker-proxy details-supervisor; do
    input=$FIXTURES/$capture/expected.ndjson
    lost_count=0
    each_fault pf-resolve "$ALLOCATIONS $READS" gives_all_lines \
      pf-resolve --details --replay "$FIXTURES/$capture"
    # Where there is no memory to begin, or no capture, and where the input can't be read.
    [ "$lost_count" -le 7 ]
    each_fault pf-resolve "$WRITES" gives_good_lines \
      pf-resolve --details --replay "$FIXTURES/$capture"
  done
}

@test "pf-resolve, of a capture of Windows" {
  input=$FIXTURES/tasklist-english/expected.ndjson
  each_fault pf-resolve "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-resolve --replay "$FIXTURES/tasklist-english"
}

@test "pf-render, each of its forms" {
  input=$FIXTURES/prefork/expected.ndjson
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --json
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --ndjson
  input=$FIXTURES/details-docker-proxy/expected.details.ndjson
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --wide
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --why
}

# Where the holder has ended, there is a new one.
renew_holder() {
  kill -0 "$holder_pid" 2>/dev/null && return
  # What is left of the old one would be one descriptor more to look at, each time.
  local fd=${holder_fds[-1]}
  exec {fd}>&-
  unset 'holder_fds[-1]' 'holder_pids[-1]'
  list_holder
}

# A new holder, and in $input what is listed of it, where $lister is set by pf-collect-proc in that.
list_holder() {
  input=$here/input
  holder tcp:127.0.0.1:0
  "${lister[@]}" pf-collect-proc "${ready[1]}" | pf-resolve >"$input"
}

# Exit status 0 says that the holder has ended, and no other process ever has.
ends_only_the_holder() {
  kill -0 "$bystander" || return 1
  if [ "$status" = 0 ]; then
    ! kill -0 "$holder_pid" 2>/dev/null
  else
    [ "$status" = 2 ] && { new_messages || is_lost_message; }
  fi
}

@test "pf-kill ends what was listed, or says why not, and nothing else ever" {
  one_holder
  bystander=$holder_pid
  list_holder
  before_run=renew_holder
  each_fault pf-kill "$ALLOCATIONS $READS $WRITES poll:EINTR,ENOMEM" ends_only_the_holder pf-kill
  each_fault pf-kill "$ALLOCATIONS $READS" ends_only_the_holder pf-kill --force
}

@test "pf-kill, where Linux has no pidfds" {
  one_holder
  bystander=$holder_pid
  lister=("$PF_TESTS/without" pidfds)
  list_holder
  before_run=renew_holder
  each_fault pf-kill "$READS poll:EINTR,ENOMEM kill:EPERM,EINVAL" ends_only_the_holder \
    "${lister[@]}" pf-kill
}

@test "pf, its list, its JSON, and what it would end" {
  one_holder
  local calls="$ALLOCATIONS $READS $WRITES $CHILDREN"
  each_fault pf "$calls" gives_a_beginning pf "$port"
  each_fault pf "$calls" gives_a_beginning pf --json "$port"
  each_fault pf "$calls" gives_a_beginning pf --kill --dry-run "$port"
}

@test "pf --kill: exit status 0 says that the holder has ended, and nothing else ever does" {
  one_holder
  bystander=$holder_pid
  list_holder
  before_run=renew_holder
  # shellcheck disable=SC2016 # the port is that of the holder of this run
  each_fault pf "$ALLOCATIONS $READS $WRITES $CHILDREN" ends_only_the_holder \
    sh -c 'exec pf --kill "$(jq .port "$1")"' sh "$input"
}

@test "pf NAME becomes the program, or says why not" {
  input=$FIXTURES/prefork/expected.ndjson
  each_fault pf "$READS $WRITES execv:EACCES,ENOMEM" gives_a_beginning pf render
}

@test "pf --wait" {
  one_holder
  each_fault pf "$ALLOCATIONS $READS $WRITES $CHILDREN $SOCKETS" gives_a_beginning \
    pf --wait --timeout 0.02 "$port"
}

@test "with few descriptors, each program and all of it" {
  one_holder
  local limit
  # With fewer, no library could be opened, and no program of anybody's would start.
  for ((limit = 4; limit <= 24; limit++)); do
    fault="a limit of $limit descriptors"
    expected_status=0
    : >"$here/expected.err"
    pf "$port" >"$here/expected.out"
    run_once bash -c "ulimit -n $limit && exec pf $port"
    fault_count=$((fault_count + 1))
    is_honest || {
      printf '%s: exit status %s\n' "$fault" "$status"
      cat "$here/out" "$here/err"
      return 1
    }
  done
}
