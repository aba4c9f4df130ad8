#!/usr/bin/env bats
# pf-collect-netstat for Windows, over programs that play Windows' netstat: each a
# copy of the helper `stage`, which does what the file beside it says.

load ../helpers/common

# Of no process: Windows' pids are multiples of 4.
PID=5000001

text="print
print Active Connections
print
print   Proto  Local Address          Foreign Address        State           PID
print   TCP    127.0.0.1:3000         0.0.0.0:0              ABHÖREN         $PID
print   TCP    127.0.0.1:3000         127.0.0.1:50506        HERGESTELLT     $PID"
line='{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":3000,"pid":'$PID',"uid":null,"command":null,"user":null}'

# netstat_is: makes the stage that stdin says the netstat that is run.
netstat_is() {
  cat >"$BATS_TEST_TMPDIR/netstat.stage"
  cp "$PF_TESTS/stage.exe" "$BATS_TEST_TMPDIR/netstat.exe"
  export PF_NETSTAT="Z:${BATS_TEST_TMPDIR//\//\\}\\netstat.exe"
}

@test "what netstat prints is listed" {
  netstat_is <<<"$text"
  capture_run pf-collect-netstat
  gives 0 "$line" ""
  capture_run pf --collector netstat --no-header 3000
  gives 0 "3000  $PID  -  127.0.0.1" ""
  capture_run pf-collect-netstat 3001
  gives 1 "" ""
}

@test "netstat is asked once for all, in numbers, with pids" {
  netstat_is <<<"arguments
exit 3"
  capture_run pf-collect-netstat -tu 3000
  gives 2 "" "pf-collect-netstat: netstat: failed with exit status 3: <-ano>"
}

@test "netstat doesn't eat what stands on stdin" {
  netstat_is <<<"copy
$text"
  both() { pf-collect-netstat && cat; }
  capture_run both <<<"mine"
  gives 0 "$line
mine" ""
}

@test "netstat that fails is named with its status and complaint, and what it has told is listed" {
  netstat_is <<<"$text
exit 3"
  capture_run pf-collect-netstat
  gives 2 "$line" "pf-collect-netstat: netstat: failed with exit status 3"
  netstat_is <<<"complain The requested operation requires elevation.
complain and more
exit 1"
  capture_run pf-collect-netstat
  gives 2 "" "pf-collect-netstat: netstat: failed with exit status 1: The requested operation requires elevation."
}

# 127.0.0.1:30 is not 127.0.0.1:3000.
@test "netstat that crashes is named, and half a row is not taken for the whole" {
  netstat_is <<<"$text
begin   TCP    127.0.0.1:4000         0.0.0.0:0              LISTENING       47
terminate 0xC0000005"
  capture_run pf-collect-netstat
  gives 2 "$line" "pf-collect-netstat: netstat: died of 0xC0000005"
}

@test "netstat that can't be started is said" {
  echo 'no program at all' >"$BATS_TEST_TMPDIR/netstat.exe"
  PF_NETSTAT="Z:$BATS_TEST_TMPDIR/netstat.exe" capture_run pf-collect-netstat
  gives 2 "" "pf-collect-netstat: Z:$BATS_TEST_TMPDIR/netstat.exe: Exec format error"
}

@test "netstat that hangs is ended and named, and what it has told is listed" {
  netstat_is <<<"$text
hang"
  PF_NETSTAT_TIMEOUT=5 capture_run pf-collect-netstat
  gives 2 "$line" "pf-collect-netstat: $PF_NETSTAT: timed out after 5 s and was killed: PF_NETSTAT_TIMEOUT extends the limit"
}

@test "a netstat that PATH or the current directory leads to is not run" {
  netstat_is <<<"$text"
  cd "$BATS_TEST_TMPDIR"
  for path in netstat.exe '.\netstat.exe' '\netstat.exe' Z:netstat.exe ""; do
    PF_NETSTAT=$path capture_run pf-collect-netstat
    gives 2 "" "pf-collect-netstat: PF_NETSTAT: must be the absolute path of a program"
  done
}
