# Loaded after common by the bats files of the collectors: the tests they share. $collector is the
# collector's name; CAPTURE is a path in fixtures/.
# shellcheck shell=bash

# The ports in the output of the last capture_run, sorted.
ports() {
  sed 's/.*"port":\([0-9]*\).*/\1/' "$BATS_TEST_TMPDIR/stdout" | sort -n | xargs
}

# helps LINES: the help begins with these lines.
helps() {
  for option in -h --help; do
    capture_run "$collector" "$option"
    equal "first lines" "$(head -n "$(wc -l <<<"$1")" <<<"$stdout")" "$1"
    equal "stderr" "$stderr" ""
    equal "exit status" "$status" 0
  done
}

tells_version() {
  for option in -V --version; do
    capture_run "$collector" "$option"
    gives 0 "$collector 0.1.0" ""
  done
}

# refuses CAPTURE ARGUMENT MESSAGE: a usage error with this message, and nothing else.
refuses() {
  capture_run "$collector" --replay "$FIXTURES/$1" "$2"
  gives 2 "" "$collector: $3 (see $collector --help)"
}

refuses_wrong_ports() {
  refuses "$1" 0 "0: a port is from 1 to 65535"
  refuses "$1" 65536 "65536: a port is from 1 to 65535"
  refuses "$1" 99999999999999999999 "99999999999999999999: a port is from 1 to 65535"
  refuses "$1" 80-65536 "80-65536: a port is from 1 to 65535"
  refuses "$1" 80-79 "80-79: the range runs backwards: the lower port comes first"
  refuses "$1" +80 "+80: not a port: give a number, or a range such as 3000-3100"
  refuses "$1" " 80" " 80: not a port: give a number, or a range such as 3000-3100"
  refuses "$1" "80 " "80 : not a port: give a number, or a range such as 3000-3100"
  refuses "$1" 0x50 "0x50: not a port: give a number, or a range such as 3000-3100"
  refuses "$1" http "http: not a port: give a number, or a range such as 3000-3100"
  refuses "$1" 1-2-3 "1-2-3: not a port: give a number, or a range such as 3000-3100"
  refuses "$1" ::80 "::80: not a port: give a number, or a range such as 3000-3100"
  refuses "$1" "" ": a port is missing"
  refuses "$1" : ":: a port is missing"
  refuses "$1" 3000, "3000,: a port is missing"
  refuses "$1" ,3000 ",3000: a port is missing"
  refuses "$1" 80- "80-: a port is missing"
}

refuses_wrong_options() {
  refuses "$1" --foo "--foo: no such option"
  refuses "$1" -x "-x: no such option"
  refuses "$1" -80 "-8: no such option"
  refuses "$1" --probe=1 "--probe=1: takes no value"
  refuses "$1" --replay "--replay: needs a value"
}

# gives_protocols CAPTURE: tests -t, -u and -tu with a capture whose arguments are -tu.
gives_protocols() {
  local expected=$FIXTURES/$1/expected.ndjson
  for options in '' -t --tcp -u --udp -tu -ut '-t -u' '--udp --tcp'; do
    case $options in
      '' | -t | --tcp) wanted=$(grep '"tcp"' "$expected") ;;
      -u | --udp) wanted=$(grep '"udp"' "$expected") ;;
      *) wanted=$(<"$expected") ;;
    esac
    # shellcheck disable=SC2086 # several options
    capture_run "$collector" $options --replay "$FIXTURES/$1"
    gives 0 "$wanted" "" || { echo "^ $options" && return 1; }
  done
}

# picks CAPTURE: each line of stdin has the expected ports, separated by commas, and the arguments
# that select them.
picks() {
  while read -r expected arguments; do
    # shellcheck disable=SC2086 # several arguments
    capture_run "$collector" --replay "$FIXTURES/$1" $arguments
    equal "ports of '$arguments'" "$(ports)" "${expected//,/ }"
    equal "stderr" "$stderr" ""
    equal "exit status" "$status" 0
  done
}

# probes: each line of stdin has the expected exit status of --probe, and a path to replay.
probes() {
  while read -r expected path; do
    capture_run "$collector" --probe --replay "$path"
    gives "$expected" "" "" || { echo "^ $path" && return 1; }
  done
}

# names_missing NAME: a capture that doesn't exist, or whose NAME is missing or not a file.
names_missing() {
  cd "$BATS_TEST_TMPDIR" || return
  capture_run "$collector" --replay nowhere
  gives 2 "" "$collector: nowhere: No such file or directory"
  mkdir capture
  capture_run "$collector" --replay capture
  gives 2 "" "$collector: capture/$1: No such file or directory"
  mkdir "capture/$1"
  capture_run "$collector" --replay capture
  gives 2 "" "$collector: capture/$1: Is a directory"
}

# refuses_times VARIABLE: invalid ones; the script of the tool creates a file was-run.
refuses_times() {
  for seconds in x "" -1 1e3 86401 "1 " 0.0001; do
    capture_run env "$1=$seconds" "$collector"
    gives 2 "" "$collector: $1: must be seconds, 0 to 86400, such as 20"
  done
  [ ! -e "$BATS_TEST_TMPDIR/was-run" ]
}

# hangs: the script of a tool that prints $told and then hangs.
hangs() {
  mkfifo "$BATS_TEST_TMPDIR/never"
  cat <<'SCRIPT'
echo "$told"
exec cat "$BATS_TEST_TMPDIR/never"
SCRIPT
}

# needs_stdout CAPTURE: a failed write to stdout is an error.
needs_stdout() {
  full() { "$@" >/dev/full; }
  closed() { "$@" >&-; }
  capture_run full "$collector" --replay "$FIXTURES/$1"
  gives 2 "" "$collector: standard output: No space left on device"
  capture_run closed "$collector" --replay "$FIXTURES/$1"
  gives 2 "" "$collector: standard output: Bad file descriptor"
}

# spares_stream CAPTURE: with stderr closed, messages don't land in the stream.
spares_stream() {
  closed() { "$@" 2>&-; }
  capture_run closed "$collector" --replay "$FIXTURES/$1"
  gives 2 "$(<"$FIXTURES/$1/expected.ndjson")" ""
}

# tool_is NAME: makes the script on stdin a program in $tools. It may use $BATS_TEST_TMPDIR and
# exported variables.
tool_is() {
  tools=$BATS_TEST_TMPDIR/tools
  mkdir -p "$tools"
  {
    echo '#!/bin/sh'
    cat
  } >"$tools/$1"
  chmod +x "$tools/$1"
}

# later_script: the part of a tool's script that starts a process in a later tick of the kernel's
# clock than the tool, and leaves its pid in $later and in the file later. The process lives until
# with_later returns.
later_script() {
  cat <<'SCRIPT'
# When a process started, in the kernel's ticks.
start_of() {
  sed 's/.*) //' "/proc/$1/stat" | cut -d' ' -f20
}
own=$(start_of $$)
while
  cat "$BATS_TEST_TMPDIR/hold" >/dev/null 2>&1 &
  [ "$(start_of $!)" = "$own" ]
do
  kill $!
done
later=$!
echo "$later" >"$BATS_TEST_TMPDIR/later"
SCRIPT
}

# with_later COMMAND...: capture_run for a command whose tool's script contains later_script. Leaves
# the pid of the process in $later.
# shellcheck disable=SC2034 # it is for the tests
with_later() {
  local hold
  mkfifo "$BATS_TEST_TMPDIR/hold"
  exec {hold}<>"$BATS_TEST_TMPDIR/hold"
  capture_run "$@" {hold}>&-
  exec {hold}>&-
  later=$(<"$BATS_TEST_TMPDIR/later")
}
