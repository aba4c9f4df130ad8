#!/usr/bin/env bats
# A signal that ends pf also ends everything it started, whichever program hangs.

load ../helpers/common

line='{"proto":"tcp","family":"ipv4","address":"192.0.2.1","port":80,"pid":null,"uid":4000001,"command":"a","user":null}'

setup() {
  need_netns
  env --default-signal=INT true 2>/dev/null || skip "env can't give a signal its default"
  bin=$BATS_TEST_TMPDIR/bin
  tools=$BATS_TEST_TMPDIR/tools
  mkdir "$bin" "$tools"
  copy_programs "$bin"
  mkfifo "$BATS_TEST_TMPDIR/life" "$BATS_TEST_TMPDIR/here" "$BATS_TEST_TMPDIR/go"
}

teardown() {
  # After a failed test, some may still run.
  [ -z "${pf:-}" ] || kill -s KILL -- "-$pf" || true
  release_holders
}

# script FILE: makes a program of stdin.
script() {
  rm -f "$1"
  {
    echo '#!/bin/sh'
    cat
  } >"$1"
  chmod +x "$1"
}

# hangs FILE: makes a program that reports to `is_there`, and then waits for the fifo `go`.
# shellcheck disable=SC2016 # for the script
hangs() {
  script "$1" <<<'echo here >"$BATS_TEST_TMPDIR/here"; exec cat "$BATS_TEST_TMPDIR/go"'
}

# begin COMMAND...: starts it in a process group of its own, with default signals as from a shell.
# It and its children hold the write end of the fifo `life`.
begin() {
  exec {life}<>"$BATS_TEST_TMPDIR/life" {here}<>"$BATS_TEST_TMPDIR/here"
  set -m
  env --default-signal=INT,TERM,HUP,QUIT "$@" 9>"$BATS_TEST_TMPDIR/life" 3>&- {life}>&- {here}>&- \
    >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" </dev/null &
  pf=$!
  set +m
  exec {living}<"$BATS_TEST_TMPDIR/life" {life}>&-
}

# is_there: returns once the program of `hangs` is running.
is_there() {
  local word
  read -r -t 10 -u "$here" word && [ "$word" = here ]
}

# end: waits for the command of `begin`, and sets the variables of capture_run.
end() {
  status=0
  wait "$pf" || status=$?
  read_whole stdout "$BATS_TEST_TMPDIR/stdout"
  read_whole stderr "$BATS_TEST_TMPDIR/stderr"
}

# all_gone: returns once all of them have ended, and with them the fifo.
all_gone() {
  local word ended=0
  read -r -t 10 -u "$living" word || ended=$?
  exec {living}<&- {here}<&-
  equal "end of all" "$ended" 1
  pf=
}

# ends_with SIGNAL COMMAND...: a signal to pf alone ends all of it, and so does one to its process
# group, while a program in it hangs.
ends_with() {
  local number to
  number=$(kill -l "$1")
  for to in '' -; do
    begin "${@:2}"
    is_there
    kill -s "$1" -- "$to$pf"
    end
    all_gone
    equal "exit status" "$status" $((128 + number))
    equal "stderr" "$stderr" ""
  done
}

# ends COMMAND...: likewise, with each of the usual signals.
ends() {
  local signal
  for signal in INT TERM HUP; do
    ends_with "$signal" "$@"
    equal "stdout" "$stdout" ""
  done
}

@test "a signal ends pf, and a collector that hangs" {
  hangs "$tools/pf-collect-mine"
  PATH=$PATH:$tools
  ends "$bin/pf" --collector mine
}

@test "every signal that can end pf also ends its collector" {
  hangs "$tools/pf-collect-mine"
  PATH=$PATH:$tools
  ulimit -c 0
  local signal
  for signal in QUIT USR1 USR2 ALRM XCPU VTALRM PROF; do
    ends_with "$signal" "$bin/pf" --collector mine
  done
}

@test "a signal ends pf and its collector even if both were started with SIGTERM ignored" {
  hangs "$tools/pf-collect-mine"
  PATH=$PATH:$tools
  ends_with INT env --ignore-signal=TERM "$bin/pf" --collector mine
}

@test "a signal ends pf, and a resolver or renderer that hangs" {
  script "$tools/pf-collect-mine" <<<"echo '$line'"
  PATH=$PATH:$tools
  local stage
  for stage in pf-resolve pf-render; do
    hangs "$bin/$stage"
    ends "$bin/pf" --collector mine
    copy_programs "$bin" "$stage"
  done
}

@test "a signal ends pf, and a getent that hangs under pf-resolve" {
  script "$tools/pf-collect-mine" <<<"echo '$line'"
  hangs "$tools/getent"
  PATH=$tools:$PATH
  export PF_GETENT_TIMEOUT=600
  ends "$bin/pf" --collector mine
}

@test "a signal ends pf, and an lsof that hangs under its collector" {
  hangs "$tools/lsof"
  PATH=$tools:$PATH
  ends "$bin/pf" --collector lsof
}

@test "a signal ends pf, and the children of an lsof that hangs, even if they ignore signals" {
  # shellcheck disable=SC2016 # for the script
  script "$tools/lsof" <<<'trap "" TERM HUP INT USR1
echo here >"$BATS_TEST_TMPDIR/here"; cat "$BATS_TEST_TMPDIR/go"; exit 1'
  PATH=$tools:$PATH
  ends "$bin/pf" --collector lsof
  ends_with USR1 "$bin/pf" --collector lsof
}

@test "a signal ends pf while it probes a collector" {
  script "$bin/pf-collect-proc" <<<'exit 2'
  hangs "$bin/pf-collect-lsof"
  local signal
  for signal in INT TERM; do
    begin "$bin/pf"
    is_there
    kill -s "$signal" "$pf"
    end
    all_gone
    gives $((128 + $(kill -l "$signal"))) "" "pf: pf-collect-proc: failed with exit status 2"
  done
}

@test "a signal ends a wait, both during a listing and between two" {
  hangs "$tools/pf-collect-mine"
  script "$tools/pf-collect-full" <<SCRIPT
echo '$line'
echo here >'$BATS_TEST_TMPDIR/here'
SCRIPT
  PATH=$PATH:$tools
  ends "$bin/pf" --wait --collector mine 80
  ends "$bin/pf" --until-listening --collector mine 80
  ends "$bin/pf" --wait --collector full 80
}

@test "a signal ends pf and a pf-kill that waits, and nothing is forced afterwards" {
  hangs "$bin/pf-kill"
  holder tcp:127.0.0.1:0
  local signal
  for signal in INT TERM HUP; do
    ends_with "$signal" "$bin/pf" --no-header --kill "${ready[1]}"
    equal "stdout" "$stdout" "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1"
  done
}

@test "a signal to pf between SIGTERM and SIGKILL spares the process that was to be forced" {
  # It reports SIGTERM, and lives on.
  script "$BATS_TEST_TMPDIR/stubborn" <<'SCRIPT'
trap 'came=yes; echo here >"$BATS_TEST_TMPDIR/here"' TERM
echo $$ >"$BATS_TEST_TMPDIR/go"
while read -r line || [ "$came" ]; do came=; done
SCRIPT
  holder tcp:127.0.0.1:0 -- "$BATS_TEST_TMPDIR/stubborn"
  local stubborn
  read -r stubborn <"$BATS_TEST_TMPDIR/go"
  begin "$bin/pf" --no-header --kill --force --timeout 60 "${ready[1]}"
  is_there
  kill -s TERM "$pf"
  end
  all_gone
  equal "exit status" "$status" 143
  equal "stderr" "$stderr" ""
  equal "rows" "$(wc -l <<<"$(grep 127.0.0.1 <<<"$stdout")")" 2
  kill -0 "$stubborn"
}

@test "pf and its stages ignore signals ignored at start, as in the background or under nohup" {
  script "$tools/pf-collect-mine" <<SCRIPT
echo here >'$BATS_TEST_TMPDIR/here'
cat '$BATS_TEST_TMPDIR/go'
echo '$line'
SCRIPT
  PATH=$PATH:$tools
  local signal
  for signal in INT HUP; do
    begin env --ignore-signal="$signal" "$bin/pf" --no-header --collector mine
    is_there
    kill -s "$signal" -- "-$pf"
    kill -s "$signal" "$pf"
    : >"$BATS_TEST_TMPDIR/go"
    end
    all_gone
    gives 0 "80  -  a  192.0.2.1" ""
  done
}

@test "pf waits for its children even if its parent ignores SIGCHLD" {
  script "$tools/pf-collect-mine" <<<"echo '$line'"
  script "$tools/getent" <<<'echo "alice:x:4000001:0:::"'
  PATH=$tools:$PATH
  capture_run env --ignore-signal=CHLD "$bin/pf" --no-header --collector mine
  gives 0 "80  -  a  alice  192.0.2.1" ""
}

@test "if pf is killed, its stages end at their next read or write" {
  script "$tools/pf-collect-mine" <<SCRIPT
echo here >'$BATS_TEST_TMPDIR/here'
cat '$BATS_TEST_TMPDIR/go'
while echo '$line'; do :; done 2>/dev/null
SCRIPT
  PATH=$PATH:$tools
  begin "$bin/pf" --collector mine
  is_there
  kill -s KILL "$pf"
  : >"$BATS_TEST_TMPDIR/go"
  end
  all_gone
  gives 137 "" ""
}
