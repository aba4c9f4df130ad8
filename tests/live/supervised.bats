#!/usr/bin/env bats
# Killing a process that a supervisor restarts: the refusal, and the advice.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
}

# supervisor_named NAME: links the tests' own supervisor to this name.
supervisor_named() {
  ln -s "$PF_TESTS/supervise" "$BATS_TEST_TMPDIR/$1"
  export holder_program=$BATS_TEST_TMPDIR/$1
}

# free_port: leaves a port that nothing holds in $port.
free_port() {
  holder_program='' holder tcp:127.0.0.1:0
  port=${ready[1]}
  release_holders
}

# supervised NAME [--wait MILLISECONDS]: mksock on $port under this supervisor; leaves the
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
    "pf-kill: mksock ($held): not killed (--force overrides): otherwise runsv ($supervisor) restarts it; run sv stop shop"
  kill -0 "$held"
}

@test "--dry-run refuses it too" {
  supervised runsv
  capture_run pf --kill --dry-run "$port"
  gives 2 "$(table)" \
    "pf-kill: mksock ($held): not killed (--force overrides): otherwise runsv ($supervisor) restarts it; run sv stop shop"
}

# Waits until something holds $port again, and leaves its pid in $now.
wait_for_holder() {
  pf --until-listening "$port"
  now=$(pf --json "$port" | jq '.listeners[].pid')
}

@test "--force kills it anyway, and says who has taken the port again, and what to do" {
  supervised runsv
  capture_run pf --kill --force "$port"
  wait_for_holder
  gives 2 "$(table)
mksock ($held): ended" \
    "pf: port $port: taken again by mksock ($now): otherwise runsv ($supervisor) restarts it; run sv stop shop"
  [ "$held" != "$now" ]
}

@test "a slow supervisor's restart is noticed too" {
  supervised runsv --wait 120
  capture_run pf --force "$port"
  wait_for_holder
  gives 2 "$(table)
mksock ($held): ended" \
    "pf: port $port: taken again by mksock ($now): otherwise runsv ($supervisor) restarts it; run sv stop shop"
}

@test "if the supervisor is slower than the timeout, the port is reported as free for now" {
  supervised runsv --wait 60000
  capture_run pf --force --timeout 0.1 "$port"
  gives 0 "$(table)
mksock ($held): ended" \
    "pf: port $port: free for now: otherwise runsv ($supervisor) restarts it; run sv stop shop"
}

@test "an unknown supervisor can't be detected before the kill, and is reported after it" {
  supervised minder
  capture_run pf --kill "$port"
  wait_for_holder
  gives 2 "$(table)
mksock ($held): ended" \
    "pf: port $port: taken again by mksock ($now): minder ($supervisor) may restart it: stop it there"
}

@test "pf-kill detects a supervisor even from lines without details" {
  supervised supervisord
  pf-collect-proc "$port" | pf-resolve >"$BATS_TEST_TMPDIR/lines"
  capture_run pf-kill <"$BATS_TEST_TMPDIR/lines"
  gives 2 "" \
    "pf-kill: mksock ($held): not killed (--force overrides): otherwise supervisord ($supervisor) restarts it (supervisorctl status shows the NAME); run supervisorctl stop NAME"
}

@test "the command has the name that supervisord gave the process" {
  SUPERVISOR_GROUP_NAME=web SUPERVISOR_PROCESS_NAME=shop_1 supervised supervisord
  capture_run pf --kill "$port"
  gives 2 "$(table)" \
    "pf-kill: mksock ($held): not killed (--force overrides): otherwise supervisord ($supervisor) restarts it; run supervisorctl stop web:shop_1"
}

@test "a command too long for a message is left out, and never cut" {
  holder tcp:127.0.0.1:0
  pf-collect-proc "${ready[1]}" >"$BATS_TEST_TMPDIR/lines"
  local length command
  for length in 1024 1025 4000; do
    command=$(printf '%*s' "$length" "")
    command=${command// /x}
    jq -c --arg command "$command" \
      '.remedy = {verdict: "stop", command: $command, why: "it restarts"}' \
      "$BATS_TEST_TMPDIR/lines" >"$BATS_TEST_TMPDIR/remedied"
    capture_run pf-kill --dry-run <"$BATS_TEST_TMPDIR/remedied"
    [ "$length" -le 1024 ] || command=
    gives 2 "" \
      "pf-kill: process $holder_pid: not killed (--force overrides): it restarts${command:+; run $command}"
  done
}

@test "a process can't name another of its supervisor's services to be stopped" {
  CIRCUS_WATCHER=--help supervised circusd
  capture_run pf --kill --dry-run "$port"
  gives 2 "$(table)" \
    "pf-kill: mksock ($held): not killed (--force overrides): otherwise circusd ($supervisor) restarts it (circusctl status shows the NAME); run circusctl stop NAME"
}

@test "the commands of s6 and daemontools have the service's directory" {
  cd "$BATS_TEST_TMPDIR"
  for name in s6-supervise:s6-svc supervise:svc; do
    supervised "${name%:*}"
    capture_run pf --kill --dry-run "$port"
    gives 2 "$(table)" \
      "pf-kill: mksock ($held): not killed (--force overrides): otherwise ${name%:*} ($supervisor) restarts it; run ${name#*:} -d $PWD"
    release_holders
  done
}
