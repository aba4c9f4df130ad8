#!/usr/bin/env bats
# The stages in a shell, with jq and custom programs between them.

load ../helpers/common

setup() {
  set -o pipefail
}

@test "pf-collect-proc and pf-render make a table without pf, and without names" {
  pipeline() {
    pf-collect-proc --replay "$FIXTURES/proc/both-families" 3000 | pf-render
  }
  capture_run pipeline
  gives 0 "PORT  PID   COMMAND  ADDRESS
3000  7382  -        0.0.0.0
3000  7382  -        [::]" ""
}

@test "jq filters rows between the stages" {
  pipeline() {
    pf-collect-proc --replay "$FIXTURES/proc/hidden-owner" | jq -c 'select(.port < 1024)' | pf-render
  }
  capture_run pipeline
  gives 0 "PORT  PID  COMMAND  ADDRESS
80    -    -        0.0.0.0" ""
}

@test "a line that jq has reformatted, with other spaces, order and escapes, is read" {
  pipeline() {
    pf-collect-proc --replay "$FIXTURES/proc/names" 7007 | pf-resolve --replay "$FIXTURES/proc/names" |
      jq -ac --sort-keys . | pf-render
  }
  capture_run pipeline
  gives 0 "PORT  PID   COMMAND  USER      ADDRESS
7007  7726  日本語   www-data  127.0.0.1" ""
}

@test "pid_start survives jq, which stores numbers as doubles" {
  # The largest value that a collector may write: 2^53 - 1.
  local line='{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":1,"pid_start":9007199254740991,"uid":0,"command":"a","user":"b","fd":3,"inode":9}'
  pipeline() {
    jq -c . | jq -c '.pid_start |= (. + 0)' | pf-render --ndjson
  }
  capture_run pipeline <<<"$line"
  gives 0 "$line" ""
}

@test "jq can query the output of pf --json" {
  pipeline() {
    pf --replay "$FIXTURES/proc/prefork" --json 8000 | jq -c '.listeners[] | {pid, command}'
  }
  capture_run pipeline
  gives 0 '{"pid":7556,"command":"gunicorn"}
{"pid":7557,"command":"gunicorn"}
{"pid":7558,"command":"gunicorn"}' ""
}

@test "pf render renders what pf --ndjson printed" {
  pipeline() {
    pf --replay "$FIXTURES/proc/prefork" --ndjson | pf-resolve --replay "$FIXTURES/proc/prefork" | pf render
  }
  capture_run pipeline
  gives 0 "$(<"$FIXTURES/proc/prefork/expected.txt")" ""
}

@test "streams of several machines make one table" {
  pipeline() {
    cat "$FIXTURES/proc/prefork/expected.ndjson" "$FIXTURES/proc/udp/expected.ndjson" | pf-render
  }
  capture_run pipeline
  gives 0 "PORT  PROTO  PID   COMMAND   USER      ADDRESS
53    udp    8015  dnsmasq   root      0.0.0.0
53    udp    8015  dnsmasq   root      [::1]
8000  tcp    7556  gunicorn  root      0.0.0.0
8000  tcp    7557  gunicorn  www-data  0.0.0.0
8000  tcp    7558  gunicorn  www-data  0.0.0.0" ""
}

# A collector in ten lines of shell, from a list of ports and pids.
ten_lines() {
  while read -r port pid; do
    printf '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":%d,' "$port"
    printf '"pid":%d,"uid":33,"command":null,"user":null,"rack":"b2"}\n' "$pid"
  done <<LIST
8000 7557
443 4711
LIST
}

@test "a collector in ten lines of shell gets names and a table" {
  pipeline() {
    ten_lines | pf-resolve --replay "$FIXTURES/proc/prefork" | pf-render
  }
  capture_run pipeline
  gives 0 "PORT  PID   COMMAND   USER      ADDRESS
443   4711  -         www-data  0.0.0.0
8000  7557  gunicorn  www-data  0.0.0.0" ""
}

@test "a custom collector's own key reaches the end of the pipeline" {
  pipeline() {
    ten_lines | pf-resolve --replay "$FIXTURES/proc/prefork" | pf-render --json |
      jq -c '.listeners | map([.port, .rack])'
  }
  capture_run pipeline
  gives 0 '[[443,"b2"],[8000,"b2"]]' ""
}

@test "a tool's message that got into the stream spoils only its own line" {
  pipeline() {
    { echo "Warning: locale not set" && ten_lines; } | pf-resolve --replay "$FIXTURES/proc/prefork" |
      pf-render
  }
  capture_run pipeline
  gives 2 "PORT  PID   COMMAND   USER      ADDRESS
443   4711  -         www-data  0.0.0.0
8000  7557  gunicorn  www-data  0.0.0.0" \
    "pf-resolve: line 1: not JSON: '[' or '{' expected near 'Warning' (column 7)"
}

@test "every stage exits with 1 if nothing was found" {
  pipeline() {
    pf-collect-proc --replay "$FIXTURES/proc/prefork" 1 | pf-resolve --replay "$FIXTURES/proc/prefork" |
      pf-render
    echo "${PIPESTATUS[@]}"
  }
  capture_run pipeline
  gives 0 "1 1 1" ""
}

@test "no stage fails if its reader stops early" {
  large_capture "$BATS_TEST_TMPDIR/capture" 5000 0
  pipeline() {
    pf-collect-proc --replay "$BATS_TEST_TMPDIR/capture" |
      pf-resolve --replay "$BATS_TEST_TMPDIR/capture" | head -n 1
    echo "${PIPESTATUS[@]}"
  }
  capture_run pipeline
  gives 0 '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":10001,"pid":4711,"uid":33,"command":"node","user":"www-data","fd":3,"inode":10001}
0 0 0' ""
}

@test "lines of another machine get no names of this one, end nothing, and have a column of their own" {
  local line
  line=$(head -n 1 "$FIXTURES/proc/both-families/expected.ndjson" |
    jq -c --argjson pid $$ '.pid = $pid | .command = null | .user = null | . + {pid_start: 5, host: "web1"}')
  capture_run pf-resolve <<<"$line"
  gives 0 "$line" ""
  capture_run pf-resolve --details <<<"$line"
  gives 0 "$line" ""
  capture_run pf-kill --force --dry-run <<<"$line"
  gives 2 "" "pf-kill: process $$: not killed: it is on web1: run pf there"
  capture_run pf-render --no-header < <(echo "$line" && jq -c 'del(.host)' <<<"$line")
  equal "hosts" "$(awk '{print $1}' <<<"$stdout" | paste -sd' ')" "- web1"
  capture_run pf-render --why <<<"$line"
  equal "exit status" "$status" 0
  [[ $stdout = *"process $$ on web1"*"can't tell: run pf --why on web1" ]]
}

@test "a host that is no text is an error of the line" {
  local line
  line=$(head -n 1 "$FIXTURES/proc/both-families/expected.ndjson")
  for host in '""' 5 null; do
    capture_run pf-render <<<"${line%\}},\"host\":$host}"
    gives 2 "" "pf-render: line 1: \"host\" is $host: it must be a string that is not empty, or absent"
  done
}
