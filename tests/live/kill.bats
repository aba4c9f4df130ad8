#!/usr/bin/env bats
# Killing the holder of a port: only the one that was shown, and until it has ended.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
}

# The table that pf shows for $ready's port, with these pids.
table() {
  local pid
  printf 'PORT   %-*s  COMMAND  USER  ADDRESS\n' "${#1}" PID
  for pid; do
    printf '%-5s  %s  mksock   %s  127.0.0.1\n' "${ready[1]}" "$pid" "$(user)"
  done
}

is_alive() {
  kill -0 "$1"
}

@test "--kill shows the table, kills the holder, and leaves the port free" {
  holder tcp:127.0.0.1:0
  capture_run pf --kill "${ready[1]}"
  gives 0 "$(table "$holder_pid")
mksock ($holder_pid): ended" ""
  capture_run pf "${ready[1]}"
  gives 1 "" ""
}

@test "--kill kills all three processes that share a socket, and signals each once" {
  holder tcp:127.0.0.1:0 --forks 2
  local pids
  mapfile -t pids < <(printf '%s\n' "$holder_pid" "${ready[@]:2}" | sort -n)
  capture_run pf --kill "${ready[1]}"
  equal "exit status" "$status" 0
  equal "the table comes first" "$(head -n 4 <<<"$stdout")" "$(table "${pids[@]}")"
  equal "each is ended once" "$(tail -n +5 <<<"$stdout" | sort)" \
    "$(printf 'mksock (%s): ended\n' "${pids[@]}" | sort)"
  capture_run pf "${ready[1]}"
  gives 1 "" ""
}

@test "a holder of several sockets is signalled once" {
  holder tcp:127.0.0.1:0 tcp:127.0.0.1:0
  capture_run pf --no-header --kill "${ready[1]},${ready[2]}"
  equal "exit status" "$status" 0
  equal "news" "$(tail -n +3 <<<"$stdout")" "mksock ($holder_pid): ended"
}

@test "a client of the port, which other tools also kill, is left alone" {
  holder tcp:127.0.0.1:0
  local server=$holder_pid port=${ready[1]}
  holder "connect:127.0.0.1:$port"
  ready[1]=$port
  capture_run pf --kill "$port"
  gives 0 "$(table "$server")
mksock ($server): ended" ""
  is_alive "$holder_pid"
}

@test "if a process ignores SIGTERM, --kill waits for the timeout, and suggests --force" {
  holder tcp:127.0.0.1:0 --ignore-term
  capture_run pf --kill --timeout 0.1 "${ready[1]}"
  gives 2 "$(table "$holder_pid")" \
    "pf-kill: mksock ($holder_pid): still running 0.1 s after SIGTERM: use --force, or a longer --timeout"
  is_alive "$holder_pid"
}

@test "--kill --force kills a process that ignores SIGTERM" {
  holder tcp:127.0.0.1:0 --ignore-term
  capture_run pf --kill --force --timeout 0.1 "${ready[1]}"
  gives 0 "$(table "$holder_pid")
mksock ($holder_pid): still running: SIGKILL
mksock ($holder_pid): ended" ""
}

@test "--force alone sends only SIGKILL" {
  holder tcp:127.0.0.1:0 --ignore-term
  capture_run pf --force "${ready[1]}"
  gives 0 "$(table "$holder_pid")
mksock ($holder_pid): ended" ""
}

@test "without pidfds in the kernel, the holder is still killed and waited for" {
  local status=0
  "$PF_TESTS/without" pidfds true || status=$?
  [ "$status" != 125 ] || skip "no seccomp filters here"
  holder tcp:127.0.0.1:0 --ignore-term
  capture_run "$PF_TESTS/without" pidfds pf --kill --timeout 0.1 "${ready[1]}"
  gives 2 "$(table "$holder_pid")" \
    "pf-kill: mksock ($holder_pid): still running 0.1 s after SIGTERM: use --force, or a longer --timeout"
  is_alive "$holder_pid"
  capture_run "$PF_TESTS/without" pidfds pf --kill --force --timeout 0.1 "${ready[1]}"
  gives 0 "$(table "$holder_pid")
mksock ($holder_pid): still running: SIGKILL
mksock ($holder_pid): ended" ""
}

@test "--signal sends another signal" {
  holder tcp:127.0.0.1:0
  capture_run pf --kill --signal hup "${ready[1]}"
  gives 0 "$(table "$holder_pid")
mksock ($holder_pid): ended" ""
  wait "$holder_pid" || status=$?
  equal "how it ended" "$status" $((128 + 1))
}

@test "--dry-run reports what would be signalled, and signals nothing" {
  holder tcp:127.0.0.1:0
  capture_run pf --kill --dry-run "${ready[1]}"
  gives 0 "$(table "$holder_pid")
mksock ($holder_pid): would get SIGTERM" ""
  is_alive "$holder_pid"
  capture_run pf --kill --force --dry-run "${ready[1]}"
  gives 0 "$(table "$holder_pid")
mksock ($holder_pid): would get SIGTERM" ""
}

@test "the messages of a kill stay out of the JSON" {
  holder tcp:127.0.0.1:0
  capture_run pf --json --kill "${ready[1]}"
  equal "exit status" "$status" 0
  equal "JSON" "$(jq -c '.listeners | map(.pid)' <<<"$stdout")" "[$holder_pid]"
  equal "news" "$stderr" "mksock ($holder_pid): ended"
}

@test "if there is nothing to kill, the exit status is 1" {
  holder tcp:127.0.0.1:0
  local port=$((ready[1] == 65535 ? 1 : ready[1] + 1))
  capture_run pf --kill "$port"
  gives 1 "" ""
  is_alive "$holder_pid"
}

# The command that mksock runs inherits its socket.
@test "a process is not killed by a command that it started" {
  capture_run "$PF_TESTS/mksock" tcp:127.0.0.1:0 -- pf --no-header --kill 1-65535
  local port pid
  read -r port pid _ < <(tail -n 1 <<<"$stdout")
  gives 2 "ready $port
$port  $pid  mksock  $(user)  127.0.0.1" \
    "pf-kill: mksock ($pid): not killed: it started this command, which would end with it: run this from another session"
}

@test "if stdout can't be written during a kill, the holder is still killed, and the error is reported" {
  holder tcp:127.0.0.1:0
  local row
  row="${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1"
  # Leaves room for the list only; ulimit counts in blocks of 1024 bytes.
  head -c $((1023 - ${#row})) /dev/zero >"$BATS_TEST_TMPDIR/full"
  limited() {
    (ulimit -f 1 && exec "$@" >>"$BATS_TEST_TMPDIR/full") 2>&1 | cat
    return "${PIPESTATUS[0]}"
  }
  capture_run limited pf --no-header --kill "${ready[1]}"
  gives 2 "pf-kill: standard output: File too large" ""
  equal "list" "$(tr -d '\0' <"$BATS_TEST_TMPDIR/full")" "$row"
  capture_run pf "${ready[1]}"
  gives 1 "" ""
}

@test "a holder that was stopped by Ctrl-Z is continued, so that it can end" {
  holder tcp:127.0.0.1:0
  kill -STOP "$holder_pid"
  capture_run pf --no-header --kill "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
mksock ($holder_pid): stopped (as by Ctrl-Z): continued, so that it can end
mksock ($holder_pid): ended" ""
}

@test "nothing is ended whose list nobody could read" {
  holder tcp:127.0.0.1:0
  unread() {
    "$@" | true
    echo "${PIPESTATUS[0]}"
  }
  capture_run unread pf --kill "${ready[1]}"
  equal "exit status of pf" "$stdout" 2
  [[ $stderr = *"pf: nothing was killed: "* ]]
  kill -0 "$holder_pid"
}

@test "a socket that another process held all along is not said to be taken again" {
  holder tcp:127.0.0.1:0 --forks 1
  # pf is shown one of the two holders only, as if the other had been forked since.
  mkdir "$BATS_TEST_TMPDIR/tools"
  cat >"$BATS_TEST_TMPDIR/tools/pf-collect-half" <<SCRIPT
#!/bin/sh
if [ -e "$BATS_TEST_TMPDIR/once" ]; then
  exec "$PF_BIN/pf-collect-proc" "\$@"
fi
touch "$BATS_TEST_TMPDIR/once"
"$PF_BIN/pf-collect-proc" "\$@" | grep '"pid":$holder_pid,'
SCRIPT
  chmod +x "$BATS_TEST_TMPDIR/tools/pf-collect-half"
  capture_run_on "$BATS_TEST_TMPDIR/tools:$PATH" pf --no-header --collector half --kill "${ready[1]}"
  gives 2 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
mksock ($holder_pid): ended" "pf: port ${ready[1]}: still held by mksock (${ready[2]})"
}

@test "before a kill, the other ports that would be freed with it are named" {
  holder tcp:127.0.0.1:0 tcp:127.0.0.1:0 'tcp:[::1]:0'
  local others
  others=$(printf '%s\n' "${ready[2]}" "${ready[3]}" | sort -n | paste -sd' ')
  capture_run pf --no-header --kill --dry-run "${ready[1]}"
  equal "exit status" "$status" 0
  equal "messages" "$stderr" \
    "pf: mksock ($holder_pid): also listens on ports ${others/ / and }"
  capture_run pf --no-header --kill "${ready[1]}-${ready[1]}" "${ready[2]}"
  equal "messages" "$stderr" "pf: mksock ($holder_pid): also listens on port ${ready[3]}"
}
