#!/usr/bin/env bats
# Machines with ten thousand sockets.

load ../helpers/common

setup() {
  capture=$BATS_TEST_TMPDIR/capture
}

@test "three listeners are found among 10,000 connections, none of which is shown" {
  large_capture "$capture" 3 10000
  capture_run pf --replay "$capture"
  gives 0 "PORT   PID   COMMAND  USER      ADDRESS
10001  4711  node     www-data  0.0.0.0
10002  -     -        www-data  0.0.0.0
10003  -     -        www-data  0.0.0.0" ""
  capture_run pf --replay "$capture" 10002
  gives 0 "PORT   PID  COMMAND  USER      ADDRESS
10002  -    -        www-data  0.0.0.0" ""
}

@test "10,000 listeners are all shown, each once" {
  large_capture "$capture" 10000 0
  capture_run pf --replay "$capture" --no-header
  equal "ports" "$(cut -d' ' -f1 "$BATS_TEST_TMPDIR/stdout")" "$(seq 10001 20000)"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
}

@test "10,000 listeners are one valid JSON" {
  large_capture "$capture" 10000 0
  pf --replay "$capture" --json >"$BATS_TEST_TMPDIR/json"
  equal "summary" \
    "$(jq -c '.listeners | [length, (map(.port) | unique | length), (map(select(.pid)) | length)]' \
      "$BATS_TEST_TMPDIR/json")" "[10000,10000,1]"
}

@test "a port that 10,000 listeners are not on is free" {
  large_capture "$capture" 10000 0
  capture_run pf --replay "$capture" 10000 20001-65535
  gives 1 "" ""
}
