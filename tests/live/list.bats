#!/usr/bin/env bats
# What listens right now, with real sockets.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
}

@test "a port held over IPv4 and IPv6 by two sockets is two rows" {
  holder tcp:0.0.0.0:0 tcp:[::]:=,v6only
  capture_run pf --no-header "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  $(user)  0.0.0.0
${ready[1]}  $holder_pid  mksock  $(user)  [::]" ""
}

@test "a dual-stack socket is one row" {
  holder tcp:[::]:0
  capture_run pf --no-header "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  $(user)  [::]" ""
}

@test "every process that shares a socket has a row" {
  holder tcp:127.0.0.1:0 --forks 2
  capture_run pf --ndjson "${ready[1]}"
  equal "exit status" "$status" 0
  equal "pids" "$(jq .pid <<<"$stdout" | sort -n)" \
    "$(printf '%s\n' "$holder_pid" "${ready[@]:2}" | sort -n)"
}

@test "two sockets that share a port by SO_REUSEPORT are two rows" {
  holder tcp:127.0.0.1:0,reuseport
  local first=$holder_pid port=${ready[1]}
  holder "tcp:127.0.0.1:$port,reuseport"
  capture_run pf --ndjson "$port"
  equal "pids" "$(jq .pid <<<"$stdout" | sort -n)" \
    "$(printf '%s\n' "$first" "$holder_pid" | sort -n)"
}

@test "a socket with two descriptors in one process is one row" {
  holder tcp:127.0.0.1:0,dup
  capture_run pf --no-header "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1" ""
}

@test "clients and connections of the port are never holders" {
  holder tcp:127.0.0.1:0,client
  capture_run pf --ndjson
  equal "exit status" "$status" 0
  equal "ports and pids" "$(jq -c '[.port, .pid]' <<<"$stdout")" "[${ready[1]},$holder_pid]"
}

@test "-u shows a bound UDP socket, and no connected one" {
  holder udp:127.0.0.1:0 udp:127.0.0.1:0,client tcp:127.0.0.1:0
  capture_run pf --no-header -u
  gives 0 "${ready[1]}  udp  $holder_pid  mksock  $(user)  127.0.0.1" ""
  capture_run pf --ndjson -tu
  equal "protocols" "$(jq -r .proto <<<"$stdout" | sort)" "tcp
udp"
}

@test "without a port, all are listed; with a range, those in it" {
  holder tcp:127.0.0.1:0 tcp:127.0.0.1:0 tcp:127.0.0.1:0
  local low high
  low=$(printf '%s\n' "${ready[@]:1}" | sort -n | head -n 1)
  high=$(printf '%s\n' "${ready[@]:1}" | sort -n | tail -n 1)
  capture_run pf --ndjson
  equal "all" "$(jq .port <<<"$stdout")" "$(printf '%s\n' "${ready[@]:1}" | sort -n)"
  capture_run pf --ndjson "$low-$((high - 1))"
  equal "the lower two" "$(wc -l <<<"$stdout")" 2
}

@test "if nothing is found: exit status 1, no message for a script, and an empty list as JSON" {
  holder tcp:127.0.0.1:0
  local port=$((ready[1] == 65535 ? 1 : ready[1] + 1))
  capture_run pf "$port"
  gives 1 "" ""
  capture_run pf --json "$port"
  gives 1 '{"listeners":[]}' ""
}

@test "jq can read --json as the README shows" {
  holder tcp:127.0.0.1:0
  capture_run pf --json "${ready[1]}"
  equal "holder" "$(jq -c '.listeners[] | {pid, command}' <<<"$stdout")" \
    "{\"pid\":$holder_pid,\"command\":\"mksock\"}"
}

@test "the stages work without pf" {
  table() {
    set -o pipefail
    pf-collect-proc "$1" | pf-resolve | pf-render --no-header
  }
  holder tcp:127.0.0.1:0
  capture_run table "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1" ""
}

@test "a line identifies its process the same on every listing, also through jq" {
  holder tcp:127.0.0.1:0
  capture_run pf-collect-proc "${ready[1]}"
  local first=$stdout
  capture_run pf-collect-proc "${ready[1]}"
  equal "second look" "$stdout" "$first"
  equal "through jq" "$(jq -c . <<<"$first")" "$first"
}

@test "a process whose main thread has ended is still found" {
  holder --threads-only tcp:127.0.0.1:0
  capture_run pf --no-header "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1" ""
}

@test "a process whose main thread has ended is found beside the child that shares its socket" {
  need_root
  holder --threads-only tcp:127.0.0.1:0 --forks 1
  capture_run pf --no-header --ndjson "${ready[1]}"
  equal "holders" "$(jq -s length <<<"$stdout")" 2
  equal "the parent" "$(jq -c "select(.pid == $holder_pid) | .command" <<<"$stdout")" '"mksock"'
}

@test "a name of any bytes is shown without control characters, and is one line of JSON" {
  holder --name $'\e]0;pwn\a"\n{\xff' tcp:127.0.0.1:0
  capture_run pf --no-header "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  \\x1b]0;pwn\\x07\"\\x0a{\\xff  $(user)  127.0.0.1" ""
  capture_run pf --json "${ready[1]}"
  equal "command" "$(jq -c '.listeners[].command' <<<"$stdout")" '"\u001b]0;pwn\u0007\"\n{\\xff"'
}

@test "a name that the kernel truncated is completed from the program's path" {
  local program=$BATS_TEST_TMPDIR/a-name-of-some-length
  cp "$PF_TESTS/mksock" "$program"
  holder_program=$program holder tcp:127.0.0.1:0
  capture_run pf --no-header "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  a-name-of-some-length  $(user)  127.0.0.1" ""
}

@test "sockets of another network namespace are not listed" {
  holder tcp:127.0.0.1:0
  capture_run "$PF_TESTS/netns" pf "${ready[1]}"
  gives 1 "" ""
}

@test "pf-collect-proc --probe reports that it works here" {
  capture_run pf-collect-proc --probe
  gives 0 "" ""
}

@test "a port that only a UDP socket holds is named as such" {
  holder udp:127.0.0.1:0
  capture_run pf "${ready[1]}"
  gives 1 "" "pf: port ${ready[1]}: nothing listens on TCP, but mksock ($holder_pid) holds it on UDP: use -u"
}

# bats test_tags=native
@test "with the holder's socket as standard input or error, pf does not hold it" {
  local socket option
  for socket in tcp:127.0.0.1:0 udp:127.0.0.1:0; do
    option=-${socket:0:1}
    # shellcheck disable=SC2016 # for the inner shell
    capture_run "$PF_TESTS/mksock" "$socket" -- bash -c '
      for fd in 3 4 5 6 7 8 9; do
        [ ! -S "/dev/fd/$fd" ] || break
      done
      eval "exec pf --ndjson $0 1-65535 <&$fd 2>&$fd $fd<&-"' "$option"
    equal "exit status" "$status" 0
    equal "holders" "$(tail -n +2 <<<"$stdout" | jq -r .command)" mksock
  done
}

# bats test_tags=native
@test "a socket that only an io_uring holds has its holder, and is killed" {
  need_root
  "$PF_TESTS/mksock" tcp:127.0.0.1:0,ring </dev/null >/dev/null 2>&1 || skip "no io_uring here"
  holder tcp:127.0.0.1:0,ring
  grep -qs 'socket:\[' "/proc/$holder_pid/fdinfo/"* || skip "this kernel names no files of an io_uring"
  capture_run pf --no-header --kill "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  $(user)  127.0.0.1
mksock ($holder_pid): ended" ""
}

@test "of a socket in a message that nobody has received, the hint says that it may be so" {
  need_root
  holder tcp:127.0.0.1:0,sent
  capture_run pf --no-header "${ready[1]}"
  equal "row" "$stdout" "${ready[1]}  -  -  $(user)  127.0.0.1"
  [[ $stderr == *"1 socket without a visible holder: the kernel's, sent to a process that has not received it, an io_uring's, or"* ]] ||
    [[ $stderr == *"1 socket belongs to a process you can't see; "* ]]
}
