#!/usr/bin/env bats
# pf-collect-netstat for Windows, with copies of the helper `stage` instead of Windows' netstat. A
# copy does what the file of the same name that ends in .stage says.

load ../helpers/common

# No process has this pid: Windows' pids are multiples of 4.
PID=5000001

text="print
print Active Connections
print
print   Proto  Local Address          Foreign Address        State           PID
print   TCP    127.0.0.1:3000         0.0.0.0:0              ABHÖREN         $PID
print   TCP    127.0.0.1:3000         127.0.0.1:50506        HERGESTELLT     $PID"
line='{"proto":"tcp","family":"ipv4","address":"127.0.0.1","port":3000,"pid":'$PID',"uid":null,"command":null,"user":null}'

# netstat_is: makes a stage that does what stdin says, to be run as netstat.
netstat_is() {
  cat >"$BATS_TEST_TMPDIR/netstat.stage"
  cp "$PF_TESTS/stage.exe" "$BATS_TEST_TMPDIR/netstat.exe"
  export PF_NETSTAT="Z:${BATS_TEST_TMPDIR//\//\\}\\netstat.exe"
}

@test "netstat's sockets are listed" {
  netstat_is <<<"$text"
  capture_run pf-collect-netstat
  gives 0 "$line" ""
  capture_run pf --collector netstat --no-header 3000
  gives 0 "3000  $PID  -  127.0.0.1" ""
  capture_run pf-collect-netstat 3001
  gives 1 "" ""
}

@test "netstat is run once for both protocols, with numeric output and pids" {
  netstat_is <<<"arguments
exit 3"
  capture_run pf-collect-netstat -tu 3000
  gives 2 "" "pf-collect-netstat: netstat: failed with exit status 3: <-ano>"
}

@test "netstat doesn't consume stdin" {
  netstat_is <<<"copy
$text"
  both() { pf-collect-netstat && cat; }
  capture_run both <<<"mine"
  gives 0 "$line
mine" ""
}

@test "a netstat that fails is named with its exit status and error, and its sockets are listed" {
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

# Otherwise 127.0.0.1:3000, cut short, would show as 127.0.0.1:30.
@test "a netstat that crashes is named, and a partial row is not listed" {
  netstat_is <<<"$text
begin   TCP    127.0.0.1:4000         0.0.0.0:0              LISTENING       47
terminate 0xC0000005"
  capture_run pf-collect-netstat
  gives 2 "$line" "pf-collect-netstat: netstat: died of 0xC0000005"
}

@test "a netstat that can't be started is reported" {
  echo 'no program at all' >"$BATS_TEST_TMPDIR/netstat.exe"
  PF_NETSTAT="Z:$BATS_TEST_TMPDIR/netstat.exe" capture_run pf-collect-netstat
  gives 2 "" "pf-collect-netstat: Z:$BATS_TEST_TMPDIR/netstat.exe: Exec format error"
}

@test "a netstat that hangs is killed and named, and its sockets are listed" {
  netstat_is <<<"$text
hang"
  PF_NETSTAT_TIMEOUT=5 capture_run pf-collect-netstat
  gives 2 "$line" "pf-collect-netstat: $PF_NETSTAT: timed out after 5 s and was killed: PF_NETSTAT_TIMEOUT extends the limit"
}

@test "a netstat on PATH or in the current directory is not run" {
  netstat_is <<<"$text"
  cd "$BATS_TEST_TMPDIR"
  for path in netstat.exe '.\netstat.exe' '\netstat.exe' Z:netstat.exe ""; do
    PF_NETSTAT=$path capture_run pf-collect-netstat
    gives 2 "" "pf-collect-netstat: PF_NETSTAT: must be the absolute path of a program"
  done
}
