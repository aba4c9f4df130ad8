#!/usr/bin/env bats
# pf for Windows, with copies of the helper `stage` instead of its stages. A copy does what the file
# of the same name that ends in .stage says.

load ../helpers/common

table="PORT  PID   COMMAND  USER  ADDRESS
3000  7382  node     root  0.0.0.0
3000  7382  node     root  [::]"
line='{"proto":"tcp","family":"ipv4","address":"192.0.2.1","port":80,"pid":null,"uid":null,"command":"a","user":"b"}'
line_table="PORT  PID  COMMAND  USER  ADDRESS
80    -    a        b     192.0.2.1"

# Copies of the programs, in a directory that is not on PATH.
setup() {
  bin=$BATS_TEST_TMPDIR/bin
  mkdir "$bin"
  cp "$PF_PROGRAMS"/*.exe "$bin"
}

# plays FILE: makes FILE.exe a stage that does what stdin says.
plays() {
  mkdir -p "${1%/*}"
  cat >"$1.stage"
  cp "$PF_TESTS/stage.exe" "$1.exe"
}

# The copied pf.
own_pf() {
  "$PF_WINE" "$bin/pf.exe" "$@"
}

show() {
  capture_run own_pf --replay "$FIXTURES/proc/both-families" 3000
}

# windows_path PATH: in Windows' notation. Wine's drive Z: is the root directory.
windows_path() {
  printf 'Z:%s' "${1//\//\\}"
}

# on_path DIRECTORY COMMAND...: runs it with the directory first on Windows' PATH.
on_path() {
  local directory=$1
  shift
  WINEPATH=$directory "$@"
}

@test "the programs work in any directory they share" {
  show
  gives 0 "$table" ""
}

@test "a missing stage is named" {
  for stage in pf-collect-proc pf-resolve pf-render; do
    rm "$bin/$stage.exe"
    show
    gives 2 "" "pf: $stage: not found beside pf or on PATH: is pf fully installed?"
    cp "$PF_PROGRAMS/$stage.exe" "$bin"
  done
}

@test "a stage that isn't a program is named" {
  echo 'no program at all' >"$bin/pf-resolve.exe"
  show
  gives 2 "" "pf: Z:$bin/pf-resolve.exe: failed to start: Exec format error"
}

@test "a collector that fails is named, and its lines are shown" {
  plays "$bin/pf-collect-proc" <<<$'run\nexit 3'
  show
  gives 2 "$table" "pf: pf-collect-proc: failed with exit status 3"
}

@test "a collector that crashes is named, and its lines are shown" {
  plays "$bin/pf-collect-proc" <<<$'run\nterminate 0xC0000005'
  show
  gives 2 "$table" "pf: pf-collect-proc: died of 0xC0000005"
}

@test "a collector that another process terminates is named, and its lines are shown" {
  plays "$bin/pf-collect-proc" <<<$'run\nterminate 1'
  show
  gives 2 "$table" \
    "pf: pf-collect-proc: exit status 1 means nothing was found, yet it wrote lines: was it killed?"
}

@test "a collector that stops in mid-line is reported, and its complete lines are shown" {
  plays "$bin/pf-collect-proc" <<<$'run\nbegin {"proto":"tcp","fam'
  show
  gives 2 "$table" \
    "pf-resolve: line 3: not JSON: premature end of input near '\"fam' (column 19)
pf: pf-resolve: failed with exit status 2"
}

@test "a resolver that fails or crashes is named, and its lines are shown" {
  plays "$bin/pf-resolve" <<<$'run\nexit 3'
  show
  gives 2 "$table" "pf: pf-resolve: failed with exit status 3"
  plays "$bin/pf-resolve" <<<$'run\nterminate 0xC0000374'
  show
  gives 2 "$table" "pf: pf-resolve: died of 0xC0000374"
}

@test "a resolver that crashes immediately is named, and the collector is not blamed" {
  plays "$bin/pf-resolve" <<<'terminate 0xC0000005'
  show
  gives 2 "" "pf: pf-resolve: died of 0xC0000005"
}

@test "a renderer that fails or crashes is named" {
  plays "$bin/pf-render" <<<$'run\nexit 3'
  show
  gives 2 "$table" "pf: pf-render: failed with exit status 3"
  plays "$bin/pf-render" <<<'terminate 0xC0000005'
  show
  gives 2 "" "pf: pf-render: died of 0xC0000005"
}

@test "all stages that fail are named, not only the last one" {
  plays "$bin/pf-collect-proc" <<<'exit 4'
  plays "$bin/pf-resolve" <<<'exit 5'
  plays "$bin/pf-render" <<<'exit 6'
  show
  equal "stderr" "$(sort <<<"$stderr")" "pf: pf-collect-proc: failed with exit status 4
pf: pf-render: failed with exit status 6
pf: pf-resolve: failed with exit status 5"
  equal "exit status" "$status" 2
}

@test "a failed listing is never passed to pf-kill" {
  plays "$bin/pf-collect-iphlpapi" <<<"print $line"$'\nexit 3'
  plays "$bin/pf-kill" <<<'print killed'
  capture_run own_pf --collector iphlpapi --kill 80
  gives 2 "$line_table" "pf: pf-collect-iphlpapi: failed with exit status 3
pf: nothing was killed: the list is incomplete"
}

@test "pf NAME runs the program pf-NAME with its streams and its exit status" {
  plays "$bin/pf-hello" <<<$'print hello\ncopy\nexit 7'
  capture_run own_pf hello <<<"input"
  gives 7 "hello
input" ""
}

@test "arguments arrive unchanged: empty ones, spaces, quotes and backslashes" {
  plays "$bin/pf-hello" <<<'arguments'
  # shellcheck disable=SC1003 # backslashes, and no quotes
  capture_run own_pf hello '' 'a b' 'q"q' '"q q"' 'end\' 'blank end\' '\\"' 'two\\ ' -- --json \
    'ü 日' '%PATH%' '^&|<>' $'tab\there' "it's"
  gives 0 "" '<><a b><q"q><"q q"><end\><blank end\><\\"><two\\ ><--><--json><ü 日><%PATH%><^&|<>><tab	here><it'\''s>'
}

@test "pf NAME prefers the program in pf's own directory to the one on PATH" {
  plays "$bin/pf-hello" <<<'print beside'
  plays "$BATS_TEST_TMPDIR/plugins/pf-hello" <<<'print on PATH'
  capture_run on_path "$(windows_path "$BATS_TEST_TMPDIR/plugins")" own_pf hello
  gives 0 "beside" ""
  rm "$bin/pf-hello.exe"
  capture_run on_path "$(windows_path "$BATS_TEST_TMPDIR/plugins")" own_pf hello
  gives 0 "on PATH" ""
}

@test "a custom collector on PATH is used, with the requested protocols and ports" {
  plays "$BATS_TEST_TMPDIR/plugins/pf-collect-mine" <<<$'arguments\n'"print $line"
  capture_run on_path "$(windows_path "$BATS_TEST_TMPDIR/plugins")" \
    own_pf --collector mine -tu 80 443-450
  gives 0 "$line_table" "<--tcp><--udp><--><80><443-450>"
}

@test "a program in the current directory is never run, even if PATH contains it" {
  local here=$BATS_TEST_TMPDIR/here
  plays "$here/pf-evil" <<<'print evil'
  plays "$here/pf-collect-evil" <<<'print evil'
  plays "$here/below/pf-evil" <<<'print evil'
  cd "$here"
  # shellcheck disable=SC1003 # likewise
  for path in . '.;' ';.' '.\below' 'below' '\' "Z:." "$(windows_path "$here" | cut -c3-)"; do
    capture_run on_path "$path" own_pf evil
    gives 2 "" \
      "pf: evil: not a port number, and there is no pf-evil command (see pf --help)"
    capture_run on_path "$path" own_pf --collector evil
    gives 2 "" \
      "pf: pf-collect-evil: not found beside pf or on PATH: is pf fully installed?"
  done
}

@test "the name of a missing program is reported" {
  mkdir "$bin/pf-directory.exe"
  for name in nosuch directory; do
    capture_run own_pf "$name"
    gives 2 "" \
      "pf: $name: not a port number, and there is no pf-$name command (see pf --help)"
  done
}

@test "a batch file is not run, since a shell would parse its arguments again" {
  printf '@echo evil\r\n' | tee "$bin/pf-evil.bat" >"$bin/pf-evil.cmd"
  capture_run own_pf evil
  gives 2 "" "pf: evil: not a port number, and there is no pf-evil command (see pf --help)"
}
