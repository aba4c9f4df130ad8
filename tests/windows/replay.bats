#!/usr/bin/env bats
# The programs for Windows, with captures: what only Windows can get wrong. tests/cli and
# tests/pipeline check that they print what the programs for Linux print.

load ../helpers/common
load ../../fixtures/captures.sh

line='{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":1,"uid":0,"command":"node","user":"root"}'
table="PORT  PID   COMMAND  USER  ADDRESS
3000  7382  node     root  0.0.0.0
3000  7382  node     root  [::]"

# windows_path PATH: in Windows' notation. Wine's drive Z: is the root directory.
windows_path() {
  printf 'Z:%s' "${1//\//\\}"
}

# has_no_return FILE...: the files have no carriage return.
has_no_return() {
  equal "files with carriage returns" "$(grep -l $'\r' "$@")" ""
}

@test "streams, tables and messages have no carriage return, with any capture" {
  local output
  for capture in $(captures); do
    call_of "$FIXTURES/$capture"
    output=$BATS_TEST_TMPDIR/${capture//\//-}
    "${call[@]}" --replay "$FIXTURES/$capture" >"$output.ndjson" 2>"$output.err" || :
    pf-render <"$output.ndjson" >"$output.txt" || :
    [ ! -s "$FIXTURES/$capture/expected.txt" ] || [ -s "$output.txt" ]
  done
  has_no_return "$BATS_TEST_TMPDIR"/*.*
}

@test "the help, the version and usage errors have no carriage return" {
  for program in "$PF_BIN"/*; do
    for option in --help --version --nosuch; do
      "$program" "$option" >"$BATS_TEST_TMPDIR/${program##*/}.$option" 2>&1 || :
      [ -s "$BATS_TEST_TMPDIR/${program##*/}.$option" ]
    done
  done
  has_no_return "$BATS_TEST_TMPDIR"/*.*
}

@test "a path in Windows' notation is accepted, with any characters" {
  capture_run pf --replay "$(windows_path "$FIXTURES/proc/both-families")" 3000
  gives 0 "$table" ""
  cp -R "$FIXTURES/proc/both-families" "$BATS_TEST_TMPDIR/Ż ü 日"
  capture_run pf --replay "$(windows_path "$BATS_TEST_TMPDIR/Ż ü 日")" 3000
  gives 0 "$table" ""
}

@test "a message names a path as it was given" {
  local path
  path=$(windows_path "$BATS_TEST_TMPDIR/ü 日")
  capture_run pf-collect-lsof --replay "$path"
  gives 2 "" "pf-collect-lsof: $path: No such file or directory"
}

# Windows' own text mode stops reading at this old end-of-text mark.
@test "the byte 0x1A in the stream makes a line malformed, and doesn't end the stream" {
  printf '%s\n\x1a\n%s\n' "$line" "$line" >"$BATS_TEST_TMPDIR/in"
  capture_run pf-resolve <"$BATS_TEST_TMPDIR/in"
  gives 2 "$line
$line" "pf-resolve: line 2: not JSON: '[' or '{' expected near '\\x1a' (column 1)"
}

@test "the byte 0x1A in a capture doesn't end it, from a file or from a pipe" {
  printf '%s\n' p1 $'c\x1a' f3 tIPv4 PTCP 'n*:80' p2 cnode f3 tIPv4 PTCP 'n*:81' >"$BATS_TEST_TMPDIR/lsof.txt"
  local expected='{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":1,"uid":null,"command":"\u001A","user":null,"fd":3}
{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":81,"pid":2,"uid":null,"command":"node","user":null,"fd":3}'
  capture_run pf-collect-lsof --replay "$BATS_TEST_TMPDIR/lsof.txt"
  gives 0 "$expected" ""
  capture_run pf-collect-lsof --replay - <"$BATS_TEST_TMPDIR/lsof.txt"
  gives 0 "$expected" ""
}

# cmd LINE: in the Windows shell, which makes Windows' own pipes.
cmd() {
  (cd "$PF_PROGRAMS" && "$PF_WINE" cmd /d /s /c "$1")
}

@test "the stages work in pipes of the Windows shell" {
  capture_run cmd "pf-collect-proc.exe --replay $(windows_path "$FIXTURES/proc/both-families") 3000 | pf-resolve.exe --replay $(windows_path "$FIXTURES/proc/both-families") | pf-render.exe"
  gives 0 "$table" ""
}

@test "no stage fails in a pipe of the Windows shell if its reader ends early" {
  large_capture "$BATS_TEST_TMPDIR/capture" 5000 0
  local path
  path=$(windows_path "$BATS_TEST_TMPDIR/capture")
  # --version reads nothing.
  capture_run cmd "pf-collect-proc.exe --replay $path | pf-resolve.exe --replay $path | pf-render.exe --version"
  gives 0 "pf-render 0.1.0" ""
}

@test "exit statuses reach the Windows shell" {
  capture_run cmd "pf.exe --replay $(windows_path "$FIXTURES/proc/both-families") 3001"
  gives 1 "" ""
  capture_run cmd "pf.exe 0"
  gives 2 "" "pf: 0: a port is from 1 to 65535 (see pf --help)"
}
