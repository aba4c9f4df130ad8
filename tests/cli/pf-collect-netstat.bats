#!/usr/bin/env bats
# pf-collect-netstat, with captures, and with scripts instead of Windows' netstat.

load ../helpers/common
load ../helpers/collector

export collector=pf-collect-netstat

# No process here has this pid: Linux's pids end at 4194304.
PID=5000001

# A socket in the output of netstat, among other lines, and as it is listed.
text="
Active Connections

  Proto  Local Address          Foreign Address        State           PID
  TCP    127.0.0.1:3000         0.0.0.0:0              LISTENING       $PID
  TCP    127.0.0.1:3000         127.0.0.1:50506        ESTABLISHED     $PID"
line='{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":3000,"pid":'$PID',"uid":null,"command":null,"user":null}'
no_row="pf-collect-netstat: netstat: no row of netstat -ano in its text"

# netstat_is: makes the script on stdin the netstat to run. It may print $text, and use
# $BATS_TEST_TMPDIR.
netstat_is() {
  tool_is netstat.exe
  PF_NETSTAT=$tools/netstat.exe
  export text PF_NETSTAT
}

@test "--help goes to stdout and succeeds" {
  helps "Usage: pf-collect-netstat [-tu] [--replay PATH] [--probe] [PORT | LOW-HIGH]...
Writes the listening sockets of Windows, from netstat -ano, as pf-listener(5)
lines."
}

@test "--version is one line" {
  tells_version
}

@test "an invalid port is a usage error, and nothing is shown" {
  refuses_wrong_ports netstat/english
}

@test "an unknown option is a usage error" {
  refuses_wrong_options netstat/english
}

@test "TCP is the default, -u lists UDP alone, and -tu lists both" {
  gives_protocols netstat/english
}

@test "a port, a range and a list select those ports" {
  picks netstat/english <<'LIST'
3000,3000 3000
5432 :5432
135,135,139,445,445 1-1000
135,135,5432,49669 135,49669 5432
3000,3000 -- 3000
LIST
}

@test "a client doesn't hold the port it is connected from or to" {
  capture_run pf-collect-netstat -tu --replay "$FIXTURES/netstat/english" 50506 50512-50520 443 300 30
  gives 1 "" ""
}

@test "every capture from Windows gives the same from a directory, a file and a pipe" {
  local count=0
  for capture in "$FIXTURES"/netstat/*/; do
    capture=${capture%/}
    count=$((count + 1))
    capture_run pf-collect-netstat -tu --replay "$capture"
    for file in stdout stderr; do
      cp "$BATS_TEST_TMPDIR/$file" "$BATS_TEST_TMPDIR/$file.given"
    done
    given=$status
    for path in "$capture/netstat.txt" -; do
      capture_run pf-collect-netstat -tu --replay "$path" <"$capture/netstat.txt"
      for file in stdout stderr; do
        # Of a wrong text, the message names the file.
        sed -i "s|$capture/netstat.txt: this|${path/#-/standard input}: this|" \
          "$BATS_TEST_TMPDIR/$file.given"
        same "$file of $path, $capture" "$BATS_TEST_TMPDIR/$file" "$BATS_TEST_TMPDIR/$file.given"
      done
      equal "exit status of $path, $capture" "$status" "$given"
    done
  done
  [ "$count" -gt 10 ]
}

@test "UTF-16 in either byte order, UTF-8 and a code page give the same" {
  {
    echo "$text"
    echo "  UDP    0.0.0.0:53             *:*                                    7"
  } >"$BATS_TEST_TMPDIR/text"
  local udp='{"proto":"udp","family":"ipv4","address":"0.0.0.0","port":53,"pid":7,"uid":null,"command":null,"user":null}'
  for encoding in UTF-16LE UTF-16BE UTF-8; do
    # The byte-order mark is converted with the text.
    { printf '\xef\xbb\xbf' && sed 's/$/\r/; s/LISTENING/ABH\xc3\x96REN/' "$BATS_TEST_TMPDIR/text"; } |
      iconv -f UTF-8 -t "$encoding" >"$BATS_TEST_TMPDIR/encoded"
    capture_run pf-collect-netstat -tu --replay "$BATS_TEST_TMPDIR/encoded"
    gives 0 "$line
$udp" ""
  done
  sed 's/$/\r/; s/LISTENING/ABH\x99REN/' "$BATS_TEST_TMPDIR/text" >"$BATS_TEST_TMPDIR/encoded"
  capture_run pf-collect-netstat -tu --replay "$BATS_TEST_TMPDIR/encoded"
  gives 0 "$line
$udp" ""
}

@test "a replay doesn't use this machine: no pid_start, and netstat is not run" {
  netstat_is <<'SCRIPT'
: >"$BATS_TEST_TMPDIR/was-run"
SCRIPT
  capture_run pf-collect-netstat --replay - <<<"${text//$PID/$$}"
  gives 0 "${line/$PID/$$}" ""
  [ ! -e "$BATS_TEST_TMPDIR/was-run" ]
}

@test "a capture without a final newline is complete" {
  printf '%s\n  TCP    [::1]:3000             [::]:0                 LISTENING       4' "$text" \
    >"$BATS_TEST_TMPDIR/netstat.txt"
  capture_run pf-collect-netstat --replay "$BATS_TEST_TMPDIR"
  gives 0 "$line
"'{"proto":"tcp","family":"ipv6","address":"::1","port":3000,"pid":4,"uid":null,"command":"System","user":null}' ""
}

# bats test_tags=unix
@test "a missing or unreadable file of a capture is named" {
  names_missing netstat.txt
}

@test "an empty capture is a machine on which nothing listens, from a directory, a file and a pipe" {
  : >"$BATS_TEST_TMPDIR/netstat.txt"
  capture_run pf-collect-netstat --replay "$BATS_TEST_TMPDIR"
  gives 1 "" ""
  capture_run pf-collect-netstat --replay - </dev/null
  gives 1 "" ""
  capture_run pf-collect-netstat --replay - <<<$'\r\n \t\r\n'
  gives 1 "" ""
  printf '\xff\xfe' >"$BATS_TEST_TMPDIR/netstat.txt"
  capture_run pf-collect-netstat --replay "$BATS_TEST_TMPDIR"
  gives 1 "" ""
}

@test "a wrong file is not mistaken for a machine on which nothing listens" {
  for file in lsof/linux/lsof.txt README.md; do
    capture_run pf-collect-netstat --replay "$FIXTURES/$file"
    gives 2 "" "$no_row"
  done
  for file in lsof/macos-hidden/netstat-an.txt proc/names/proc/net/tcp netstat/tasklist-by-mistake/netstat.txt; do
    capture_run pf-collect-netstat --replay "$FIXTURES/$file"
    equal "exit status and output" "$status $stdout" "2 "
    [[ $stderr == "pf-collect-netstat: $FIXTURES/$file: this is "*"; pf needs "* ]]
  done
  capture_run pf-collect-netstat --replay - <<<"Active Connections"
  gives 2 "" "$no_row"
  # The right file stays right if it has no row of the requested port or protocol.
  capture_run pf-collect-netstat -u --replay - 53 <<<"$text"
  gives 1 "" ""
}

@test "UTF-16 without a byte-order mark is distinguished from a wrong file" {
  iconv -f UTF-8 -t UTF-16LE <<<"$text" >"$BATS_TEST_TMPDIR/netstat.txt"
  capture_run pf-collect-netstat --replay "$BATS_TEST_TMPDIR"
  gives 2 "" "$no_row, which has NUL bytes: if it is UTF-16, add a byte-order mark"
}

@test "without pids the ports are listed, with one hint how to get the holders" {
  hint="pf-collect-netstat: netstat: the text has no pids: netstat -ano shows them"
  capture_run pf-collect-netstat -tu --replay "$FIXTURES/netstat/no-pids"
  gives 0 "$(<"$FIXTURES/netstat/no-pids/expected.ndjson")" "$hint"
  capture_run pf-collect-netstat --replay "$FIXTURES/netstat/no-pids" 135
  gives 0 "$(grep '"port":135,' "$FIXTURES/netstat/no-pids/expected.ndjson")" "$hint"
  capture_run pf-collect-netstat --replay "$FIXTURES/netstat/no-pids" 136
  gives 1 "" ""
}

@test "-b names the programs, each with its own row" {
  capture_run pf --no-header --replay - --collector netstat <<'TEXT'

  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1044
  RpcSs
 [svchost.exe]
  TCP    0.0.0.0:445            0.0.0.0:0              LISTENING       4
 Can not obtain ownership information
  TCP    [::1]:3000             [::]:0                 LISTENING       17584
  TCP    127.0.0.1:50506        127.0.0.1:3000         ESTABLISHED     11240
 [firefox.exe]
  TCP    [::1]:6379             [::]:0                 LISTENING       17584
 [wslrelay.exe]
TEXT
  gives 0 "135   1044   svchost.exe   0.0.0.0
445   4      System        0.0.0.0
3000  17584  -             [::1]
6379  17584  wslrelay.exe  [::1]" ""
}

@test "what Select-String and findstr put before the rows is no part of them" {
  for prefix in '> ' ':' '12:' 'netstat.txt:12:'; do
    { echo Heading && tail -n 2 <<<"$text"; } | sed "s/^/$prefix/" >"$BATS_TEST_TMPDIR/filtered"
    capture_run pf --no-header --replay "$BATS_TEST_TMPDIR/filtered"
    gives 0 "3000  $PID  -  127.0.0.1" ""
  done
}

@test "a capture full of garbage doesn't flood the screen" {
  {
    echo "$text"
    for port in a b c d e f g h i; do
      echo "  TCP    0.0.0.0:$port  0.0.0.0:0  LISTENING  7"
    done
  } >"$BATS_TEST_TMPDIR/netstat.txt"
  capture_run pf-collect-netstat --replay "$BATS_TEST_TMPDIR"
  gives 2 "$line" \
    "pf-collect-netstat: netstat: line 7: not a port from 1 to 65535: run the tool with numeric ports
pf-collect-netstat: netstat: line 8: not a port from 1 to 65535: run the tool with numeric ports
pf-collect-netstat: netstat: line 9: not a port from 1 to 65535: run the tool with numeric ports
pf-collect-netstat: netstat: line 10: not a port from 1 to 65535: run the tool with numeric ports
pf-collect-netstat: netstat: line 11: not a port from 1 to 65535: run the tool with numeric ports
pf-collect-netstat: netstat: more such lines follow"
}

@test "--probe reports by its exit status alone if it can read a capture" {
  cd "$BATS_TEST_TMPDIR"
  mkdir empty
  : >empty.txt
  echo '  UDP  0.0.0.0:53  *:*  7' >row.txt
  echo '  UDP  are the last sockets here' >words.txt
  probes <<LIST
0 $FIXTURES/netstat/english
0 $FIXTURES/netstat/empty
0 $FIXTURES/netstat/malformed-rows
0 $FIXTURES/netstat/english/netstat.txt
0 $FIXTURES/netstat/german/netstat.txt
0 $FIXTURES/netstat/spanish/netstat.txt
0 $FIXTURES/netstat/malformed-rows/netstat.txt
0 row.txt
0 -
1 words.txt
0 $FIXTURES/netstat/powershell/netstat.txt
1 $FIXTURES/netstat/utf16-without-mark/netstat.txt
1 $FIXTURES/netstat/tasklist-by-mistake/netstat.txt
1 $FIXTURES/proc/names
1 $FIXTURES/lsof/macos-hidden
1 $FIXTURES/lsof/macos-hidden/netstat-an.txt
1 $FIXTURES/netstat/english/netstat.txt/x
1 empty
1 empty.txt
1 nowhere
LIST
}

# bats test_tags=unix
@test "--probe on a live machine reports if netstat is there, without running it" {
  netstat_is <<'SCRIPT'
: >"$BATS_TEST_TMPDIR/was-run"
SCRIPT
  capture_run pf-collect-netstat --probe
  gives 0 "" ""
  [ ! -e "$BATS_TEST_TMPDIR/was-run" ]
  for path in "$tools/nowhere" "$tools" netstat.exe ""; do
    PF_NETSTAT=$path capture_run pf-collect-netstat --probe
    gives 1 "" ""
  done
}

# bats test_tags=unix
@test "on a system with another netstat, a message says what to use instead" {
  [ -z "${WINDIR:-}" ] || skip "this is Windows"
  unset PF_NETSTAT
  capture_run pf-collect-netstat --probe
  gives 1 "" ""
  capture_run pf-collect-netstat
  gives 2 "" "pf-collect-netstat: netstat: this system's is not Windows': use pf-collect-proc or pf-collect-lsof, or --replay"
}

@test "a netstat on PATH or in the current directory is not run" {
  netstat_is <<'SCRIPT'
: >"$BATS_TEST_TMPDIR/was-run"
SCRIPT
  cd "$tools"
  PATH=$tools:$PATH
  for path in netstat.exe ./netstat.exe ../tools/netstat.exe ""; do
    PF_NETSTAT=$path capture_run pf-collect-netstat
    gives 2 "" "pf-collect-netstat: PF_NETSTAT: must be the absolute path of a program"
  done
  [ ! -e "$BATS_TEST_TMPDIR/was-run" ]
}

# bats test_tags=unix
@test "netstat's sockets are listed" {
  netstat_is <<'SCRIPT'
echo "$text"
SCRIPT
  for arguments in '' 3000 -tu; do
    capture_run pf-collect-netstat ${arguments:+"$arguments"}
    gives 0 "$line" ""
  done
  for arguments in 3001 50506 -u; do
    capture_run pf-collect-netstat "$arguments"
    gives 1 "" ""
  done
}

# bats test_tags=unix
@test "netstat is run once for both protocols, with numeric output and pids" {
  netstat_is <<'SCRIPT'
echo "$*" >>"$BATS_TEST_TMPDIR/arguments"
echo "$text"
SCRIPT
  capture_run pf-collect-netstat -tu 3000
  gives 0 "$line" ""
  equal "arguments" "$(<"$BATS_TEST_TMPDIR/arguments")" -ano
}

# bats test_tags=unix
@test "netstat doesn't consume stdin" {
  netstat_is <<'SCRIPT'
cat >"$BATS_TEST_TMPDIR/eaten"
echo "$text"
SCRIPT
  both() { pf-collect-netstat && cat; }
  capture_run both <<<"mine"
  gives 0 "$line
mine" ""
  equal "eaten" "$(<"$BATS_TEST_TMPDIR/eaten")" ""
}

# bats test_tags=unix
@test "a netstat that prints no sockets has failed, since every Windows has some" {
  netstat_is <<<'exit 0'
  capture_run pf-collect-netstat
  gives 2 "" "$no_row"
  netstat_is <<<'echo "Active Connections"'
  capture_run pf-collect-netstat
  gives 2 "" "$no_row"
}

# bats test_tags=unix
@test "a netstat that fails is named with its exit status and error, and its sockets are listed" {
  netstat_is <<'SCRIPT'
echo "$text"
exit 3
SCRIPT
  capture_run pf-collect-netstat
  gives 2 "$line" "pf-collect-netstat: netstat: failed with exit status 3"
  netstat_is <<'SCRIPT'
printf 'The requested operation requires elevation.\r\nand more\r\n' >&2
exit 1
SCRIPT
  capture_run pf-collect-netstat
  gives 2 "" "pf-collect-netstat: netstat: failed with exit status 1: The requested operation requires elevation."
}

# Otherwise 127.0.0.1:3000, cut short, would show as 127.0.0.1:30.
# bats test_tags=unix
@test "a netstat that dies is named with its signal, and a partial row is not listed" {
  netstat_is <<'SCRIPT'
echo "$text"
printf '  TCP    127.0.0.1:4000         0.0.0.0:0              LISTENING       47'
kill -s SEGV $$
SCRIPT
  capture_run pf-collect-netstat
  gives 2 "$line" "pf-collect-netstat: netstat: died of SIGSEGV"
}

# bats test_tags=unix,bare
@test "a netstat that can't be started is reported" {
  netstat_is <<<""
  echo "#!/nonexistent/interpreter" >"$tools/netstat.exe"
  capture_run pf-collect-netstat
  gives 2 "" "pf-collect-netstat: $tools/netstat.exe: No such file or directory"
}

# netstat_hangs: a netstat that prints one socket and then hangs.
netstat_hangs() {
  export told=$text PF_NETSTAT_TIMEOUT=0.2
  netstat_is <<<"$(hangs)"
  killed="$tools/netstat.exe: timed out after 0.2 s and was killed: PF_NETSTAT_TIMEOUT extends the limit"
}

# bats test_tags=unix
@test "a netstat that hangs is killed and named, and its sockets are listed" {
  netstat_hangs
  capture_run pf-collect-netstat
  gives 2 "$line" "pf-collect-netstat: $killed"
}

# bats test_tags=unix
@test "pf doesn't hang with netstat" {
  netstat_hangs
  capture_run pf --collector netstat --no-header
  gives 2 "3000  $PID  -  127.0.0.1" "pf-collect-netstat: $killed
pf: pf-collect-netstat: failed with exit status 2"
}

# bats test_tags=unix
@test "an invalid timeout for netstat is an error" {
  netstat_is <<'SCRIPT'
: >"$BATS_TEST_TMPDIR/was-run"
SCRIPT
  refuses_times PF_NETSTAT_TIMEOUT
}

@test "a replay needs no timeout or netstat" {
  capture_run env PATH=/nonexistent PF_NETSTAT=x PF_NETSTAT_TIMEOUT=x \
    "$PF_BIN/pf-collect-netstat" --replay - <<<"$text"
  gives 0 "$line" ""
}

# bats test_tags=unix
@test "a live process has a pid_start" {
  text=${text//$PID/$$}
  netstat_is <<'SCRIPT'
echo "$text"
SCRIPT
  capture_run pf-collect-netstat
  equal "stderr" "$stderr" ""
  equal "line" "$(jq -c 'del(.pid_start)' <<<"$stdout")" "${line/$PID/$$}"
  equal "kind of identity" "$(jq -r '.pid_start | type' <<<"$stdout")" number
}

# It may have reused the pid that netstat saw: its line must not get it killed.
# bats test_tags=unix
@test "a process that started after netstat has no pid_start" {
  export PID
  netstat_is <<SCRIPT
$(later_script)
echo "\$text" | sed "s/\$PID/\$later/"
SCRIPT
  with_later pf-collect-netstat
  gives 0 "${line/$PID/$later}" ""
}

# bats test_tags=bare
@test "a failed write to stdout is an error" {
  needs_stdout netstat/english
}

@test "with stderr closed, messages don't land in the stream" {
  spares_stream netstat/malformed-rows
}

@test "a reader that stops early is not an error" {
  for port in {1..5000}; do
    echo "TCP 0.0.0.0:$port 0.0.0.0:0 LISTENING $port"
  done >"$BATS_TEST_TMPDIR/netstat.txt"
  first_line() (
    set -o pipefail
    pf-collect-netstat --replay "$BATS_TEST_TMPDIR" | head -n 1
  )
  capture_run first_line
  gives 0 '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":1,"pid":1,"uid":null,"command":null,"user":null}' ""
}

@test "pf --replay chooses this collector for a capture from netstat" {
  for path in "$FIXTURES/netstat/english" "$FIXTURES/netstat/english/netstat.txt"; do
    capture_run pf -tu --replay "$path"
    gives 0 "$(<"$FIXTURES/netstat/english/expected.txt")" ""
  done
  capture_run pf --replay "$FIXTURES/netstat/spanish/netstat.txt" --no-header 3000
  gives 0 "3000  9396  -  0.0.0.0
3000  9396  -  [::1]" ""
}

@test "pf reads netstat's output from a pipe" {
  capture_run pf --collector netstat --replay - -tu <"$FIXTURES/netstat/english/netstat.txt"
  gives 0 "$(<"$FIXTURES/netstat/english/expected.txt")" ""
}

@test "pf reports what is malformed in netstat's output, and shows the rest" {
  capture_run pf --replay "$FIXTURES/netstat/malformed-rows"
  gives 2 "$(<"$FIXTURES/netstat/malformed-rows/expected.txt")" \
    "$(<"$FIXTURES/netstat/malformed-rows/expected.stderr")
pf: pf-collect-netstat: failed with exit status 2"
}
