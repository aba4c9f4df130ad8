#!/usr/bin/env bats
# Machines with ten thousand sockets and more.

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

@test "10,000 listeners make one valid JSON document" {
  large_capture "$capture" 10000 0
  pf --replay "$capture" --json >"$BATS_TEST_TMPDIR/json"
  equal "summary" \
    "$(jq -c '.listeners | [length, (map(.port) | unique | length), (map(select(.pid)) | length)]' \
      "$BATS_TEST_TMPDIR/json")" "[10000,10000,1]"
}

@test "100,000 listeners are all shown, each once" {
  large_capture "$capture" 100000 0
  capture_run pf --replay "$capture" --no-header
  equal "addresses and ports" \
    "$(sed 's/^\([0-9]*\) .* /\1 /' "$BATS_TEST_TMPDIR/stdout")" \
    "$(seq 10001 60000 | sed 's/.*/& 0.0.0.0\n& 127.0.0.1/')"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
}

@test "a port that none of 10,000 listeners uses is free" {
  large_capture "$capture" 10000 0
  capture_run pf --replay "$capture" 10000 20001-65535
  gives 1 "" ""
}

# lines_of_one COUNT: the lines of one process with that many sockets.
lines_of_one() {
  seq -f '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":%.0f,"pid":7,"uid":0,"command":"x","user":"x"}' \
    10001 $((10000 + $1))
}

@test "a process with 1,000 sockets and 32 KiB of arguments doesn't flood the stream" {
  mkdir -p "$capture/proc/7"
  echo "7 (x) S 1 7 7 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 100 0 0" >"$capture/proc/7/stat"
  head -c 32768 /dev/zero | tr '\0' '\001' >"$capture/proc/7/cmdline"
  lines_of_one 1000 >"$BATS_TEST_TMPDIR/in"
  capture_run pf-resolve --details --replay "$capture" <"$BATS_TEST_TMPDIR/in"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  equal "lines" "$(wc -l <"$BATS_TEST_TMPDIR/stdout")" 1000
  [ "$(wc -c <"$BATS_TEST_TMPDIR/stdout")" -lt $((1000 * 5000)) ]
}

@test "a name of a million bytes is shown whole, and doesn't widen the other rows" {
  {
    lines_of_one 2000
    printf '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":1,"pid":7,"uid":0,"command":"%s","user":"x"}\n' \
      "$(head -c 1000000 /dev/zero | tr '\0' x)"
  } >"$BATS_TEST_TMPDIR/in"
  pf-render --no-header <"$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out"
  equal "the first" "$(head -n 1 "$BATS_TEST_TMPDIR/out" | tr -s x)" "1      7  x  x  0.0.0.0"
  equal "its length" "$(head -n 1 "$BATS_TEST_TMPDIR/out" | wc -c)" 1000023
  equal "the others" "$(tail -n +2 "$BATS_TEST_TMPDIR/out")" \
    "$(seq -f '%.0f  7  x  x  0.0.0.0' 10001 12000)"
}

@test "100,000 sockets of Windows get their names from a tasklist of 100,000 programs" {
  mkdir "$capture"
  awk 'BEGIN {
    for (i = 100000; i >= 1; i--)
      printf "\"%d.exe\",\"%d\",\"Console\",\"1\",\"4 K\"\r\n", i, 4 * i
  }' >"$capture/tasklist.csv"
  # lines COMMAND: one line per program.
  lines() {
    awk -v command="$1" 'BEGIN {
      for (i = 1; i <= 100000; i++) {
        printf "{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":80,\"pid\":%d,", 4 * i
        printf "\"uid\":null,\"command\":%s,\"user\":null}\n", command ? "\"" i ".exe\"" : "null"
      }
    }'
  }
  lines "" >"$BATS_TEST_TMPDIR/in"
  lines named >"$BATS_TEST_TMPDIR/expected"
  capture_run pf-resolve --replay "$capture" <"$BATS_TEST_TMPDIR/in"
  same "stdout" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/expected"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
}
