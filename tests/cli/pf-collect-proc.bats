#!/usr/bin/env bats
# pf-collect-proc, with captures.

load ../helpers/common
load ../helpers/collector

export collector=pf-collect-proc

# own_capture: makes a small capture in $capture that the test may spoil.
own_capture() {
  capture=$BATS_TEST_TMPDIR/capture
  cp -RP "$FIXTURES/proc/no-final-newline" "$capture"
}

@test "--help goes to stdout and succeeds" {
  helps "Usage: pf-collect-proc [-tu] [--replay PATH] [--probe] [PORT | LOW-HIGH]...
Writes the listening sockets of Linux, from its kernel and /proc, as
pf-listener(5) lines."
}

@test "--version is one line" {
  tells_version
}

@test "TCP is the default, and -t is the same" {
  for option in '' -t --tcp; do
    capture_run pf-collect-proc ${option:+"$option"} --replay "$FIXTURES/proc/tcp-and-udp"
    gives 0 '{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":53,"pid":9125,"uid":33,"command":null,"user":null,"fd":4,"inode":17770}
{"proto":"tcp","family":"ipv6","address":"::1","port":953,"pid":9125,"uid":33,"command":null,"user":null,"fd":5,"inode":17771}' ""
  done
}

@test "-u lists UDP alone" {
  for option in -u --udp; do
    capture_run pf-collect-proc "$option" --replay "$FIXTURES/proc/tcp-and-udp"
    gives 0 '{"proto":"udp","family":"ipv4","address":"127.0.0.1","port":53,"pid":9125,"uid":33,"command":null,"user":null,"fd":3,"inode":17769}' ""
  done
}

@test "-tu lists both" {
  for options in -tu -ut '-t -u' '--udp --tcp'; do
    # shellcheck disable=SC2086 # several options
    capture_run pf-collect-proc $options --replay "$FIXTURES/proc/tcp-and-udp" 53
    gives 0 '{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":53,"pid":9125,"uid":33,"command":null,"user":null,"fd":4,"inode":17770}
{"proto":"udp","family":"ipv4","address":"127.0.0.1","port":53,"pid":9125,"uid":33,"command":null,"user":null,"fd":3,"inode":17769}' ""
  done
}

@test "a port, a range and a list select those ports and no others" {
  picks proc/names <<'LIST'
7001 7001
7001 :7001
7001 07001
7001 7001 7001 7001-7001
7001,7003 7001,7003
7001,7003 :7001,:7003
7001,7003 7003 7001
7001,7002,7003 7001-7003
7001,7002,7003 :7001-7003
7001,7002,7010 7010-65535 1-7002
7001,7002,7004,7010 7001-7002,7004 7010
7010 -- 7010
LIST
}

@test "80 doesn't match 8042, and 3000 doesn't match 30001" {
  capture_run pf-collect-proc --replay "$FIXTURES/proc/connections" 3000
  equal "ports" "$(ports)" 3000
  capture_run pf-collect-proc --replay "$FIXTURES/proc/connections" 80 300 804 3001
  gives 1 "" ""
}

@test "options may follow the ports" {
  capture_run pf-collect-proc 3000 --replay "$FIXTURES/proc/connections"
  equal "ports" "$(ports)" 3000
}

@test "if nothing is found, the exit status is 1, without a message" {
  capture_run pf-collect-proc --replay "$FIXTURES/proc/names" 9999
  gives 1 "" ""
}

@test "an invalid port is a usage error, and nothing is shown" {
  refuses_wrong_ports proc/names
}

@test "one invalid port among valid ones is a usage error" {
  capture_run pf-collect-proc --replay "$FIXTURES/proc/names" 7001 0 7002
  gives 2 "" "pf-collect-proc: 0: a port is from 1 to 65535 (see pf-collect-proc --help)"
}

@test "a message about an argument can't control the terminal" {
  refuses proc/names $'8\e[31m0\n' '8\x1b[31m0\x0a: not a port: give a number, or a range such as 3000-3100'
}

@test "an unknown option is a usage error" {
  refuses_wrong_options proc/names
}

@test "--probe reports by its exit status alone if there are tables to read" {
  capture_run pf-collect-proc --probe --replay "$FIXTURES/proc/names"
  gives 0 "" ""
  capture_run pf-collect-proc --probe --replay "$FIXTURES/proc/empty-table"
  gives 0 "" ""
  capture_run pf-collect-proc --probe --replay "$FIXTURES/streams"
  gives 1 "" ""
  capture_run pf-collect-proc --probe --replay "$BATS_TEST_TMPDIR/nowhere"
  gives 1 "" ""
  mkdir -p "$BATS_TEST_TMPDIR/capture/proc/net"
  capture_run pf-collect-proc --probe --replay "$BATS_TEST_TMPDIR/capture"
  gives 1 "" ""
}

@test "a missing capture is named" {
  cd "$BATS_TEST_TMPDIR"
  capture_run pf-collect-proc --replay nowhere
  gives 2 "" "pf-collect-proc: nowhere/proc: No such file or directory"
  touch file
  capture_run pf-collect-proc --replay file
  gives 2 "" "pf-collect-proc: file: no collector recognizes this text: see --replay in pf(1)"
}

@test "a directory that is not a capture is not mistaken for a machine without listeners" {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p empty/proc
  capture_run pf-collect-proc --replay empty
  gives 2 "" "pf-collect-proc: empty/proc/net: no TCP table: is it in this capture of a Linux machine?"
}

@test "an invalid byte order is refused: addresses would be read backwards" {
  own_capture
  cd "$BATS_TEST_TMPDIR"
  for order in middle Big 'big ' 'bigger' ''; do
    echo "$order" >capture/byte-order
    capture_run pf-collect-proc --replay capture
    gives 2 "" 'pf-collect-proc: capture/byte-order: must be "little" or "big"'
  done
}

@test "the byte order little is the default" {
  own_capture
  capture_run pf-collect-proc --replay "$capture"
  cp "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/without"
  printf little >"$capture/byte-order"
  capture_run pf-collect-proc --replay "$capture"
  same "stdout" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/without"
  echo big >"$capture/byte-order"
  capture_run pf-collect-proc --replay "$capture" 3000
  equal "exit status" "$status" 0
}

@test "a table without its heading is reported, and the other one is still listed" {
  own_capture
  cp "$FIXTURES/proc/both-families/proc/net/tcp6" "$capture/proc/net/tcp6"
  sed -i 1d "$capture/proc/net/tcp"
  capture_run pf-collect-proc --replay "$capture"
  gives 2 \
    '{"proto":"tcp","family":"ipv6","address":"::","port":3000,"pid":null,"uid":0,"command":null,"user":null,"inode":15507}' \
    "pf-collect-proc: $capture/proc/net/tcp: line 1: not the heading of a socket table"
}

@test "an unreadable table is reported, and the other one is still listed" {
  own_capture
  cp "$FIXTURES/proc/both-families/proc/net/tcp6" "$capture/proc/net/tcp6"
  rm "$capture/proc/net/tcp"
  mkdir "$capture/proc/net/tcp"
  capture_run pf-collect-proc --replay "$capture"
  gives 2 \
    '{"proto":"tcp","family":"ipv6","address":"::","port":3000,"pid":null,"uid":0,"command":null,"user":null,"inode":15507}' \
    "pf-collect-proc: $capture/proc/net/tcp: Is a directory"
}

@test "a table full of garbage doesn't flood the screen" {
  own_capture
  for _ in 1 2 3 4 5 6 7 8 9; do
    echo "garbage" >>"$capture/proc/net/tcp6"
  done
  capture_run pf-collect-proc --replay "$capture" 3000
  gives 2 \
    '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":3000,"pid":520,"uid":33,"command":null,"user":null,"fd":3,"inode":5201}' \
    "pf-collect-proc: $capture/proc/net/tcp6: line 2: st: not two hexadecimal digits
pf-collect-proc: $capture/proc/net/tcp6: line 3: st: not two hexadecimal digits
pf-collect-proc: $capture/proc/net/tcp6: line 4: st: not two hexadecimal digits
pf-collect-proc: $capture/proc/net/tcp6: line 5: st: not two hexadecimal digits
pf-collect-proc: $capture/proc/net/tcp6: line 6: st: not two hexadecimal digits
pf-collect-proc: $capture/proc/net/tcp6: more such lines follow"
}

@test "blank lines and an empty table are not errors" {
  own_capture
  printf '\n   \n' >>"$capture/proc/net/tcp"
  : >"$capture/proc/net/tcp6"
  capture_run pf-collect-proc --replay "$capture"
  equal "ports" "$(ports)" "3000 3001"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
}

@test "what only resembles a process or a socket is skipped" {
  own_capture
  cd "$capture/proc"
  mkdir -p self/fd 12x/fd 0/fd 0520/fd
  make_link 'socket:[5201]' self/fd/3
  make_link 'socket:[5201]' 12x/fd/3
  make_link 'socket:[5201]' 0/fd/3
  make_link 'socket:[5201]' 0520/fd/3
  touch 999
  make_link 'socket:[5202' 520/fd/4
  make_link 'socket:[]' 520/fd/5
  make_link 'socket:[-5202]' 520/fd/6
  make_link 'pipe:[5202]' 520/fd/7
  make_link '/tmp/socket:[5202]' 520/fd/8
  make_link 'socket:[5202]' 520/fd/x
  capture_run pf-collect-proc --replay "$capture"
  gives 0 '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":3000,"pid":520,"uid":33,"command":null,"user":null,"fd":3,"inode":5201}
{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":3001,"pid":521,"uid":33,"command":null,"user":null,"fd":5,"inode":5202}' ""
}

@test "a socket that only a thread's own descriptors hold is the process's" {
  own_capture
  mkdir -p "$capture/proc/520/task/524/fd"
  mv "$capture/proc/520/fd/3" "$capture/proc/520/task/524/fd/7"
  make_link /dev/null "$capture/proc/520/fd/0"
  capture_run pf-collect-proc --replay "$capture" 3000
  gives 0 '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":3000,"pid":520,"uid":33,"command":null,"user":null,"fd":7,"inode":5201}' ""
}

@test "two sockets with one inode number, which the kernel reuses after 32 bits, are both shown" {
  own_capture
  sed -n 's/:0BB8 \(.*\) 5201 /:0BBF \1 5201 /p' "$capture/proc/net/tcp" >"$capture/more"
  sed -i "1r $capture/more" "$capture/proc/net/tcp"
  capture_run pf-collect-proc --replay "$capture" 3000-3007
  gives 0 '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":3007,"pid":520,"uid":33,"command":null,"user":null,"fd":3,"inode":5201}
{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":3000,"pid":520,"uid":33,"command":null,"user":null,"fd":3,"inode":5201}
{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":3001,"pid":521,"uid":33,"command":null,"user":null,"fd":5,"inode":5202}' ""
}

# bats test_tags=unix
@test "a capture on a file system without symbolic links gives the same" {
  own_capture
  capture_run pf-collect-proc --replay "$capture"
  cp "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/linked"
  for link in "$capture"/proc/*/fd/*; do
    target=$(readlink "$link")
    rm "$link"
    printf %s "$target" >"$link"
  done
  capture_run pf-collect-proc --replay "$capture"
  same "stdout" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/linked"
}

@test "a replay doesn't use this machine: no pid_start, no live process" {
  # This process is alive, and pid 1 too; in the capture neither is.
  own_capture
  mv "$capture/proc/520" "$capture/proc/$$"
  rm "$capture/proc/$$/status"
  capture_run pf-collect-proc --replay "$capture" 3000
  gives 0 '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":3000,"pid":'$$',"uid":null,"command":null,"user":null,"fd":3,"inode":5201}' ""
}

@test "a full disk is an error" {
  full() { "$@" >/dev/full; }
  capture_run full pf-collect-proc --replay "$FIXTURES/proc/names"
  gives 2 "" "pf-collect-proc: standard output: No space left on device"
  capture_run full pf-collect-proc --help
  gives 2 "" "pf-collect-proc: standard output: No space left on device"
  capture_run full pf-collect-proc --version
  gives 2 "" "pf-collect-proc: standard output: No space left on device"
}

# bats test_tags=bare
@test "a closed stdout is an error" {
  closed() { "$@" >&-; }
  capture_run closed pf-collect-proc --replay "$FIXTURES/proc/names"
  gives 2 "" "pf-collect-proc: standard output: Bad file descriptor"
}

@test "with stderr closed, messages don't land in the stream" {
  closed() { "$@" 2>&-; }
  capture_run closed pf-collect-proc --replay "$FIXTURES/proc/last-line-cut"
  equal "ports" "$(ports)" "3000 3001"
  equal "exit status" "$status" 2
}

@test "a reader that stops early is not an error" {
  large_capture "$BATS_TEST_TMPDIR/capture" 5000 0
  first_line() (
    set -o pipefail
    pf-collect-proc --replay "$BATS_TEST_TMPDIR/capture" | head -n 1
  )
  capture_run first_line
  gives 0 '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":10001,"pid":4711,"uid":33,"command":null,"user":null,"fd":3,"inode":10001}' ""
}
