#!/usr/bin/env bats
# Every capture and every stream in fixtures/ gives what is recorded alongside it, byte for byte.

load ../helpers/common
load ../../fixtures/captures.sh

# All captures, or the one that `make test FIXTURE=NAME` names.
chosen() {
  captures | grep -E "(^|/)${PF_FIXTURE:-.*}\$"
}

# replays CAPTURE: collects, resolves and renders it, and compares the output of each stage with
# the expected file.
replays() {
  local wanted=0 messages=/dev/null resolver_messages=/dev/null some=0 resolver_status
  local collected=0 resolved=0 rendered=0
  call_of "$1"
  if [ -e "$1/expected.status" ]; then
    read -r wanted <"$1/expected.status"
  fi
  if [ -e "$1/expected.stderr" ]; then
    messages=$1/expected.stderr
  fi
  # The resolver and the renderer exit with 1 if they read nothing.
  [ -s "$1/expected.ndjson" ] || some=1
  resolver_status=$some
  if [ -e "$1/expected.resolver-stderr" ]; then
    resolver_messages=$1/expected.resolver-stderr
    resolver_status=2
  fi
  if [ -e "$1/expected.resolver-status" ]; then
    read -r resolver_status <"$1/expected.resolver-status"
  fi

  cd "$BATS_TEST_TMPDIR" || return 1
  # Messages name the capture as it was given: here by its name alone.
  (cd "${1%/*}" && "${call[@]}" --replay "${1##*/}") \
    >1.out 2>1.err || collected=$?
  (cd "${1%/*}" && pf-resolve --replay "${1##*/}") <1.out >2.out 2>2.err || resolved=$?
  pf-render <2.out >3.out 2>3.err || rendered=$?
  same "collector's messages" 1.err "$messages" &&
    same "stream" 2.out "$1/expected.ndjson" &&
    same "table" 3.out "$1/expected.txt" &&
    same "resolver's messages" 2.err "$resolver_messages" &&
    equal "other messages" "$(cat 3.err)" "" &&
    equal "exit statuses" "$collected $resolved $rendered" "$wanted $resolver_status $some"
}

@test "every capture gives the recorded stream and table" {
  local failed=0 count=0
  for capture in $(chosen); do
    count=$((count + 1))
    replays "$FIXTURES/$capture" || {
      echo "^ $capture"
      failed=1
    }
  done
  [ -n "${PF_FIXTURE:-}" ] || [ "$count" -gt 40 ]
  [ "$count" -gt 0 ]
  [ "$failed" = 0 ]
}

@test "every capture with details gives the recorded details and explanations" {
  local count=0
  for capture in $(chosen); do
    explains "$FIXTURES/$capture" || continue
    count=$((count + 1))
    call_of "$FIXTURES/$capture"
    "${call[@]}" --replay "$FIXTURES/$capture" >"$BATS_TEST_TMPDIR/collected"
    capture_run pf-resolve --details --replay "$FIXTURES/$capture" <"$BATS_TEST_TMPDIR/collected"
    equal "messages" "$stderr" ""
    equal "exit status" "$status" 0
    same "details of $capture" "$BATS_TEST_TMPDIR/stdout" \
      "$FIXTURES/$capture/expected.details.ndjson"
    for form in wide why; do
      HOME='' capture_run pf --"$form" --replay "$FIXTURES/$capture"
      equal "messages" "$stderr" ""
      equal "exit status" "$status" 0
      same "$form of $capture" "$BATS_TEST_TMPDIR/stdout" "$FIXTURES/$capture/expected.$form.txt"
    done
  done
  [ -n "${PF_FIXTURE:-}" ] || [ "$count" -ge 12 ]
}

@test "every stream gives the recorded table" {
  for stream in "$FIXTURES"/streams/*.ndjson; do
    capture_run pf-render <"$stream"
    same "table of $stream" "$BATS_TEST_TMPDIR/stdout" "${stream%.ndjson}.txt"
    equal "messages" "$stderr" ""
    equal "exit status" "$status" 0
  done
}

@test "every stream with details gives the recorded wide table and explanations" {
  local count=0
  for stream in "$FIXTURES"/streams/*.ndjson; do
    has_details "$stream" || continue
    count=$((count + 1))
    capture_run pf-render --wide <"$stream"
    same "wide table of $stream" "$BATS_TEST_TMPDIR/stdout" "${stream%.ndjson}.wide.txt"
    equal "messages" "$stderr" ""
    capture_run explanations_of "$stream"
    same "explanations of $stream" "$BATS_TEST_TMPDIR/stdout" "${stream%.ndjson}.why.txt"
    equal "messages" "$stderr" ""
  done
  [ "$count" -gt 0 ]
}

@test "pf shows the same table of every capture as the pipeline does" {
  local count=0
  for capture in $(captures); do
    count=$((count + 1))
    call_of "$FIXTURES/$capture"
    capture_run pf --replay "$FIXTURES/$capture" "${call[@]:1}"
    same "table of $capture" "$BATS_TEST_TMPDIR/stdout" "$FIXTURES/$capture/expected.txt"
    # pf reports an error of the collector or the resolver as its own.
    equal "success" "$([ "$status" -le 1 ] && echo yes)" \
      "$([ "$(cat "$FIXTURES/$capture"/expected.status 2>/dev/null || echo 0)" -le 1 ] &&
        { [ ! -e "$FIXTURES/$capture/expected.resolver-stderr" ] ||
          [ -e "$FIXTURES/$capture/expected.resolver-status" ]; } && echo yes)"
  done
  [ "$count" -gt 0 ]
}

# A single file is replayed without the rest of its capture, such as netstat-an.txt.
@test "the output of lsof reads the same from a file and from a pipe" {
  local given count=0
  for text in "$FIXTURES"/lsof/*/lsof.txt; do
    [ ! -e "${text%/*}/netstat-an.txt" ] || continue
    count=$((count + 1))
    call_of "${text%/*}"
    given=0
    "${call[@]}" --replay "${text%/*}" >"$BATS_TEST_TMPDIR/given" \
      2>"$BATS_TEST_TMPDIR/messages" || given=$?
    capture_run "${call[@]}" --replay "$text"
    same "stream of $text" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/given"
    same "messages of $text" "$BATS_TEST_TMPDIR/stderr" "$BATS_TEST_TMPDIR/messages"
    equal "exit status of $text" "$status" "$given"
    capture_run "${call[@]}" --replay - <"$text"
    # Of a wrong text, the message names the file.
    sed -i "s|$text: this is|standard input: this is|" "$BATS_TEST_TMPDIR/messages"
    same "stream of <$text" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/given"
    same "messages of <$text" "$BATS_TEST_TMPDIR/stderr" "$BATS_TEST_TMPDIR/messages"
    equal "exit status of <$text" "$status" "$given"
  done
  [ "$count" -gt 10 ]
}

@test "a capture without netstat shows what lsof lists, and no more" {
  capture_run pf-collect-lsof -tu --replay "$FIXTURES/lsof/macos-hidden/lsof.txt"
  equal "stdout" "$stdout" "$(grep -v '"pid":null' "$FIXTURES/lsof/macos-hidden/expected.ndjson")"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
}

@test "captures in either byte order show the same addresses" {
  same "stream" "$FIXTURES/proc/big-endian/expected.ndjson" "$FIXTURES/proc/little-endian/expected.ndjson"
  same "table" "$FIXTURES/proc/big-endian/expected.txt" "$FIXTURES/proc/little-endian/expected.txt"
  equal "tables that differ" "$(diff -q "$FIXTURES"/proc/{big,little}-endian/proc/net | wc -l)" 2
}

@test "every capture and every stream is described in a README" {
  local listed found
  listed=$(cd "$FIXTURES" && for readme in */README.md; do
    sed -n '/^| \(capture\|stream\) /,$p' "$readme" | grep '^| `' | cut -d'|' -f2 |
      grep -o '`[^`]*`' | tr -d '`' | sed "s|^|${readme%/*}/|"
  done | sort)
  found=$(captures && cd "$FIXTURES" && printf "%s\n" streams/*.ndjson | sed 's/\.ndjson$//')
  equal "list" "$listed" "$(sort <<<"$found")"
}
