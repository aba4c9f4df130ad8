#!/usr/bin/env bats
# The options and messages of pf-kill, with lines of processes that don't exist. tests/live ends
# real ones.

load ../helpers/common

setup() {
  # No process has this pid, or started in tick 1.
  nobody='{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":4194305,"pid_start":1,"uid":0,"command":"node","user":"root"}'
}

# line JQ-FILTER: the line of a process that doesn't exist, changed by the filter.
line() {
  jq -c "$1" <<<"$nobody"
}

@test "--help goes to stdout and succeeds" {
  for option in -h --help; do
    capture_run pf-kill "$option"
    equal "first lines" "$(head -n 2 <<<"$stdout")" \
      "Usage: pf-kill [--signal NAME] [--force] [--timeout SECS] [--dry-run]
               [--interactive]"
    equal "stderr" "$stderr" ""
    equal "exit status" "$status" 0
  done
}

@test "--version is one line" {
  for option in -V --version; do
    capture_run pf-kill "$option"
    gives 0 "pf-kill 0.1.0" ""
  done
}

@test "a usage error is reported before anything is read" {
  while IFS='|' read -r arguments message; do
    # shellcheck disable=SC2086 # several arguments
    capture_run pf-kill $arguments < <(line .)
    gives 2 "" "pf-kill: $message (see pf-kill --help)"
  done <<'LIST'
3000|3000: pf-kill takes no arguments
--replay|--replay: no such option
-9|-9: no such option
--signal|--signal: needs a value
--signal 0|0: no such signal: give a name such as TERM, or a number
--signal 65|65: no such signal: give a name such as TERM, or a number
--signal TREM|TREM: no such signal: give a name such as TERM, or a number
--timeout -1|-1: --timeout takes seconds, 0 to 86400, such as 5 or 0.5
--timeout 86401|86401: --timeout takes seconds, 0 to 86400, such as 5 or 0.5
--timeout 5m|5m: --timeout takes seconds, 0 to 86400, such as 5 or 0.5
--force=yes|--force=yes: takes no value
LIST
}

@test "without input there is nothing to kill, and the exit status is 1" {
  capture_run pf-kill </dev/null
  gives 1 "" ""
}

@test "a process that doesn't exist counts as ended, with every option" {
  for option in "" --dry-run --force --signal=TERM; do
    # shellcheck disable=SC2086 # none or one
    capture_run pf-kill $option < <(line .)
    gives 0 "node (4194305): already gone" ""
  done
}

# bats test_tags=unix
@test "a signal may be given by name, with or without SIG, or by number" {
  for signal in HUP hup SIGHUP sigHup 1 64; do
    capture_run pf-kill --signal "$signal" < <(line .)
    gives 0 "node (4194305): already gone" ""
  done
}

@test "a pid above every real one is not mistaken for a process, a group or all processes" {
  for pid in 2147483648 4294967295; do
    capture_run pf-kill < <(line ".pid = $pid")
    gives 0 "node ($pid): already gone" ""
  done
  capture_run pf-kill < <(line ".pid = -1")
  gives 2 "" 'pf-kill: line 1: "pid" is -1: it must be an integer from 0 to 4294967295, or null'
}

@test "a line without a usable pid_start is refused, with what to do instead" {
  capture_run pf-kill < <(line 'del(.pid_start)')
  gives 2 "" "pf-kill: node (4194305): not killed: the line has no \"pid_start\" to tell it from a later process with this pid: list it on this machine, not from a capture"
  capture_run pf-kill < <(line '.pid_start = "now"')
  gives 2 "" 'pf-kill: line 1: "pid_start" is "now": it must be an integer from 0 to 9223372036854775807, or absent'
}

@test "a malformed line is reported by its number, and the good ones are used" {
  capture_run pf-kill < <(echo junk && line . && line '.port = 0')
  gives 2 "node (4194305): already gone" \
    "pf-kill: line 1: not JSON: '[' or '{' expected near 'junk' (column 4)
pf-kill: line 3: \"port\" is 0: it must be an integer from 1 to 65535"
}

# bats test_tags=unix
@test "a full disk is an error" {
  [ -c /dev/full ] || skip "no /dev/full"
  full() {
    pf-kill < <(line .) >/dev/full
  }
  capture_run full
  gives 2 "" "pf-kill: standard output: No space left on device"
}
