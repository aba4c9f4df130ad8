#!/usr/bin/env bats
# lsof exists on Linux too: both collectors must list the same sockets.

load ../helpers/common

setup() {
  need_netns
  need_command lsof
}

teardown() {
  release_holders
}

# The set of sockets and holders in the lines on stdin.
holdings() {
  jq -c '[.proto, .family, .address, .port, .pid]' | LC_ALL=C sort -u
}

# twenty_sockets OPTION...: a holder of twenty sockets of all kinds.
twenty_sockets() {
  holder "$@" \
    tcp:127.0.0.1:0 tcp:127.0.0.1:0,dup tcp:127.0.0.2:0 tcp:127.0.0.1:0,client \
    tcp:0.0.0.0:0 tcp:0.0.0.0:0,dup 'tcp:[::]:0' 'tcp:[::]:0,v6only' 'tcp:[::1]:0,dup' \
    'tcp:[::1]:0,client' 'tcp:[::ffff:127.0.0.1]:0' tcp:127.0.0.1:0,reuseport \
    udp:127.0.0.1:0 udp:127.0.0.1:0,client udp:0.0.0.0:0 udp:0.0.0.0:0,dup 'udp:[::]:0' \
    'udp:[::]:0,v6only' 'udp:[::1]:0' 'udp:[::1]:0,client'
}

@test "both collectors list the same sockets and holders, over two hundred of all kinds" {
  local names=(plain 'with a blank' '(both)' 'back\slash' $'new\nline' $'esc\e[1m' $'\xff bytes'
    'caré' '"quoted"' '{"pid":1}' '' 'fifteen-bytes-x')
  local name lsof proc
  for name in "${names[@]}"; do
    twenty_sockets --name "$name" --forks 1
  done
  proc=$(pf-collect-proc -tu | holdings)
  lsof=$(pf-collect-lsof -tu | holdings)
  equal "holdings" "$lsof" "$proc"
  # Two of the twenty are connected UDP sockets; each of the rest has two holders.
  equal "how many" "$(wc -l <<<"$proc")" $((${#names[@]} * 18 * 2))
  equal "TCP alone" "$(pf-collect-lsof | holdings)" "$(pf-collect-proc | holdings)"
  equal "UDP alone" "$(pf-collect-lsof -u | holdings)" "$(pf-collect-proc -u | holdings)"
}

@test "both collectors give a process the same identity, so that a line of either can end it" {
  holder tcp:127.0.0.1:0
  equal "identity" "$(pf-collect-lsof "${ready[1]}" | jq -c '[.pid, .pid_start, .uid, .fd]')" \
    "$(pf-collect-proc "${ready[1]}" | jq -c '[.pid, .pid_start, .uid, .fd]')"
}

@test "both collectors give a command the same name" {
  local name
  for name in 'with a blank' '(both)' 'back\slash' $'new\nline' $'esc\e[1m' $'del\x7f' \
    $'\xff bytes' 'caré'; do
    holder --name "$name" tcp:127.0.0.1:0
    equal "command" "$(pf --collector lsof --ndjson "${ready[1]}" | jq .command)" \
      "$(pf --collector proc --ndjson "${ready[1]}" | jq .command)"
  done
}

# lsof 4.95 ends the name at the wrong parenthesis, and so misreads /proc/PID/stat.
@test "a known bug of lsof: a name with an unbalanced parenthesis is lost or cut" {
  lsof -v 2>&1 | grep -q 'revision: 4\.95' || skip "known of lsof 4.95 only"
  holder --name 'open(ed' tcp:127.0.0.1:0
  capture_run pf-collect-lsof "${ready[1]}"
  gives 1 "" ""
  capture_run pf-collect-proc "${ready[1]}"
  equal "the other one" "$(jq .pid <<<"$stdout")" "$holder_pid"
  holder --name 'clos)ed' tcp:127.0.0.1:0
  capture_run pf-collect-lsof "${ready[1]}"
  equal "exit status" "$status" 0
  equal "name" "$(jq -r .command <<<"$stdout")" clos
}

@test "pf --collector lsof can do everything: table, JSON, kill" {
  holder tcp:127.0.0.1:0 --forks 1
  local child=${ready[2]} port=${ready[1]}
  local table
  table=$(printf '%s  %s  mksock  %s  127.0.0.1\n' "$port" "$holder_pid" "$(user)" "$port" \
    "$child" "$(user)")
  capture_run pf --collector lsof --no-header "$port"
  gives 0 "$table" ""
  capture_run pf --collector lsof --json "$port"
  equal "JSON" "$(jq -c '[.listeners[] | {pid, command}]' <<<"$stdout")" \
    "[{\"pid\":$holder_pid,\"command\":\"mksock\"},{\"pid\":$child,\"command\":\"mksock\"}]"
  capture_run pf --collector lsof --no-header --kill "$port"
  equal "exit status" "$status" 0
  equal "news" "$(tail -n +3 <<<"$stdout" | sort)" \
    "$(printf 'mksock (%s): ended\n' "$holder_pid" "$child" | sort)"
  capture_run pf --collector lsof "$port"
  gives 1 "" ""
}

@test "lsof's hint tells an ordinary user that only own processes are listed" {
  setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null ||
    skip "can't become another user"
  holder tcp:127.0.0.1:0
  capture_run setpriv --reuid=65534 --regid=65534 --clear-groups \
    "$PF_BIN/pf-collect-lsof" "${ready[1]}"
  gives 1 "" "pf-collect-lsof: lsof shows only your own processes; use sudo to see all"
}
