#!/usr/bin/env bats
# A pid may be reused: only the listed process is signalled.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
}

need_pid_namespace() {
  unshare --pid --fork --mount-proc true 2>/dev/null || skip "no pid namespace"
}

# The line of $ready's port, with one key set to a JSON value.
line_with() {
  pf-collect-proc "${ready[1]}" | jq -c ".$1=$2"
}

kill_line() {
  printf '%s\n' "$1" | pf-kill "${@:2}"
}

@test "a pid that was reused between listing and killing is not signalled" {
  need_pid_namespace
  [ -w /proc/sys/kernel/ns_last_pid ] || skip "pids can't be chosen here"
  cat >"$BATS_TEST_TMPDIR/reuse" <<'EOF'
set -eu
cd "$BATS_TEST_TMPDIR"
mkfifo in out other-in other-out

"$PF_TESTS/mksock" tcp:127.0.0.1:0 <in >out &
listed=$!
exec 8>in
read -r _ port <out
pf-collect-proc "$port" >line
exec 8>&-
wait "$listed"

# In this namespace, nothing else could take the pid first.
echo $((listed - 1)) >/proc/sys/kernel/ns_last_pid
"$PF_TESTS/mksock" tcp:127.0.0.1:0 <other-in >other-out &
innocent=$!
exec 9>other-in
read -r _ _ <other-out
[ "$innocent" = "$listed" ] || { echo "not reused: $innocent, $listed"; exit 3; }

status=0
pf-kill <line || status=$?
kill -0 "$innocent" && echo "the innocent one lives"
exit "$status"
EOF
  export BATS_TEST_TMPDIR
  capture_run unshare --pid --fork --mount-proc --kill-child bash "$BATS_TEST_TMPDIR/reuse"
  local pid
  pid=$(jq .pid "$BATS_TEST_TMPDIR/line")
  gives 2 "the innocent one lives" \
    "pf-kill: process $pid: not killed: another process has this pid now: list again"
}

@test "a line with another process's pid_start is refused, and the process lives" {
  holder tcp:127.0.0.1:0
  capture_run kill_line "$(line_with pid_start 12345)"
  gives 2 "" "pf-kill: process $holder_pid: not killed: another process has this pid now: list again"
  kill -0 "$holder_pid"
}

@test "a line without pid_start, as from a capture, is refused, and the process lives" {
  holder tcp:127.0.0.1:0
  capture_run kill_line "$(pf-collect-proc "${ready[1]}" | jq -c 'del(.pid_start)')"
  gives 2 "" "pf-kill: process $holder_pid: not killed: the line has no \"pid_start\" to tell it from a later process with this pid: list it on this machine, not from a capture"
  kill -0 "$holder_pid"
}

@test "a process that has already ended counts as ended" {
  holder tcp:127.0.0.1:0
  local line
  line=$(pf-collect-proc "${ready[1]}")
  local pid=$holder_pid
  release_holders
  capture_run kill_line "$line"
  gives 0 "process $pid: already gone" ""
}

@test "a zombie counts as ended" {
  # While it holds the socket, mksock doesn't reap its children.
  holder tcp:127.0.0.1:0 --forks 1
  local child=${ready[2]}
  capture_run kill_line "$(pf-collect-proc "${ready[1]}" | jq -c "select(.pid == $child)")"
  gives 0 "process $child: ended" ""
  kill -0 "$child"
}

@test "init is refused, with what to do instead" {
  capture_run kill_line '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":1,"pid_start":1,"uid":0,"command":"systemd","user":"root"}'
  gives 2 "" "pf-kill: systemd (1): not killed: it is init, which may hold the socket for a service that it starts on demand: stop that with its socket (systemctl stop NAME.socket), or in a container stop the container"
}

@test "the kernel is refused" {
  capture_run kill_line '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":0,"pid_start":1,"uid":0,"command":null,"user":null}'
  gives 2 "" "pf-kill: process 0: not killed: it is the kernel, which no signal ends"
}

@test "a holder has its name if /proc shows another pid namespace, in which its pid is another process" {
  need_pid_namespace
  holder tcp:127.0.0.1:0
  # shellcheck disable=SC2016 # for the inner shell
  capture_run unshare --pid --fork --kill-child bash -c '
    echo $(($1 - 1)) >/proc/sys/kernel/ns_last_pid || exit 99
    sleep 1000 &
    [ $! = "$1" ] || exit 99
    pf-collect-proc "$2" >"$3"
    kill $! && wait $!
    pf-resolve <"$3"
    exit' bash "$holder_pid" "${ready[1]}" "$BATS_TEST_TMPDIR/lines"
  [ "$status" != 99 ] || skip "pids can't be chosen here"
  equal "command" "$(jq -r .command <<<"$stdout")" mksock
}

@test "nothing is signalled if /proc shows another pid namespace" {
  need_pid_namespace
  holder tcp:127.0.0.1:0
  capture_run unshare --pid --fork --kill-child bash -c 'pf-collect-proc "$1" | pf-kill' bash "${ready[1]}"
  gives 2 "" "pf-kill: process $holder_pid: not killed: /proc shows another pid namespace than this command's own: run it where /proc was mounted"
  kill -0 "$holder_pid"
}

@test "a malformed line is reported, the good one's process is killed, and the exit status is 2" {
  holder tcp:127.0.0.1:0
  capture_run kill_line "$(printf 'junk\n%s' "$(pf-collect-proc "${ready[1]}")")"
  gives 2 "process $holder_pid: ended" "pf-kill: line 1: not JSON: '[' or '{' expected near 'junk' (column 4)"
}

@test "a process that no longer holds the listed socket is not signalled" {
  holder tcp:127.0.0.1:0 tcp:127.0.0.1:0
  pf-collect-proc "${ready[1]}" >"$BATS_TEST_TMPDIR/lines"
  # Another socket's inode stands for one that was closed, as by a program that was executed since.
  jq -c '.inode += 1000000' "$BATS_TEST_TMPDIR/lines" >"$BATS_TEST_TMPDIR/closed"
  capture_run pf-kill <"$BATS_TEST_TMPDIR/closed"
  gives 0 "process $holder_pid: no longer holds the port: left alone" ""
  kill -0 "$holder_pid"
  capture_run pf-kill <"$BATS_TEST_TMPDIR/lines"
  gives 0 "process $holder_pid: ended" ""
}

@test "a holder that executes another program keeps its pid and start time, and is spared" {
  # exec closes the socket; the descriptor for stdin stays, so that sleep goes on.
  cat >"$BATS_TEST_TMPDIR/server.py" <<'PY'
import os, socket, sys
server = socket.create_server(("127.0.0.1", 0))
print("ready", server.getsockname()[1], flush=True)
sys.stdin.readline()
os.execvp("sleep", ["sleep", "1000"])
PY
  need_command python3
  mkfifo "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/out"
  python3 "$BATS_TEST_TMPDIR/server.py" <"$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out" 3>&- &
  local pid=$!
  exec 5>"$BATS_TEST_TMPDIR/in"
  read -r -a ready <"$BATS_TEST_TMPDIR/out"
  pf-collect-proc "${ready[1]}" >"$BATS_TEST_TMPDIR/lines"
  echo go >&5
  exec 5>&-
  pf --wait "${ready[1]}"
  capture_run pf-kill <"$BATS_TEST_TMPDIR/lines"
  gives 0 "process $pid: no longer holds the port: left alone" ""
  kill "$pid"
}
