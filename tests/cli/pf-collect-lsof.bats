#!/usr/bin/env bats
# pf-collect-lsof, with captures, and with scripts instead of lsof.

load ../helpers/common
load ../helpers/collector

export collector=pf-collect-lsof

# No process here has this pid: Linux's pids end at 4194304.
PID=5000001

# A socket in the output of lsof, and as it is listed.
fields="p$PID
cnode
u501
Lalice
f23
tIPv4
PTCP
n127.0.0.1:3000
TST=LISTEN
TQR=0
TQS=0"
line='{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":3000,"pid":'$PID',"uid":501,"command":"node","user":"alice","fd":23}'

# lsof_is: puts the script on stdin ahead of the system's lsof in PATH. It may print $fields, and
# use $BATS_TEST_TMPDIR.
lsof_is() {
  export fields
  tool_is lsof
  PATH=$tools:$PATH
}

# The hint for an ordinary user on a system whose netstat can't complete the list, as on Linux.
hint() {
  [ "$(id -u)" = 0 ] ||
    echo "pf-collect-lsof: lsof shows only your own processes; use sudo to see all"
}

@test "--help goes to stdout and succeeds" {
  helps "Usage: pf-collect-lsof [-tu] [--replay PATH] [--probe] [PORT | LOW-HIGH]...
Writes the listening sockets of macOS, a BSD or another Unix, from lsof, as
pf-listener(5) lines."
}

@test "--version is one line" {
  tells_version
}

@test "an invalid port is a usage error, and nothing is shown" {
  refuses_wrong_ports lsof/macos-hidden
}

@test "an unknown option is a usage error" {
  refuses_wrong_options lsof/macos-hidden
}

@test "TCP is the default, -u lists UDP alone, and -tu lists both" {
  gives_protocols lsof/macos-hidden
}

@test "a port, a range and a list select those ports, from lsof and from netstat" {
  picks lsof/macos-hidden <<'LIST'
3000,3000,3000,3000 3000
8080 :8080
22,22,631 1-1000
22,22,3001,8080 22,3001 8080
57768,57768 -- 57768
LIST
}

@test "80 doesn't match 8080, and 3000 doesn't match 30001" {
  capture_run pf-collect-lsof --replay "$FIXTURES/lsof/macos-processes" 3000
  gives 0 "$(grep '"port":3000,' "$FIXTURES/lsof/macos-processes/expected.ndjson")" ""
  capture_run pf-collect-lsof --replay "$FIXTURES/lsof/macos-hidden" 80 300 30001 5776
  gives 1 "" ""
}

@test "a client doesn't hold the port it is connected from or to" {
  capture_run pf-collect-lsof --replay "$FIXTURES/lsof/macos-processes" 50506 50512 50513
  gives 1 "" ""
}

@test "a socket with a hidden holder is listed, and a replay gives no hint" {
  capture_run pf-collect-lsof --replay "$FIXTURES/lsof/macos-hidden" 22
  gives 0 '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":22,"pid":null,"uid":null,"command":null,"user":null}
{"proto":"tcp","family":"ipv6","address":"::","port":22,"pid":null,"uid":null,"command":null,"user":null}' ""
}

@test "a replay doesn't use this machine: no pid_start, and lsof is not run" {
  lsof_is <<'SCRIPT'
: >"$BATS_TEST_TMPDIR/was-run"
SCRIPT
  fields=${fields/$PID/$$}
  capture_run pf-collect-lsof --replay - <<<"$fields"
  gives 0 "${line/$PID/$$}" ""
  [ ! -e "$BATS_TEST_TMPDIR/was-run" ]
}

@test "a capture without a final newline is complete" {
  printf '%s\nf24\ntIPv6\nPTCP\nn[::1]:3000' "$fields" >"$BATS_TEST_TMPDIR/lsof.txt"
  capture_run pf-collect-lsof --replay "$BATS_TEST_TMPDIR/lsof.txt"
  gives 0 "$line
"'{"proto":"tcp","family":"ipv6","address":"::1","port":3000,"pid":'$PID',"uid":501,"command":"node","user":"alice","fd":24}' ""
}

# A socket ends where the next one begins: that line is named, also at the end of the input.
@test "a message names the same line with and without a final newline" {
  for newline in '' $'\n'; do
    printf 'p1\nf3\ntIPv4\nPTCP\nnlocalhost:80%s' "$newline" >"$BATS_TEST_TMPDIR/lsof.txt"
    capture_run pf-collect-lsof --replay "$BATS_TEST_TMPDIR"
    gives 2 "" "pf-collect-lsof: lsof: line 6: not a numeric address: run the tool with -n"
  done
}

@test "blank lines in a capture are not errors" {
  capture_run pf-collect-lsof --replay - <<<"
${fields//$'\n'/$'\n\n'}

"
  gives 0 "$line" ""
}

# bats test_tags=unix
@test "a missing or unreadable file of a capture is named" {
  names_missing lsof.txt
}

@test "an unreadable netstat-an.txt is reported, and lsof's sockets are still listed" {
  cd "$BATS_TEST_TMPDIR"
  mkdir -p capture/netstat-an.txt
  echo "$fields" >capture/lsof.txt
  capture_run pf-collect-lsof --replay capture
  gives 2 "$line" "pf-collect-lsof: capture/netstat-an.txt: Is a directory"
}

@test "an empty capture is a machine on which nothing listens, from a directory, a file and a pipe" {
  : >"$BATS_TEST_TMPDIR/lsof.txt"
  capture_run pf-collect-lsof --replay "$BATS_TEST_TMPDIR"
  gives 1 "" ""
  capture_run pf-collect-lsof --replay "$BATS_TEST_TMPDIR/lsof.txt"
  gives 1 "" ""
  capture_run pf-collect-lsof --replay - </dev/null
  gives 1 "" ""
}

@test "a capture full of garbage doesn't flood the screen" {
  {
    echo "$fields"
    for port in a b c d e f g h i; do
      printf 'f\ntIPv4\nPTCP\nn*:%s\n' "$port"
    done
  } >"$BATS_TEST_TMPDIR/lsof.txt"
  capture_run pf-collect-lsof --replay "$BATS_TEST_TMPDIR"
  gives 2 "$line" \
    "pf-collect-lsof: lsof: line 16: not a port from 1 to 65535: run the tool with numeric ports
pf-collect-lsof: lsof: line 20: not a port from 1 to 65535: run the tool with numeric ports
pf-collect-lsof: lsof: line 24: not a port from 1 to 65535: run the tool with numeric ports
pf-collect-lsof: lsof: line 28: not a port from 1 to 65535: run the tool with numeric ports
pf-collect-lsof: lsof: line 32: not a port from 1 to 65535: run the tool with numeric ports
pf-collect-lsof: lsof: more such lines follow"
}

@test "warnings of lsof before the fields are passed over" {
  cat >"$BATS_TEST_TMPDIR/lsof" <<'TEXT'
lsof: WARNING: can't stat() fuse.gvfsd-fuse file system /run/user/1000/gvfs
      Output information may be incomplete.
p1070
cssh
u1000
Lalice
f3
tIPv6
PTCP
n[::1]:6010
TST=LISTEN
TEXT
  capture_run pf --no-header --replay "$BATS_TEST_TMPDIR/lsof"
  gives 0 "6010  1070  ssh  alice  [::1]" ""
}

@test "--probe reports by its exit status alone if it can read a capture" {
  cd "$BATS_TEST_TMPDIR"
  mkdir empty
  : >empty.txt
  probes <<LIST
0 $FIXTURES/lsof/macos-hidden
0 $FIXTURES/lsof/empty
0 $FIXTURES/lsof/macos-hidden/lsof.txt
0 -
1 $FIXTURES/proc/names
1 $FIXTURES/lsof/macos-hidden/netstat-an.txt
1 $FIXTURES/lsof/table-for-people/lsof.txt
1 $FIXTURES/lsof/macos-hidden/lsof.txt/x
1 empty
0 empty.txt
1 nowhere
LIST
}

# bats test_tags=unix
@test "--probe on a live machine reports if lsof is installed, without running it" {
  lsof_is <<'SCRIPT'
: >"$BATS_TEST_TMPDIR/was-run"
SCRIPT
  capture_run pf-collect-lsof --probe
  gives 0 "" ""
  [ ! -e "$BATS_TEST_TMPDIR/was-run" ]
}

# without_lsof COMMAND...: runs it with no lsof in any of the system's directories.
without_lsof() (
  shift_away=:
  for directory in /usr/sbin /usr/bin /sbin /usr/local/sbin /usr/local/bin /bin; do
    if [ -e "$directory/lsof" ]; then
      # In a mount namespace, since that hides lsof from the command alone; a device can't be run.
      shift_away="$shift_away; mount --bind /dev/null $directory/lsof"
    fi
  done
  [ "$shift_away" != : ] || exec "$@"
  exec unshare --mount sh -c "$shift_away"'; exec "$@"' sh "$@"
)

# bats test_tags=unix
@test "without lsof, a message says to install it" {
  without_lsof true 2>/dev/null || skip "lsof is installed, and can't be put out of sight"
  capture_run without_lsof pf-collect-lsof --probe
  gives 1 "" ""
  capture_run without_lsof pf-collect-lsof
  gives 2 "" "pf-collect-lsof: lsof: not found: install it with the system's package manager"
}

# bats test_tags=unix
@test "lsof is found in a directory that is not on an ordinary user's PATH" {
  [ -x /usr/bin/lsof ] || [ -x /usr/sbin/lsof ] || skip "lsof is not installed"
  capture_run env PATH=/nonexistent "$PF_BIN/pf-collect-lsof" --probe
  gives 0 "" ""
}

# bats test_tags=unix
@test "lsof in the current directory, where anybody may have put it, is not run" {
  without_lsof true 2>/dev/null || skip "lsof is installed, and can't be put out of sight"
  lsof_is <<'SCRIPT'
: >"$BATS_TEST_TMPDIR/was-run"
SCRIPT
  cd "$tools"
  PATH=${PATH#"$tools:"}:.:
  capture_run without_lsof pf-collect-lsof
  gives 2 "" "pf-collect-lsof: lsof: not found: install it with the system's package manager"
  [ ! -e "$BATS_TEST_TMPDIR/was-run" ]
}

# bats test_tags=unix
@test "lsof's sockets are listed" {
  lsof_is <<'SCRIPT'
echo "$fields"
SCRIPT
  capture_run pf-collect-lsof
  gives 0 "$line" "$(hint)"
  capture_run pf-collect-lsof 3000
  gives 0 "$line" "$(hint)"
  capture_run pf-collect-lsof 3001
  gives 1 "" "$(hint)"
}

# bats test_tags=unix
@test "lsof is run with numeric output, for the requested protocols only" {
  lsof_is <<'SCRIPT'
echo "$*" >"$BATS_TEST_TMPDIR/arguments"
SCRIPT
  while read -r option expected; do
    capture_run pf-collect-lsof "$option" 3000
    equal "arguments for $option" "$(<"$BATS_TEST_TMPDIR/arguments")" "$expected"
  done <<'LIST'
-t +c 0 -nPw -F pcuLftPnT -iTCP -sTCP:LISTEN
-u +c 0 -nPw -F pcuLftPnT -iUDP
-tu +c 0 -nPw -F pcuLftPnT -iTCP -iUDP
LIST
}

# bats test_tags=unix
@test "-tu lists the same sockets as -t and -u together" {
  lsof_is <<'SCRIPT'
echo "$fields"
printf 'f24\ntIPv4\nPUDP\nn*:5353\nf25\ntIPv4\nPTCP\nn*:4000\nTST=CLOSED\n'
printf 'f26\ntIPv4\nPTCP\nn127.0.0.1:3000->127.0.0.1:4001\nTST=ESTABLISHED\n'
SCRIPT
  udp='{"proto":"udp","family":"ipv4","address":"0.0.0.0","port":5353,"pid":'$PID',"uid":501,"command":"node","user":"alice","fd":24}'
  capture_run pf-collect-lsof -tu
  gives 0 "$line
$udp" "$(hint)"
  capture_run pf-collect-lsof -u
  gives 0 "$udp" "$(hint)"
  capture_run pf-collect-lsof -t
  gives 0 "$line" "$(hint)"
}

# bats test_tags=unix
@test "lsof doesn't consume stdin" {
  lsof_is <<'SCRIPT'
cat >"$BATS_TEST_TMPDIR/eaten"
echo "$fields"
SCRIPT
  both() { pf-collect-lsof && cat; }
  capture_run both <<<"mine"
  gives 0 "$line
mine" "$(hint)"
  equal "eaten" "$(<"$BATS_TEST_TMPDIR/eaten")" ""
}

# bats test_tags=unix
@test "warnings of a successful lsof are not shown" {
  lsof_is <<'SCRIPT'
echo "lsof: WARNING: can't stat() fuse.portal file system" >&2
echo "$fields"
exit 1
SCRIPT
  capture_run pf-collect-lsof
  gives 0 "$line" "$(hint)"
}

# bats test_tags=unix
@test "an lsof that finds nothing is not an error" {
  lsof_is <<'SCRIPT'
exit 1
SCRIPT
  capture_run pf-collect-lsof
  gives 1 "" "$(hint)"
  lsof_is <<'SCRIPT'
exit 0
SCRIPT
  capture_run pf-collect-lsof
  gives 1 "" "$(hint)"
}

# bats test_tags=unix
@test "an lsof that prints only an error has failed" {
  lsof_is <<'SCRIPT'
echo "lsof: can't open /dev/kmem" >&2
echo "lsof: and more" >&2
exit 1
SCRIPT
  capture_run pf-collect-lsof
  gives 2 "" "pf-collect-lsof: lsof: failed with exit status 1: lsof: can't open /dev/kmem"
}

# bats test_tags=unix
@test "an lsof that fails is named with its exit status, and its sockets are listed" {
  lsof_is <<'SCRIPT'
echo "$fields"
exit 3
SCRIPT
  capture_run pf-collect-lsof
  gives 2 "$line" "pf-collect-lsof: lsof: failed with exit status 3"
}

# bats test_tags=unix
@test "an lsof that dies is named with its signal, and its sockets are listed" {
  lsof_is <<'SCRIPT'
echo "$fields"
kill -s "$signal" $$
SCRIPT
  # Exit status 1 is not an error for lsof; signal 1, SIGHUP, is.
  for signal in SEGV HUP; do
    export signal
    capture_run pf-collect-lsof
    gives 2 "$line" "pf-collect-lsof: lsof: died of SIG$signal"
  done
}

# Otherwise port 3000, cut short, would show as port 30.
# bats test_tags=unix
@test "a partial line from an lsof that died is not listed" {
  lsof_is <<'SCRIPT'
echo "$fields"
printf 'f24\ntIPv4\nPTCP\nn*:30'
kill -s KILL $$
SCRIPT
  capture_run pf-collect-lsof
  gives 2 "$line" "pf-collect-lsof: lsof: died of SIGKILL"
}

# bats test_tags=unix,bare
@test "an lsof that can't be started is reported" {
  lsof_is <<<""
  echo "#!/nonexistent/interpreter" >"$tools/lsof"
  capture_run pf-collect-lsof
  gives 2 "" "pf-collect-lsof: $tools/lsof: No such file or directory"
}

# bats test_tags=unix
@test "an error of lsof is truncated, and can't control the terminal" {
  lsof_is <<'SCRIPT'
printf 'lsof: \033[31m%0300d\n' 0 >&2
exit 1
SCRIPT
  capture_run pf-collect-lsof
  gives 2 "" "pf-collect-lsof: lsof: failed with exit status 1: lsof: \\x1b[31m$(printf %0189d 0)"
}

# lsof_hangs: an lsof that prints one socket and then hangs.
lsof_hangs() {
  export told=$fields PF_LSOF_TIMEOUT=0.2
  lsof_is <<<"$(hangs)"
  killed="$tools/lsof: timed out after 0.2 s and was killed: it may wait for a network file system that doesn't answer; PF_LSOF_TIMEOUT extends the limit"
}

# bats test_tags=unix
@test "an lsof that hangs is killed and named, and its sockets are listed" {
  lsof_hangs
  capture_run pf-collect-lsof
  gives 2 "$line" "pf-collect-lsof: $killed"
}

# bats test_tags=unix
@test "pf doesn't hang with lsof" {
  lsof_hangs
  capture_run pf --collector lsof --no-header
  gives 2 "3000  $PID  node  alice  127.0.0.1" "pf-collect-lsof: $killed
pf: pf-collect-lsof: failed with exit status 2"
}

# bats test_tags=unix
@test "an invalid timeout for lsof is an error" {
  lsof_is <<'SCRIPT'
: >"$BATS_TEST_TMPDIR/was-run"
SCRIPT
  refuses_times PF_LSOF_TIMEOUT
}

# bats test_tags=unix
@test "the largest timeout is accepted" {
  lsof_is <<'SCRIPT'
echo "$fields"
SCRIPT
  PF_LSOF_TIMEOUT=86400 capture_run pf-collect-lsof
  gives 0 "$line" "$(hint)"
}

@test "a replay needs no timeout, lsof or permission" {
  capture_run env PATH=/nonexistent PF_LSOF_TIMEOUT=x "$PF_BIN/pf-collect-lsof" --replay - <<<"$fields"
  gives 0 "$line" ""
}

# bats test_tags=unix
@test "a live process has the same identity as from pf-collect-proc" {
  fields=${fields/$PID/$$}
  lsof_is <<'SCRIPT'
echo "$fields"
SCRIPT
  capture_run pf-collect-lsof
  equal "stderr" "$stderr" "$(hint)"
  equal "line" "$(jq -c 'del(.pid_start)' <<<"$stdout")" "${line/$PID/$$}"
  equal "kind of identity" "$(jq -r '.pid_start | type' <<<"$stdout")" number
}

# It may have reused the pid that lsof saw: its line must not get it killed.
# bats test_tags=unix
@test "a process that started after lsof has no pid_start" {
  lsof_is <<SCRIPT
$(later_script)
echo "p\$later"
echo "\$fields" | tail -n +2
SCRIPT
  with_later pf-collect-lsof
  gives 0 "${line/$PID/$later}" "$(hint)"
}

# bats test_tags=bare
@test "a failed write to stdout is an error" {
  needs_stdout lsof/macos-names
}

@test "with stderr closed, messages don't land in the stream" {
  spares_stream lsof/malformed-addresses
}

@test "a reader that stops early is not an error" {
  for port in {1..5000}; do
    printf 'p%d\nf3\ntIPv4\nPTCP\nn*:%d\n' "$port" "$port"
  done >"$BATS_TEST_TMPDIR/lsof.txt"
  first_line() (
    set -o pipefail
    pf-collect-lsof --replay "$BATS_TEST_TMPDIR/lsof.txt" | head -n 1
  )
  capture_run first_line
  gives 0 '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":1,"pid":1,"uid":null,"command":null,"user":null,"fd":3}' ""
}

@test "pf --replay chooses this collector for a capture from lsof" {
  capture_run pf --replay "$FIXTURES/lsof/macos-names"
  gives 0 "$(<"$FIXTURES/lsof/macos-names/expected.txt")" ""
  capture_run pf --replay "$FIXTURES/lsof/macos-names/lsof.txt"
  gives 0 "$(<"$FIXTURES/lsof/macos-names/expected.txt")" ""
  capture_run pf --replay "$FIXTURES/lsof/macos-hidden" --no-header 22
  gives 0 "22  -  -  0.0.0.0
22  -  -  [::]" ""
}

@test "pf reads lsof's output from a pipe" {
  capture_run pf --collector lsof --replay - <"$FIXTURES/lsof/macos-names/lsof.txt"
  gives 0 "$(<"$FIXTURES/lsof/macos-names/expected.txt")" ""
  capture_run pf --collector lsof --replay - --ndjson 9222 <"$FIXTURES/lsof/macos-names/lsof.txt"
  gives 0 "$(grep 9222 "$FIXTURES/lsof/macos-names/expected.ndjson")" ""
  capture_run pf --collector lsof --replay - 9223 <"$FIXTURES/lsof/macos-names/lsof.txt"
  gives 1 "" ""
}

@test "pf --replay - requires --collector" {
  capture_run pf --replay - <"$FIXTURES/lsof/macos-names/lsof.txt"
  gives 2 "" "pf: --replay -: needs --collector: what reads it can't be tried first (see pf --help)"
}

@test "pf reports what is malformed in lsof's output, and shows the rest" {
  capture_run pf --replay "$FIXTURES/lsof/malformed-addresses"
  gives 2 "$(<"$FIXTURES/lsof/malformed-addresses/expected.txt")" \
    "$(<"$FIXTURES/lsof/malformed-addresses/expected.stderr")
pf: pf-collect-lsof: failed with exit status 2"
}
