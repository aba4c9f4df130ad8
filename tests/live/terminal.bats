#!/usr/bin/env bats
# What a person at a terminal is told and asked, and a script isn't.

load ../helpers/common

setup() {
  need_netns
  need_command script
}

teardown() {
  release_holders
}

# at_terminal INPUT COMMAND: runs it with a terminal, on which INPUT is typed.
at_terminal() {
  TERM=dumb script --quiet --return --command "$2" /dev/null <<<"$1" | tr -d '\r'
  return "${PIPESTATUS[0]}"
}

@test "a long wait says what it waits for" {
  holder tcp:127.0.0.1:0 --ignore-term
  capture_run at_terminal "" "pf --no-header --kill --timeout 1.1 ${ready[1]}"
  gives 2 "
${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
pf-kill: waiting up to 1 s more for mksock ($holder_pid) to end
pf-kill: mksock ($holder_pid): still running 1.1 s after SIGTERM: end it with --force, or give it longer with --timeout
pf: port ${ready[1]}: still held by mksock ($holder_pid)" ""
}

@test "--interactive ends the holder on y" {
  holder tcp:127.0.0.1:0
  capture_run at_terminal y "pf --no-header --kill --interactive ${ready[1]}"
  gives 0 "y
${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
End mksock ($holder_pid), which holds port ${ready[1]}? [y/N] mksock ($holder_pid): ended" ""
}

@test "--interactive leaves the holder alone on anything else" {
  holder tcp:127.0.0.1:0
  capture_run at_terminal no "pf --no-header --kill --interactive ${ready[1]}"
  gives 2 "no
${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
End mksock ($holder_pid), which holds port ${ready[1]}? [y/N] pf-kill: mksock ($holder_pid): left alone
pf: port ${ready[1]}: still held by mksock ($holder_pid)" ""
  kill -0 "$holder_pid"
}

@test "--interactive without a terminal ends nothing" {
  need_command setsid
  holder tcp:127.0.0.1:0
  capture_run setsid --wait pf --no-header --kill --interactive "${ready[1]}"
  gives 2 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1" \
    "pf-kill: mksock ($holder_pid): not signalled: there is no terminal to ask on: leave out --interactive
pf: port ${ready[1]}: still held by mksock ($holder_pid)"
  kill -0 "$holder_pid"
}

@test "a person is told that a port is free" {
  holder tcp:127.0.0.1:0
  local port=$((ready[1] == 65535 ? 1 : ready[1] + 1))
  capture_run at_terminal "" "pf $port"
  gives 1 "
pf: nothing listens on port $port (TCP)" ""
}

@test "--wide is cut to the width of the terminal" {
  holder tcp:127.0.0.1:0
  local row
  row="${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1"
  capture_run at_terminal "" "stty cols 15; pf --no-header --wide ${ready[1]}"
  gives 0 "
${row:0:14}…" ""
}

@test "headings are bold on a terminal that can, and plain with NO_COLOR" {
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
