#!/usr/bin/env bats
# An ordinary user asks for a port that another user holds. On macOS and the BSDs, netstat completes
# lsof's list; scripts stand in for both here.

load ../helpers/common

# plays NAME: puts the script on stdin ahead of the system's program in PATH.
plays() {
  {
    echo '#!/bin/sh'
    cat
  } >"$tools/$1"
  chmod +x "$tools/$1"
}

setup() {
  export tools=$BATS_TEST_TMPDIR/tools
  mkdir "$tools"
  PATH=$tools:$PATH
  plays lsof <<'SCRIPT'
printf '%s\n' p5000001 cnode u501 Lalice f23 tIPv4 PTCP n127.0.0.1:3000 TST=LISTEN
SCRIPT
  plays netstat <<'SCRIPT'
: >"$tools/netstat-was-run"
cat <<ROWS
Active Internet connections (including servers)
Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)
tcp4       0      0  127.0.0.1.3000         *.*                    LISTEN
tcp46      0      0  *.3000                 *.*                    LISTEN
tcp6       0      0  ::1.8080               *.*                    LISTEN
tcp4       0      0  127.0.0.1.3000         127.0.0.1.50506        ESTABLISHED
udp4       0      0  *.5353                 *.*
ROWS
SCRIPT
}

# For tests that no replay can cover.
need_bsd_netstat() {
  pf-collect-lsof >"$BATS_TEST_TMPDIR/unused" 2>&1 || :
  [ -e "$tools/netstat-was-run" ] || skip "netstat is another program on this system"
}

# hidden WHAT: the message about it, for an ordinary user or for root.
hidden() {
  if [ "$(id -u)" = 0 ]; then
    echo "pf-collect-lsof: $1 without a visible holder: the kernel's, or opened just now; list again"
  elif [ "$1" = "1 socket" ]; then
    echo "pf-collect-lsof: 1 socket belongs to a process you can't see; use sudo"
  else
    echo "pf-collect-lsof: $1 belong to processes you can't see; use sudo"
  fi
}

own="3000  5000001  node  alice  127.0.0.1"

# bats test_tags=unix
@test "another user's port is in the table, with the hint to use sudo" {
  need_bsd_netstat
  capture_run pf --collector lsof --no-header
  gives 0 "$own
3000  -        -     -      [::]
8080  -        -     -      [::1]" "$(hidden "2 sockets")"
}

# bats test_tags=unix
@test "only sockets that were asked for are reported as hidden" {
  need_bsd_netstat
  capture_run pf --collector lsof --no-header 8080
  gives 0 "8080  -  -  [::1]" "$(hidden "1 socket")"
  capture_run pf --collector lsof --no-header -u
  gives 0 "5353  udp  -  -  0.0.0.0" "$(hidden "1 socket")"
  capture_run pf --collector lsof --no-header 9999
  gives 1 "" ""
}

# bats test_tags=unix
@test "nothing is reported if lsof lists everything" {
  plays netstat <<'SCRIPT'
: >"$tools/netstat-was-run"
echo "tcp4       0      0  127.0.0.1.3000         *.*                    LISTEN"
SCRIPT
  need_bsd_netstat
  capture_run pf --collector lsof --no-header
  gives 0 "$own" ""
}

# bats test_tags=unix
@test "if lsof fails, netstat's sockets are still shown" {
  plays lsof <<'SCRIPT'
echo "lsof: can't open /dev/kmem" >&2
exit 1
SCRIPT
  need_bsd_netstat
  capture_run pf-collect-lsof 8080
  equal "stdout" "$stdout" \
    '{"proto":"tcp","family":"ipv6","address":"::1","port":8080,"pid":null,"uid":null,"command":null,"user":null}'
  equal "first message" "$(head -n 1 <<<"$stderr")" \
    "pf-collect-lsof: lsof: failed with exit status 1: lsof: can't open /dev/kmem"
  equal "exit status" "$status" 2
}

# bats test_tags=unix
@test "if netstat fails, that is reported, and lsof's sockets are still shown" {
  need_bsd_netstat
  plays netstat <<'SCRIPT'
echo "netstat: sysctl: no such thing" >&2
exit 1
SCRIPT
  capture_run pf-collect-lsof
  equal "stdout" "$stdout" \
    '{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":3000,"pid":5000001,"uid":501,"command":"node","user":"alice","fd":23}'
  equal "first message" "$(head -n 1 <<<"$stderr")" \
    "pf-collect-lsof: netstat: failed with exit status 1: netstat: sysctl: no such thing"
  equal "exit status" "$status" 2
}

# bats test_tags=unix
@test "a netstat that hangs is killed and named, and what both printed is shown" {
  need_bsd_netstat
  mkfifo "$tools/never"
  plays netstat <<'SCRIPT'
echo "tcp6       0      0  ::1.3000               *.*                    LISTEN"
exec cat "$tools/never"
SCRIPT
  export PF_LSOF_TIMEOUT=0.2
  capture_run pf-collect-lsof
  equal "ports" "$(jq -c '[.address, .port, .pid]' <<<"$stdout")" '["127.0.0.1",3000,5000001]
["::1",3000,null]'
  equal "first message" "$(head -n 1 <<<"$stderr")" \
    "pf-collect-lsof: $tools/netstat: timed out after 0.2 s and was killed: it may wait for a network file system that doesn't answer; PF_LSOF_TIMEOUT extends the limit"
  equal "exit status" "$status" 2
}

@test "a capture shows another user's port in the table and in the JSON" {
  capture_run pf --replay "$FIXTURES/lsof/macos-hidden" 3000
  gives 0 "PORT  PID   COMMAND  USER   ADDRESS
3000  4711  node     alice  127.0.0.1
3000  -     -        -      [::]
3000  -     -        -      [::1]
3000  -     -        -      [fe80::1%lo0]" ""
  capture_run pf --replay "$FIXTURES/lsof/macos-hidden" --json 631
  gives 0 '{"listeners":[{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":631,"pid":null,"uid":null,"command":null,"user":null}]}' ""
}
