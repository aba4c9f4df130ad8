# Loaded by every bats file: `load ../helpers/common`.
# shellcheck shell=bash

# The programs under test and the helper programs: `make test` sets the directories. The captures
# may be a copy, for a system without symbolic links.
ROOT=${BATS_TEST_DIRNAME%/*/*}
FIXTURES=${FIXTURES:-$ROOT/fixtures}
PF_BIN=${PF_BIN:-$ROOT/build/bin}
PF_TESTS=${PF_TESTS:-$ROOT/build/tests}
[[ $PATH = "$PF_BIN":* ]] || PATH=$PF_BIN:$PATH
export ROOT FIXTURES PF_BIN PF_TESTS PATH

# bats records its position before each command, and starts a program per test to read the clock:
# half of the time of all tests. The position of the failed command is enough.
# shellcheck disable=SC2034 # it is for bats
if [ "${BATS_TRACE_LEVEL:-0}" = 0 ] && declare -F bats_capture_stack_trace >/dev/null; then
  bats_setup_tracing() {
    BATS_DEBUG_LAST_STACK_TRACE=() BATS_DEBUG_LAST_STACK_TRACE_IS_VALID='' BATS_ERROR_SUFFIX=''
    exec 4<&1
    trap bats_error_trap ERR
  }
  bats_error_trap() {
    bats_check_status_from_trap
    [ -n "$BATS_DEBUG_LAST_STACK_TRACE_IS_VALID" ] || bats_capture_stack_trace
    BATS_DEBUG_LAST_STACK_TRACE_IS_VALID=1
  }
  get_mills_since_epoch() {
    echo $((${EPOCHREALTIME/[!0-9]/} / 1000))
  }
fi

# capture_run COMMAND...: leaves its exit status in $status, and its output in $stdout and $stderr
# (without final newlines, and with ? for NULs) and in files of these names. They are separate, so
# that each can be asserted in full.
capture_run() {
  status=0
  # A function runs in a subshell, which has no jobs, so bash prints nothing about a holder that
  # ends. A program needs no subshell, which saves a process.
  if declare -F "$1" >/dev/null; then
    ("$@") >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" 3>&- || status=$?
  else
    "$@" >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" 3>&- || status=$?
  fi
  read_whole stdout "$BATS_TEST_TMPDIR/stdout"
  read_whole stderr "$BATS_TEST_TMPDIR/stderr"
}

# read_whole VARIABLE FILE: without final newlines, and with ? for NULs. $(cat FILE) would start a
# process, and a test does this hundreds of times.
read_whole() {
  local whole
  if IFS= read -r -d '' whole <"$2"; then
    whole=$(tr '\0' '?' <"$2")
  fi
  while [[ $whole == *$'\n' ]]; do
    whole=${whole%$'\n'}
  done
  printf -v "$1" %s "$whole"
}

# capture_run_on PATH COMMAND...: like capture_run, with this PATH for the command alone.
capture_run_on() {
  capture_run env "PATH=$1" "${@:2}"
}

# equal WHAT ACTUAL EXPECTED
equal() {
  [ "$2" = "$3" ] && return 0
  printf '%s differs\n' "$1"
  show_difference <(printf '%s\n' "$3") <(printf '%s\n' "$2")
  return 1
}

# same WHAT FILE EXPECTED: the two files are the same, byte for byte.
same() {
  cmp -s "$2" "$3" && return 0
  printf '%s differs\n' "$1"
  show_difference "$3" "$2"
  return 1
}

# show_difference EXPECTED FOUND: a diff of two files, with control bytes made visible.
show_difference() {
  diff -a -u --label expected --label found "$1" "$2" | cat -v
}

# gives STATUS STDOUT STDERR: the complete results of the last capture_run. All differences are
# shown, since stderr often explains why stdout differs.
gives() {
  local differs=0
  equal "stdout" "$stdout" "$2" || differs=1
  equal "stderr" "$stderr" "$3" || differs=1
  equal "exit status" "$status" "$1" || differs=1
  return "$differs"
}

# The name of the user who runs the tests, as the table shows it.
user() {
  id -un
}

# For live tests: outside a network namespace of their own, they would also see the sockets of the
# machine.
need_netns() {
  [ -n "${PF_NETNS:-}" ] || skip "no network namespace: ${PF_NETNS_WHY:-run by make test}"
}

need_root() {
  [ "$(id -u)" = 0 ] || skip "needs root"
}

need_command() {
  command -v "$1" >/dev/null || skip "$1 is not installed"
}

# Without /dev/pts, as in a chroot, script(1) would wait forever for a terminal.
need_terminals() {
  need_command script
  [ -e /dev/pts/ptmx ] || skip "no terminals: /dev/pts is not mounted"
}

# holder ARGUMENTS...: starts the helper program `mksock`, or $holder_program if it is set, and
# waits for its ready line. Leaves its pid in $holder_pid, and the fields of the ready line in the
# array $ready. It lives until release_holders, or until the test ends.
holder() {
  local id=$((++holder_count)) fd
  mkfifo "$BATS_TEST_TMPDIR/in.$id" "$BATS_TEST_TMPDIR/out.$id"
  "${holder_program:-$PF_TESTS/mksock}" "$@" <"$BATS_TEST_TMPDIR/in.$id" >"$BATS_TEST_TMPDIR/out.$id" 3>&- &
  holder_pid=$!
  exec {fd}>"$BATS_TEST_TMPDIR/in.$id"
  holder_pids+=("$holder_pid")
  holder_fds+=("$fd")
  read -r -a ready <"$BATS_TEST_TMPDIR/out.$id"
  [ "${ready[0]}" = ready ]
}
holder_count=0
holder_pids=()
holder_fds=()

# Ends all holders by closing their stdin, and waits for them.
release_holders() {
  local fd
  for fd in "${holder_fds[@]}"; do
    exec {fd}>&-
  done
  for pid in "${holder_pids[@]}"; do
    wait "$pid" || true
  done
  holder_pids=()
  holder_fds=()
}

# copy_programs DIRECTORY [NAME...]: copies these programs, or all. A wrapper of a program may come
# with a second file, whose name has a dot in front.
copy_programs() {
  local directory=$1 name originals=()
  shift
  [ $# -gt 0 ] || set -- "$PF_BIN"/*
  for name in "${@##*/}"; do
    originals+=("$PF_BIN/$name")
    [ ! -e "$PF_BIN/.$name" ] || originals+=("$PF_BIN/.$name")
  done
  rm -f "${originals[@]/#"$PF_BIN"/"$directory"}"
  cp "${originals[@]}" "$directory"
}

# make_link TARGET NAME: a symbolic link in a capture, or the file that replaces one on a system
# without them.
make_link() {
  if [ -n "${PF_NO_LINKS:-}" ]; then
    printf %s "$1" >"$2"
  else
    ln -sfn "$1" "$2"
  fi
}

# large_capture DIRECTORY LISTENERS CONNECTIONS: makes a capture with that many of each. The
# listeners use the ports from 10001 up, with the port as the inode; after 50,000 of them, the same
# ports on 127.0.0.1. Process 4711 holds the first.
large_capture() {
  mkdir -p "$1/proc/net" "$1/proc/4711/fd" "$1/etc"
  awk -v listeners="$2" -v connections="$3" '
    function row(address, port, remote, state, inode) {
      printf "%4d: %s:%04X %s %s 00000000:00000000 00:00000000 00000000    33        0 %d 1\n",
        count++, address, port, remote, state, inode
    }
    BEGIN {
      print "sl local_address rem_address st tx_queue rx_queue tr tm->when retrnsmt uid timeout inode"
      for (i = 1; i <= connections; i++)
        row("0100007F", 10001, sprintf("0100007F:%04X", 20000 + i), "01", 100000 + i)
      for (i = 1; i <= listeners; i++)
        row(i <= 50000 ? "00000000" : "0100007F", 10001 + (i - 1) % 50000, "00000000:0000", "0A",
          10000 + i)
    }' >"$1/proc/net/tcp"
  make_link 'socket:[10001]' "$1/proc/4711/fd/3"
  echo node >"$1/proc/4711/comm"
  printf 'Name:\tnode\nUid:\t33\t33\t33\t33\n' >"$1/proc/4711/status"
  echo 'www-data:x:33:33:::' >"$1/etc/passwd"
}
