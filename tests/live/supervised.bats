#!/usr/bin/env bats
# Ending a process that something starts again: what is refused, and what is said instead.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
}

# The name of a program, which a link to the test's own supervisor gets.
supervisor_named() {
  ln -s "$PF_TESTS/supervise" "$BATS_TEST_TMPDIR/$1"
  holder_program=$BATS_TEST_TMPDIR/$1
}

# free_port: leaves a port that nothing holds in $port.
free_port() {
  holder tcp:127.0.0.1:0
  port=${ready[1]}
  release_holders
}

# supervised NAME [--wait MILLISECONDS]: mksock on $port, run by the supervisor; leaves the
# supervisor's pid in $supervisor, and the holder's in $held.
supervised() {
  local name=$1
  shift
  free_port
  supervisor_named "$name"
  holder shop "$@" "$PF_TESTS/mksock" "tcp:127.0.0.1:$port"
  supervisor=$holder_pid
  held=$(pf --json "$port" | jq '.listeners[].pid')
}

table() {
  printf 'PORT   %-*s  COMMAND  USER  ADDRESS\n' "${#held}" PID
  printf '%-5s  %s  mksock   %s  127.0.0.1' "$port" "$held" "$(user)"
}

@test "--kill refuses a process that a supervisor restarts, and says what frees the port" {
  supervised runsv
  capture_run pf --kill "$port"
  gives 2 "$(table)" \
    "pf-kill: mksock ($held): not signalled: run sv stop shop: runsv ($supervisor) restarts it otherwise; --force signals it all the same
pf: port $port: still held by mksock ($held)"
  kill -0 "$held"
}

@test "--dry-run refuses it, too" {
  supervised runsv
  capture_run pf --kill --dry-run "$port"
  gives 2 "$(table)" \
    "pf-kill: mksock ($held): not signalled: run sv stop shop: runsv ($supervisor) restarts it otherwise; --force signals it all the same"
}
