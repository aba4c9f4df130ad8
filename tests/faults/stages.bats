#!/usr/bin/env bats
# Each call of a collector, pf-resolve or pf-render fails once, in turn. Needs programs built with
# FAULTS=1.
# shellcheck disable=SC2034 # each_fault uses what is not used here

load ../helpers/common
load faults

@test "pf-collect-proc on this machine" {
  one_holder
  each_fault pf-collect-proc "$ALLOCATIONS $SOCKETS $WRITES" gives_good_lines \
    pf-collect-proc "$port"
  each_fault pf-collect-proc "$READS" gives_all_lines pf-collect-proc "$port"
  # The runs in which "/" or /proc itself can't be opened, with two errors each.
  equal "runs without the socket" "$lost_count" 4
}

@test "pf-collect-proc on this machine without netlink" {
  one_holder
  each_fault pf-collect-proc "$READS" gives_good_lines \
    "$PF_TESTS/without" netlink pf-collect-proc "$port"
}

@test "pf-collect-proc with a capture" {
  each_fault pf-collect-proc "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-collect-proc --replay "$FIXTURES/proc/prefork"
}

@test "pf-collect-lsof on this machine" {
  need_command lsof
  one_holder
  each_fault pf-collect-lsof "$ALLOCATIONS $READS $CHILDREN $WRITES" gives_good_lines \
    pf-collect-lsof "$port"
}

@test "pf-collect-lsof with captures" {
  each_fault pf-collect-lsof "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-collect-lsof --replay "$FIXTURES/lsof/linux"
  each_fault pf-collect-lsof "$ALLOCATIONS $READS" gives_good_lines \
    pf-collect-lsof --replay "$FIXTURES/lsof/macos-hidden"
}

@test "pf-collect-netstat with a capture" {
  each_fault pf-collect-netstat "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-collect-netstat --replay "$FIXTURES/netstat/english"
}

@test "pf-collect-ss, of a capture" {
  each_fault pf-collect-ss "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-collect-ss -tu --replay "$FIXTURES/ss/both"
}

@test "pf-collect-netstat with a stand-in for Windows' netstat" {
  printf '#!/bin/sh\ncat "%s"\n' "$FIXTURES/netstat/english/netstat.txt" >"$here/netstat"
  chmod +x "$here/netstat"
  PF_NETSTAT=$here/netstat each_fault pf-collect-netstat \
    "$ALLOCATIONS $READS $CHILDREN $WRITES" gives_good_lines pf-collect-netstat
}

@test "pf-resolve on this machine" {
  one_holder
  # A user that only getent could know.
  input=$here/input
  sed 's/"uid":[0-9]*/"uid":4000001/' "$line" >"$input"
  each_fault pf-resolve "$ALLOCATIONS $READS $CHILDREN" gives_all_lines pf-resolve
  # The runs without memory to start, or with unreadable input.
  [ "$lost_count" -le 4 ]
  each_fault pf-resolve "$WRITES" gives_good_lines pf-resolve
}

@test "pf-resolve --details with captures" {
  for capture in why/docker-proxy why/supervisors; do
    input=$FIXTURES/$capture/expected.ndjson
    lost_count=0
    each_fault pf-resolve "$ALLOCATIONS $READS" gives_all_lines \
      pf-resolve --details --replay "$FIXTURES/$capture"
    # The runs without memory to start, without a capture, or with unreadable input.
    [ "$lost_count" -le 7 ]
    each_fault pf-resolve "$WRITES" gives_good_lines \
      pf-resolve --details --replay "$FIXTURES/$capture"
  done
}

@test "pf-resolve with a capture from Windows" {
  input=$FIXTURES/tasklist/english/expected.ndjson
  each_fault pf-resolve "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-resolve --replay "$FIXTURES/tasklist/english"
}

@test "pf-render in each of its forms" {
  input=$FIXTURES/proc/prefork/expected.ndjson
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --json
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --ndjson
  input=$FIXTURES/why/docker-proxy/expected.details.ndjson
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --wide
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --why
}
