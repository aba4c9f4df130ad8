#!/usr/bin/env bats
# pf-collect-ss, over captures.

load ../helpers/common
load ../helpers/collector

export collector=pf-collect-ss

text='Netid State  Recv-Q Send-Q Local Address:Port Peer Address:Port Process
tcp   LISTEN 0      128        127.0.0.1:3000      0.0.0.0:*     users:(("node",pid=5000001,fd=18))'
line='{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":3000,"pid":5000001,"uid":null,"command":"node","user":null,"fd":18}'

@test "--help goes to stdout, and is no failure" {
  helps "Usage: pf-collect-ss [-tu] --replay PATH [--probe] [PORT | LOW-HIGH]...
Writes the listening sockets of a Linux machine, from what ss -ltnup or
netstat -ltnup printed there, as pf-listener(5) lines."
}

@test "--version is one line" {
  tells_version
}

@test "a port that is none is bad usage, and nothing is shown" {
  refuses_wrong_ports ss/both
}

@test "an option that is none is bad usage" {
  refuses_wrong_options ss/both
}

@test "TCP is the default, -u gives UDP alone, and -tu gives both" {
  gives_protocols ss/both
}

@test "a port, a range and a list pick those ports" {
  picks ss/both <<'LIST'
3000 3000
22,22 :22
22,22,53,80,80,80 1-1000
53,3000 53,3000
3000 -- 3000
LIST
}

@test "a live machine is not read: the message says what to use" {
  for arguments in '' 3000 -tu; do
    capture_run pf-collect-ss ${arguments:+"$arguments"}
    gives 2 "" "pf-collect-ss: reads captures only: use --replay PATH, or pf-collect-proc for this machine"
  done
  capture_run pf-collect-ss --probe
  gives 1 "" ""
}

@test "every capture is the same from a directory, a file and a pipe" {
  local count=0
  for capture in "$FIXTURES"/ss/*/; do
    count=$((count + 1))
    capture_run pf-collect-ss -tu --replay "$capture"
    for file in stdout stderr; do
      cp "$BATS_TEST_TMPDIR/$file" "$BATS_TEST_TMPDIR/$file.given"
    done
    given=$status
    for path in "$capture/ss.txt" -; do
      capture_run pf-collect-ss -tu --replay "$path" <"$capture/ss.txt"
      for file in stdout stderr; do
        same "$file of $path, $capture" "$BATS_TEST_TMPDIR/$file" "$BATS_TEST_TMPDIR/$file.given"
      done
      equal "exit status of $path, $capture" "$status" "$given"
    done
  done
  [ "$count" -gt 10 ]
}

@test "ss and netstat give the same sockets of one machine" {
  sockets() { "$@" | sed 's/"pid".*//; s/%lo//' | sort -u; }
  sockets pf-collect-ss -tu --replay "$FIXTURES/ss/both" >"$BATS_TEST_TMPDIR/ss"
  for other in connections netstat netstat-users busybox-netstat; do
    sockets pf-collect-ss -tu --replay "$FIXTURES/ss/$other" >"$BATS_TEST_TMPDIR/other"
    same "$other" "$BATS_TEST_TMPDIR/other" "$BATS_TEST_TMPDIR/ss"
  done
}

@test "text of PowerShell and of Windows' editors is the same" {
  for encoding in UTF-16LE UTF-8; do
    printf '\xef\xbb\xbf%s\r\n' "${text//$'\n'/$'\r\n'}" | iconv -f UTF-8 -t "$encoding" \
      >"$BATS_TEST_TMPDIR/encoded"
    capture_run pf-collect-ss --replay "$BATS_TEST_TMPDIR/encoded"
    gives 0 "$line" ""
  done
}

@test "a capture is never mixed with this machine: no pid_start" {
  capture_run pf-collect-ss --replay - <<<"${text//5000001/$$}"
  gives 0 "${line/5000001/$$}" ""
}

# bats test_tags=unix
@test "what is missing in a capture, or can't be read, is named" {
  names_missing ss.txt
}

@test "an empty capture is one in which nothing listens" {
  capture_run pf-collect-ss --replay - </dev/null
  gives 1 "" ""
  capture_run pf-collect-ss --replay - <<<$' \t\r\n'
  gives 1 "" ""
  capture_run pf-collect-ss --replay - <<<"${text%%$'\n'*}"
  gives 1 "" ""
  capture_run pf-collect-ss -u --replay - <<<"$text"
  gives 1 "" ""
}

@test "a wrong file is not taken for a machine on which nothing listens" {
  for file in proc/names/etc/passwd README.md; do
    capture_run pf-collect-ss --replay "$FIXTURES/$file"
    gives 2 "" "pf-collect-ss: $FIXTURES/$file: no row of ss -ltnup or netstat -ltnup in it"
  done
  capture_run pf-collect-ss --replay - <<<"Active Internet connections"
  gives 2 "" "pf-collect-ss: standard input: no row of ss -ltnup or netstat -ltnup in it"
}

@test "quoted text is read" {
  capture_run pf-collect-ss --replay - < <(printf '> %s\n' "$text")
  equal "ports" "$(ports)" 3000
  capture_run pf-collect-ss --replay - < <(grep -n LISTEN <<<"$text")
  gives 0 "$line" ""
}

@test "rows of another netstat are not skipped" {
  capture_run pf-collect-ss --replay - <<<"ffffff80 tcp4  0  0  *.8080  *.*  LISTEN"
  gives 2 "" "pf-collect-ss: ss: line 1: not a row of ss or of Linux's netstat"
}

@test "without pids the ports are listed, and how to get the holders is said once" {
  for capture in ss/hidden ss/busybox-netstat; do
    capture_run pf-collect-ss -tu --replay "$FIXTURES/$capture"
    gives 0 "$(<"$FIXTURES/$capture/expected.ndjson")" \
      "pf-collect-ss: ss: the text has no pids: sudo ss -ltnup shows them"
  done
}

@test "--probe says by its exit status alone whether it can read a capture" {
  cd "$BATS_TEST_TMPDIR"
  mkdir empty
  : >empty.txt
  echo 'LISTEN 0 1 *:1 *:*' >row.txt
  echo 'LISTEN to me' >words.txt
  echo 'Proto Recv-Q Send-Q Local Address Foreign Address State PID/Program name' >heading.txt
  probes <<LIST
0 $FIXTURES/ss/both
0 $FIXTURES/ss/both/ss.txt
0 $FIXTURES/ss/empty/ss.txt
0 $FIXTURES/ss/malformed/ss.txt
0 $FIXTURES/ss/netstat/ss.txt
0 row.txt
0 heading.txt
0 -
1 words.txt
1 $FIXTURES/proc/names
1 $FIXTURES/lsof/macos-hidden
1 $FIXTURES/lsof/macos-hidden/netstat-an.txt
1 $FIXTURES/netstat/english/netstat.txt
1 $FIXTURES/lsof/table-for-people/lsof.txt
1 $FIXTURES/ss/both/ss.txt/x
1 empty
1 empty.txt
1 nowhere
LIST
}

# bats test_tags=bare
@test "output that can't be written is an error" {
  needs_stdout ss/both
}

@test "a closed stderr doesn't let messages land in the stream" {
  spares_stream ss/malformed
}

@test "pf takes this collector for what ss and netstat have printed, by itself" {
  for capture in ss/both ss/netstat; do
    for path in "$FIXTURES/$capture" "$FIXTURES/$capture/ss.txt"; do
      capture_run pf -tu --replay "$path"
      gives 0 "$(<"$FIXTURES/$capture/expected.txt")" ""
    done
  done
}

@test "pf says what is wrong in what ss has printed, and shows the rest" {
  capture_run pf --replay "$FIXTURES/ss/malformed"
  gives 2 "$(<"$FIXTURES/ss/malformed/expected.txt")" \
    "$(<"$FIXTURES/ss/malformed/expected.stderr")
pf: pf-collect-ss: failed with exit status 2"
}
