#!/usr/bin/env bats
# Why the holder of a port runs, with real processes.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
}

# A holder started by a real shell with job control, as at a prompt; what is typed comes from a pipe. Leaves the shell's pid in $holder_pid and the holder's in $held.
from_a_shell() {
  local id=$((++holder_count)) fd
  mkfifo "$BATS_TEST_TMPDIR/in.$id" "$BATS_TEST_TMPDIR/out.$id"
  bash <"$BATS_TEST_TMPDIR/in.$id" >"$BATS_TEST_TMPDIR/out.$id" 3>&- &
  holder_pid=$!
  exec {fd}>"$BATS_TEST_TMPDIR/in.$id"
  holder_pids+=("$holder_pid")
  holder_fds+=("$fd")
  printf "set -m\n%s\n" "$*" >&"$fd"
  read -r -a ready <"$BATS_TEST_TMPDIR/out.$id"
  [ "${ready[0]}" = ready ]
  held=$(pf --json "${ready[1]}" | jq '.listeners[0].pid')
}

# The explanation without what differs between machines: how long the process has run, and what
# started its parent. A unit or a container may be that of the tests.
explanation() {
  sed -E -e 's/, up [0-9]+ s$/, up N s/' -e "s/^(  started by ).* › (.*) › (.*)$/\1 … › \2 › \3/" \
    -e '/^  (unit|container) /d' <<<"$stdout"
}

@test "a process started from a shell: a signal frees the port" {
  cd "$BATS_TEST_TMPDIR"
  from_a_shell "$PF_TESTS/mksock" tcp:127.0.0.1:0 --name "'my server'" "'--rest' 'a b' ''"
  capture_run pf --why "${ready[1]}"
  equal "exit status" "$status" 0
  equal "messages" "$stderr" ""
  equal "explanation" "$(explanation)" "127.0.0.1:${ready[1]} · my server ($held), $(user), up N s
  runs        $PF_TESTS/mksock tcp:127.0.0.1:0 --name 'my server' --rest 'a b' ''
  in          $BATS_TEST_TMPDIR
  started by  … › bash ($holder_pid) › my server ($held)
  to free it  kill $held
              nothing known restarts it"
  capture_run pf --kill "${ready[1]}"
  equal "exit status" "$status" 0
}

@test "a process started by a supervisor: the supervisor's command frees the port" {
  ln -s "$PF_TESTS/supervise" "$BATS_TEST_TMPDIR/runsv"
  cd "$BATS_TEST_TMPDIR"
  holder_program=$BATS_TEST_TMPDIR/runsv holder shop "$PF_TESTS/mksock" tcp:127.0.0.1:0
  local held
  held=$(pf --json "${ready[1]}" | jq '.listeners[].pid')
  capture_run pf --why "${ready[1]}"
  equal "exit status" "$status" 0
  equal "explanation" "$(explanation)" "127.0.0.1:${ready[1]} · mksock ($held), $(user), up N s
  runs        $PF_TESTS/mksock tcp:127.0.0.1:0
  in          $BATS_TEST_TMPDIR
  started by  … › runsv ($holder_pid) › mksock ($held)
  to free it  sv stop shop
              otherwise runsv ($holder_pid) restarts it"
}

@test "a process started by an unknown program: the program is named" {
  ln -s "$PF_TESTS/supervise" "$BATS_TEST_TMPDIR/minder"
  cd "$BATS_TEST_TMPDIR"
  holder_program=$BATS_TEST_TMPDIR/minder holder shop "$PF_TESTS/mksock" tcp:127.0.0.1:0
  local held
  held=$(pf --json "${ready[1]}" | jq '.listeners[].pid')
  capture_run pf --why "${ready[1]}"
  equal "last line" "$(tail -n 1 <<<"$stdout")" \
    "              for now: minder ($holder_pid) may restart it"
}

@test "a port's two families have one explanation, and each process has its own" {
  from_a_shell "$PF_TESTS/mksock" tcp:127.0.0.1:0 'tcp:[::1]:=' --forks 1
  capture_run pf --why "${ready[1]}"
  equal "headings" "$(grep -c "^127.0.0.1:${ready[1]}, \[::1\]:${ready[1]} · mksock (" <<<"$stdout")" 2
}

@test "--wide has the command line and the directory, uncut without a terminal" {
  cd "$BATS_TEST_TMPDIR"
  local long
  long=$(printf '%0300d' 0)
  from_a_shell "$PF_TESTS/mksock" tcp:127.0.0.1:0 --rest "$long"
  capture_run pf --wide "${ready[1]}"
  equal "exit status" "$status" 0
  equal "messages" "$stderr" ""
  [[ $(tail -n 1 <<<"$stdout") == "${ready[1]}"*" $BATS_TEST_TMPDIR "*" $PF_TESTS/mksock tcp:127.0.0.1:0 --rest $long" ]]
}

@test "--wide --json has the details, and --json alone has none" {
  cd "$BATS_TEST_TMPDIR"
  from_a_shell "$PF_TESTS/mksock" tcp:127.0.0.1:0
  capture_run pf --wide --json "${ready[1]}"
  equal "details" "$(jq -c --argjson shell "$holder_pid" --arg mksock "$PF_TESTS/mksock" '.listeners[0] |
    [.cmdline[0] == $mksock, (.exe | endswith("/mksock")), .cwd, .ppid == $shell,
      .ancestors[0] == {pid: $shell, command: "bash"}, .ancestors[-1].pid, .remedy.verdict,
      ((.started | fromdate) + .uptime - now | . < 60 and . > -60)]' <<<"$stdout")" \
    "[true,true,\"$BATS_TEST_TMPDIR\",true,true,1,\"kill\",true]"
  capture_run pf --json "${ready[1]}"
  equal "keys" "$(jq -c '.listeners[0] | keys' <<<"$stdout")" \
    '["address","command","family","fd","inode","pid","pid_start","port","proto","uid","user"]'
}

@test "--why of one port names the other sockets of its holder" {
  holder tcp:127.0.0.1:0 tcp:127.0.0.1:0
  capture_run pf --why "${ready[2]}"
  equal "exit status" "$status" 0
  equal "sockets" "$(head -n 1 <<<"$stdout" | sed 's/ · .*//')" \
    "$(printf '127.0.0.1:%s\n' "${ready[@]:1:2}" | sort -t: -k2n | paste -sd, | sed 's/,/, /')"
}

@test "what --why advises for a stopped process ends it" {
  from_a_shell "$PF_TESTS/mksock" tcp:127.0.0.1:0
  kill -STOP "$held"
  local command
  command=$(pf --wide --json "${ready[1]}" | jq -r '.listeners[0].remedy.command')
  equal "command" "$command" "kill $held && kill -CONT $held"
  bash -c "$command"
  pf --wait "${ready[1]}"
}
