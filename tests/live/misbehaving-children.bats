#!/usr/bin/env bats
# Stages and tools that write endlessly, stop early or die: they are named, good lines are kept, and
# memory stays bounded.

load ../helpers/common

line='{"proto":"tcp","family":"ipv4","address":"192.0.2.1","port":80,"pid":null,"uid":null,"command":"a","user":"b"}'
other=${line/80/81}

setup() {
  need_netns
  bin=$BATS_TEST_TMPDIR/bin
  tools=$BATS_TEST_TMPDIR/tools
  mkdir "$bin" "$tools"
  copy_programs "$bin"
}

teardown() {
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

# bounded COMMAND...: like capture_run, with at most 160 MiB per process, unless it was built with a
# sanitizer, whose shadow memory is larger.
bounded() {
  local limit=(ulimit -v 163840)
  ! grep -q __asan_init "$PF_BIN/pf" || limit=(:)
  within() { "${limit[@]}" && "$@"; }
  capture_run within "$@"
}

# Two good lines, and between them 256 MiB without a newline.
endless_line() {
  cat <<SCRIPT
echo '$line'
head -c 268435456 /dev/zero
echo
echo '$other'
SCRIPT
}

table="80  -  a  b  192.0.2.1
81  -  a  b  192.0.2.1"

@test "an endless line from a collector needs little memory, and the lines around it are shown" {
  script "$tools/pf-collect-mine" < <(endless_line)
  PATH=$PATH:$tools
  bounded "$bin/pf" --no-header --collector mine
  gives 2 "$table" "pf-resolve: line 2: longer than 1 MiB
pf: pf-resolve: failed with exit status 2"
}

@test "an endless line from a resolver needs little memory, and the lines around it are shown" {
  script "$tools/pf-collect-mine" <<<"echo '$line'"
  script "$bin/pf-resolve" < <(endless_line)
  PATH=$PATH:$tools
  bounded "$bin/pf" --no-header --collector mine
  gives 2 "$table" "pf: pf-resolve: line 2: longer than 1 MiB"
}

@test "endless good lines from a collector need bounded memory, and the first ones are shown" {
  local long
  long=$(head -c 1000000 /dev/zero | tr '\0' a)
  printf '%s\n' "${line/\"a\"/\"$long\"}" >"$BATS_TEST_TMPDIR/long"
  script "$tools/pf-collect-mine" <<SCRIPT
while cat '$BATS_TEST_TMPDIR/long' '$BATS_TEST_TMPDIR/long' '$BATS_TEST_TMPDIR/long'; do :; done
SCRIPT
  PATH=$PATH:$tools
  count_lines() { "$bin/pf" --ndjson --collector mine | wc -l; }
  set -o pipefail
  capture_run count_lines
  equal "lines" "$stdout" 268
  equal "stderr" "$stderr" "pf: pf-resolve: more than 256 MiB of lines: the rest is ignored"
  equal "exit status" "$status" 2
}

@test "an endless line on a stage's stdin needs little memory, and is reported by its number" {
  script "$BATS_TEST_TMPDIR/endless" < <(endless_line)
  into() { "$BATS_TEST_TMPDIR/endless" | "$@"; }
  bounded into pf-resolve
  gives 2 "$line
$other" "pf-resolve: line 2: longer than 1 MiB"
  bounded into pf-render --no-header
  gives 2 "$table" "pf-render: line 2: longer than 1 MiB"
  bounded into pf-render --ndjson
  gives 2 "$line
$other" "pf-render: line 2: longer than 1 MiB"
  bounded into pf-kill --dry-run
  equal "first message" "$(head -n 1 <<<"$stderr")" "pf-kill: line 2: longer than 1 MiB"
  equal "exit status" "$status" 2
}

# bats test_tags=bare
@test "a getent that writes endlessly is killed and named, and its names are used" {
  # shellcheck disable=SC2016 # for the script
  script "$tools/getent" <<<'echo "alice:x:4000001:0:::"; exec cat /dev/zero'
  PATH=$tools:$PATH
  echo "${line/\"uid\":null,\"command\":\"a\",\"user\":\"b\"/\"uid\":4000001,\"command\":\"a\",\"user\":null}" \
    >"$BATS_TEST_TMPDIR/in"
  bounded pf-resolve <"$BATS_TEST_TMPDIR/in"
  gives 0 "${line/\"uid\":null,\"command\":\"a\",\"user\":\"b\"/\"uid\":4000001,\"command\":\"a\",\"user\":\"alice\"}" \
    "pf-resolve: $tools/getent: wrote more than 64 MiB and was killed"
}

# bats test_tags=bare
@test "an lsof that reports errors endlessly is killed and named, and its sockets are listed" {
  # shellcheck disable=SC2016 # for the script
  script "$tools/lsof" <<<'printf "p1\ncnode\nu0\nLroot\nf3\nn*:80\ntIPv4\nPTCP\nTST=LISTEN\n"
exec cat /dev/zero >&2'
  PATH=$tools:$PATH
  bounded pf-collect-lsof
  equal "port" "$(jq .port <<<"$stdout")" 80
  equal "stderr" "$stderr" "pf-collect-lsof: $tools/lsof: wrote more than 64 MiB and was killed"
  equal "exit status" "$status" 2
}

@test "a resolver that dies is named while the collector still hangs" {
  mkfifo "$BATS_TEST_TMPDIR/go"
  script "$tools/pf-collect-mine" <<<"read -r go <'$BATS_TEST_TMPDIR/go'; echo '$line'"
  # shellcheck disable=SC2016 # for the script
  script "$bin/pf-resolve" <<<'kill -s ABRT $$'
  PATH=$PATH:$tools
  mkfifo "$BATS_TEST_TMPDIR/messages"
  "$bin/pf" --collector mine 2>"$BATS_TEST_TMPDIR/messages" 3>&- &
  local pf=$! message
  exec {messages}<"$BATS_TEST_TMPDIR/messages"
  read -r -t 10 message <&"$messages"
  equal "message" "$message" "pf: pf-resolve: died of SIGABRT"
  echo go >"$BATS_TEST_TMPDIR/go"
  status=0
  wait "$pf" || status=$?
  equal "exit status" "$status" 2
}

@test "a pf-kill that fails or dies is named, and the port is listed again" {
  holder tcp:127.0.0.1:0
  local row
  row="${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1"
  local held="pf: port ${ready[1]}: still held by mksock ($holder_pid)"
  script "$bin/pf-kill" <<<'exit 7'
  capture_run "$bin/pf" --no-header --kill "${ready[1]}"
  gives 2 "$row" "pf: pf-kill: failed with exit status 7
$held"
  # shellcheck disable=SC2016 # for the script
  script "$bin/pf-kill" <<<'kill -s SEGV $$'
  capture_run "$bin/pf" --no-header --kill "${ready[1]}"
  gives 2 "$row" "pf: pf-kill: died of SIGSEGV
$held"
  # This one reads nothing, and reports success.
  script "$bin/pf-kill" <<<'exec <&-; exit 0'
  capture_run "$bin/pf" --no-header --kill "${ready[1]}"
  gives 2 "$row" "$held"
}

@test "after a kill, a listing that fails is an error" {
  holder tcp:127.0.0.1:0
  script "$bin/pf-collect-proc" <<SCRIPT
echo look >>'$BATS_TEST_TMPDIR/looks'
[ "\$(wc -l <'$BATS_TEST_TMPDIR/looks')" = 1 ] || exit 3
exec '$PF_BIN/pf-collect-proc' "\$@"
SCRIPT
  capture_run "$bin/pf" --no-header --collector proc --kill "${ready[1]}"
  gives 2 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
mksock ($holder_pid): ended" "pf: pf-collect-proc: failed with exit status 3
pf: looking again failed: list the ports to see why"
}
