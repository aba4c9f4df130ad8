#!/usr/bin/env bats
# Nothing in a malicious capture makes a program wait, fills the memory, or shows what is outside
# of it.
# bats file_tags=unix

load ../helpers/common

why="a link or a special file, which is not followed in a capture"
table='  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1'
line='{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":3000,"pid":123,"uid":0,"command":null,"user":null}'

# A capture in ./capture: process 123 holds port 3000.
setup() {
  cd "$BATS_TEST_TMPDIR" || return
  mkdir -p capture/proc/net capture/proc/123/fd capture/proc/100 capture/etc outside
  echo "$table" >capture/proc/net/tcp
  ln -s 'socket:[111]' capture/proc/123/fd/3
  echo node >capture/proc/123/comm
  echo 'Uid:	0	0	0	0' >capture/proc/123/status
  echo '123 (node) S 100 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 500 0 0' >capture/proc/123/stat
  echo '100 (sh) S 1 1 1 0 0 0 0 0 0 0 0 0 0 0 0 0 1 0 400 0 0' >capture/proc/100/stat
  echo 'root:x:0:0:::' >capture/etc/passwd
  echo secret >outside/file
}

# fifo NAME, link TARGET NAME: replace what is at NAME.
fifo() {
  rm -rf "capture/$1"
  mkfifo "capture/$1"
}

link() {
  rm -rf "capture/$2"
  ln -s "$1" "capture/$2"
}

# A run that hangs exits with 124, by timeout(1).
collects() {
  capture_run timeout 20 pf-collect-proc --replay capture
}

resolves() {
  resolve() {
    timeout 20 pf-resolve "$@" --replay capture <<<"$line"
  }
  capture_run resolve "$@"
}

@test "the unmodified capture shows its listener" {
  capture_run pf --replay capture --no-header
  gives 0 "3000  123  node  root  127.0.0.1" ""
}

@test "a socket table that is a pipe or a link is reported, and not read" {
  fifo proc/net/tcp
  collects
  gives 2 "" "pf-collect-proc: capture/proc/net/tcp: $why"
  link "$PWD/outside/file" proc/net/tcp
  collects
  gives 2 "" "pf-collect-proc: capture/proc/net/tcp: $why"
  link /dev/zero proc/net/tcp
  collects
  gives 2 "" "pf-collect-proc: capture/proc/net/tcp: $why"
}

@test "a byte order that is a pipe is reported, and not read" {
  fifo byte-order
  collects
  gives 2 "" "pf-collect-proc: capture/byte-order: $why"
}

@test "a link instead of a directory is not followed" {
  link /proc/net proc/net
  collects
  gives 2 "" "pf-collect-proc: capture/proc/net/tcp: $why
pf-collect-proc: capture/proc/net/tcp6: $why"
  link /proc proc
  collects
  gives 2 "" "pf-collect-proc: capture/proc: $why"
  resolves
  gives 2 "${line/\"user\":null/\"user\":\"root\"}" \
    "pf-resolve: process 123 can't be examined: $why"
}

@test "a process or a descriptor of the wrong file type is reported, and the socket is shown" {
  local unheld='{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":3000,"pid":null,"uid":0,"command":null,"user":null,"inode":111}'
  fifo proc/123/fd/3
  collects
  gives 2 "$unheld" "pf-collect-proc: process 123 can't be examined: $why"
  rm -r capture/proc/123
  link "/proc/$$" proc/123
  collects
  gives 2 "$unheld" "pf-collect-proc: process 123 can't be examined: $why"
}

@test "a name that is a pipe or a link is reported, and stays unknown" {
  local without=${line/\"user\":null/\"user\":\"root\"}
  fifo proc/123/comm
  resolves
  gives 2 "$without" "pf-resolve: process 123 can't be examined: $why"
  link "$PWD/outside/file" proc/123/comm
  resolves
  gives 2 "$without" "pf-resolve: process 123 can't be examined: $why"
  rm capture/proc/123/comm
  fifo etc/passwd
  fifo tasklist.csv
  resolves
  gives 2 "$line" "pf-resolve: capture/etc/passwd: $why
pf-resolve: capture/tasklist.csv: $why"
}

@test "an unreadable process and unreadable users are both reported" {
  fifo etc/passwd
  fifo proc/123/comm
  resolves
  gives 2 "$line" "pf-resolve: capture/etc/passwd: $why
pf-resolve: process 123 can't be examined: $why"
}

@test "details that are pipes or links are reported, and stay unknown" {
  local name
  for name in cmdline cgroup exe cwd stat; do
    fifo "proc/123/$name"
    resolves --details
    equal "messages" "$stderr" "pf-resolve: process 123 can't be examined: $why"
    equal "exit status" "$status" 2
    rm "capture/proc/123/$name"
  done
}

@test "a capture's lsof.txt and netstat.txt that are pipes are reported, and not read" {
  fifo lsof.txt
  fifo netstat-an.txt
  fifo netstat.txt
  capture_run timeout 20 pf-collect-lsof --replay capture
  gives 2 "" "pf-collect-lsof: capture/lsof.txt: $why
pf-collect-lsof: capture/netstat-an.txt: $why"
  capture_run timeout 20 pf-collect-netstat --replay capture
  gives 2 "" "pf-collect-netstat: capture/netstat.txt: $why"
}

@test "pf doesn't wait for a pipe in a capture" {
  fifo proc/net/tcp
  capture_run timeout 20 pf --replay capture
  equal "exit status" "$status" 2
}

@test "the path of a capture may contain links, and be a pipe itself" {
  ln -s capture linked
  capture_run pf --replay linked --no-header
  gives 0 "3000  123  node  root  127.0.0.1" ""
  capture_run pf-collect-lsof --replay <(printf 'p123\ncnode\nu0\nLroot\nf3\ntIPv4\nPTCP\nn127.0.0.1:3000\nTST=LISTEN\n')
  gives 0 '{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":3000,"pid":123,"uid":0,"command":"node","user":"root","fd":3}' ""
}

@test "an endless table is reported as too large" {
  truncate -s 1T capture/proc/net/tcp || skip "no file can be that large"
  collects
  gives 2 "" "pf-collect-proc: capture/proc/net/tcp: File too large"
}

@test "an endless pipe is reported as too large" {
  capture_run timeout 20 pf-collect-lsof --replay - </dev/zero
  gives 2 "" "pf-collect-lsof: standard input: File too large"
  capture_run timeout 20 pf-collect-netstat --replay /dev/zero
  gives 2 "" "pf-collect-netstat: /dev/zero: File too large"
}
