#!/usr/bin/env bats
# One call of a collector, of pf-resolve or pf-render fails, each in turn. Needs programs made with FAULTS=1.
# shellcheck disable=SC2034 # each_fault uses what is not used here

load ../helpers/common
load faults

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
    pf-collect-proc --replay "$FIXTURES/proc/prefork"
}

@test "pf-collect-lsof, of this machine" {
  need_command lsof
  one_holder
  each_fault pf-collect-lsof "$ALLOCATIONS $READS $CHILDREN $WRITES" gives_good_lines \
    pf-collect-lsof "$port"
}

@test "pf-collect-lsof, of captures" {
  each_fault pf-collect-lsof "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-collect-lsof --replay "$FIXTURES/lsof/linux"
  each_fault pf-collect-lsof "$ALLOCATIONS $READS" gives_good_lines \
    pf-collect-lsof --replay "$FIXTURES/lsof/macos-hidden"
}

@test "pf-collect-netstat, of a capture" {
  each_fault pf-collect-netstat "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-collect-netstat --replay "$FIXTURES/netstat/english"
}

@test "pf-collect-netstat, of what stands in for Windows' netstat" {
  printf '#!/bin/sh\ncat "%s"\n' "$FIXTURES/netstat/english/netstat.txt" >"$here/netstat"
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
  for capture in why/docker-proxy why/supervisors; do
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
  input=$FIXTURES/tasklist/english/expected.ndjson
  each_fault pf-resolve "$ALLOCATIONS $READS $WRITES" gives_good_lines \
    pf-resolve --replay "$FIXTURES/tasklist/english"
}

@test "pf-render, each of its forms" {
  input=$FIXTURES/proc/prefork/expected.ndjson
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --json
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --ndjson
  input=$FIXTURES/why/docker-proxy/expected.details.ndjson
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --wide
  each_fault pf-render "$ALLOCATIONS $READS $WRITES" gives_a_beginning pf-render --why
}
