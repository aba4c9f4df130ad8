#!/usr/bin/env bats
# Messages and questions for a person at a terminal, which a script doesn't get.

load ../helpers/common

setup() {
  need_netns
  need_terminals
}

teardown() {
  release_holders
}

# at_terminal INPUT COMMAND: runs it on a terminal, with INPUT typed there. Empty lines are left out:
# the terminal echoes an empty INPUT only if the command has not ended before.
at_terminal() {
  TERM=dumb script --quiet --return --command "$2" /dev/null <<<"$1" | tr -d '\r' | sed '/^$/d'
  return "${PIPESTATUS[0]}"
}

# asks COMMAND: starts it on a terminal, and waits for its question.
asks() {
  mkfifo "$BATS_TEST_TMPDIR/keys" "$BATS_TEST_TMPDIR/screen"
  TERM=dumb script --quiet --return --command "$1" /dev/null \
    <"$BATS_TEST_TMPDIR/keys" >"$BATS_TEST_TMPDIR/screen" 3>&- &
  asker=$!
  exec {keys}>"$BATS_TEST_TMPDIR/keys" {screen}<"$BATS_TEST_TMPDIR/screen"
  "${before_question:-:}"
  IFS= read -r -t 10 -d ']' asked <&"$screen"
}

# answers KEYS COMMAND: like at_terminal, but types KEYS after the question.
answers() {
  local asker asked keys screen status=0
  asks "$2"
  printf %b "$1" >&"$keys"
  {
    printf '%s]' "$asked"
    cat <&"$screen"
  } | tr -d '\r'
  wait "$asker" || status=$?
  return "$status"
}

@test "a long wait says what it waits for" {
  holder tcp:127.0.0.1:0 --ignore-term
  capture_run at_terminal "" "pf --no-header --kill --timeout 1.1 ${ready[1]}"
  gives 2 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
pf-kill: waiting up to 1 s more for mksock ($holder_pid) to end
pf-kill: mksock ($holder_pid): still running 1.1 s after SIGTERM: use --force, or a longer --timeout" ""
}

@test "--interactive kills the holder on y" {
  holder tcp:127.0.0.1:0
  capture_run answers 'y\n' "pf --no-header --kill --interactive ${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
End mksock ($holder_pid), which holds port ${ready[1]}? [y/N] y
mksock ($holder_pid): ended" ""
}

@test "--interactive leaves the holder alone on anything else" {
  holder tcp:127.0.0.1:0
  local keys shown
  # The last one ends the terminal's input in mid-line.
  for keys in 'no\n' '\n' ' y\n' 'y\004\004'; do
    capture_run answers "$keys" "pf --no-header --kill --interactive ${ready[1]}"
    shown=$(printf %b "$keys" | tr -d '\004')
    [[ $keys = *004 ]] || shown+=$'\n'
    gives 2 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
End mksock ($holder_pid), which holds port ${ready[1]}? [y/N] ${shown}pf-kill: mksock ($holder_pid): left alone" ""
    kill -0 "$holder_pid"
    rm "$BATS_TEST_TMPDIR/keys" "$BATS_TEST_TMPDIR/screen"
  done
}

# Waits for the echo of the typed line before the command goes on.
types_ahead() {
  printf 'y\n' >&"$keys"
  read -r -t 10 _ <&"$screen"
  echo >"$BATS_TEST_TMPDIR/go"
}

@test "what was typed before --interactive asks doesn't count as an answer" {
  holder tcp:127.0.0.1:0
  mkfifo "$BATS_TEST_TMPDIR/go"
  before_question=types_ahead
  capture_run answers 'n\n' \
    "read -r go <'$BATS_TEST_TMPDIR/go'; pf --no-header --kill --interactive ${ready[1]}"
  gives 2 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
End mksock ($holder_pid), which holds port ${ready[1]}? [y/N] n
pf-kill: mksock ($holder_pid): left alone" ""
  kill -0 "$holder_pid"
}

@test "--interactive without a terminal kills nothing" {
  need_command setsid
  holder tcp:127.0.0.1:0
  capture_run setsid --wait pf --no-header --kill --interactive "${ready[1]}"
  gives 2 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1" \
    "pf-kill: mksock ($holder_pid): not killed: there is no terminal to ask on: omit --interactive"
  kill -0 "$holder_pid"
}

@test "a person is told that a port is free" {
  holder tcp:127.0.0.1:0
  local port=$((ready[1] == 65535 ? 1 : ready[1] + 1))
  capture_run at_terminal "" "pf $port"
  gives 1 "pf: nothing listens on port $port (TCP)" ""
}

@test "--wide is cut to the width of the terminal" {
  holder tcp:127.0.0.1:0
  local row
  row="${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1"
  capture_run at_terminal "" "stty cols 15; pf --no-header --wide ${ready[1]}"
  gives 0 "${row:0:14}…" ""
}

@test "headings are bold on a capable terminal, and plain with NO_COLOR" {
  holder tcp:127.0.0.1:0
  show() {
    script --quiet --return --command "pf ${ready[1]}" /dev/null </dev/null | head -n 1 | tr -d '\r'
  }
  local heading
  heading=$(printf 'PORT   %-*s  COMMAND  USER  ADDRESS' "${#holder_pid}" PID)
  TERM=xterm capture_run show
  equal "in color" "$stdout" $'\e[1m'"$heading"$'\e[0m'
  TERM=xterm NO_COLOR=1 capture_run show
  equal "plain" "$stdout" "$heading"
}
