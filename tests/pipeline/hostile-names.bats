#!/usr/bin/env bats
# Whoever starts a process chooses its name, and any byte of it may be hostile.

load ../helpers/common

# A capture with five listeners, on ports 1 to 5, whose processes have these names.
setup() {
  capture=$BATS_TEST_TMPDIR/capture
  mkdir -p "$capture/proc/net" "$capture/etc"
  {
    echo "sl local_address rem_address st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode"
    for i in 1 2 3 4 5; do
      echo "$i: 00000000:000$i 00000000:0000 0A 00000000:00000000 00:00000000 00000000 7 0 10$i 1"
    done
  } >"$capture/proc/net/tcp"
  named 1 $'\e]0;pwned\a'
  named 2 '"},{"pid":1'
  # A newline, and then what a reader of lines would take for another listener.
  named 3 $'x\n{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":9,"pid":1,"uid":0,"command":null,"user":null}'
  named 4 $'\xff\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xc2\x9b'
  named 5 $'\r\t\b\\u0000\x7f'
  printf 'evil\e[2J\xfe:x:7:7:::\n' >"$capture/etc/passwd"
}

named() {
  mkdir -p "$capture/proc/$1/fd"
  make_link "socket:[10$1]" "$capture/proc/$1/fd/3"
  printf '%s\n' "$2" >"$capture/proc/$1/comm"
  printf 'Name:\tx\nUid:\t7\t7\t7\t7\n' >"$capture/proc/$1/status"
}

# has_no_control_bytes FILE: none except newlines.
has_no_control_bytes() {
  equal "control bytes" "$(LC_ALL=C tr -d '\n -~\200-\377' <"$1" | od -An -c)" "" &&
    equal "C1 controls" "$(LC_ALL=C grep -acP '\xc2[\x80-\x9f]' "$1")" 0
}

@test "the table has one row per listener, and shows control bytes as escapes" {
  capture_run pf --replay "$capture"
  gives 0 'PORT  PID  COMMAND                                                                                                       USER             ADDRESS
1     1    \x1b]0;pwned\x07                                                                                              evil\x1b[2J\xfe  0.0.0.0
2     2    "},{"pid":1                                                                                                   evil\x1b[2J\xfe  0.0.0.0
3     3    x\x0a{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":9,"pid":1,"uid":0,"command":null,"user":null}  evil\x1b[2J\xfe  0.0.0.0
4     4    \xff\xc0\xaf\xed\xa0\x80\xf4\x90\x80\x80\xc2\x9b                                                              evil\x1b[2J\xfe  0.0.0.0
5     5    \x0d\x09\x08\u0000\x7f                                                                                        evil\x1b[2J\xfe  0.0.0.0' ""
  has_no_control_bytes "$BATS_TEST_TMPDIR/stdout"
}

@test "the stream has one line per listener, without control bytes" {
  pipeline() (
    set -o pipefail
    pf-collect-proc --replay "$capture" | pf-resolve --replay "$capture"
  )
  capture_run pipeline
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  equal "lines" "$(wc -l <"$BATS_TEST_TMPDIR/stdout")" 5
  equal "ports and pids" "$(jq -c '[.port, .pid]' <"$BATS_TEST_TMPDIR/stdout" | xargs)" \
    "[1,1] [2,2] [3,3] [4,4] [5,5]"
  has_no_control_bytes "$BATS_TEST_TMPDIR/stdout"
}

@test "the JSON is valid, has exactly the listeners, and no control bytes" {
  capture_run pf --replay "$capture" --json
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  equal "ports and pids" \
    "$(jq -c '.listeners | map([.port, .pid])' <"$BATS_TEST_TMPDIR/stdout")" \
    "[[1,1],[2,2],[3,3],[4,4],[5,5]]"
  has_no_control_bytes "$BATS_TEST_TMPDIR/stdout"
}

@test "the JSON has the names unchanged" {
  capture_run pf --replay "$capture" --json
  equal "commands" "$(jq -c '.listeners[].command | explode' <<<"$stdout")" \
    "$(jq -cn '"\u001b]0;pwned\u0007", "\"},{\"pid\":1",
      "x\n{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":9,\"pid\":1,\"uid\":0,\"command\":null,\"user\":null}",
      "\\xff\\xc0\\xaf\\xed\\xa0\\x80\\xf4\\x90\\x80\\x80\u009b",
      "\r\t\b\\u0000\u007f" | explode')"
  equal "user" "$(jq -c '.listeners[0].user' <<<"$stdout")" '"evil\u001b[2J\\xfe"'
}

@test "a name that went through jq still has no control bytes" {
  pipeline() (
    set -o pipefail
    pf --replay "$capture" --ndjson | jq -c . | pf-render --ndjson
  )
  capture_run pipeline
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  equal "lines" "$(wc -l <"$BATS_TEST_TMPDIR/stdout")" 5
  has_no_control_bytes "$BATS_TEST_TMPDIR/stdout"
}

@test "a message that quotes a name can't control the terminal" {
  pipeline() (
    set -o pipefail
    pf --replay "$capture" --ndjson 1 | sed 's/"pid":1/"pid":"\x1b[2J"/' | pf-render
  )
  capture_run pipeline
  equal "exit status" "$status" 2
  equal "stdout" "$stdout" ""
  has_no_control_bytes "$BATS_TEST_TMPDIR/stderr"
}
