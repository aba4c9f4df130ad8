#!/usr/bin/env bats
# The programs for Windows, with live sockets and processes, under a Wine that reports holders.
# bats file_tags=live

load ../helpers/common

setup() {
  need_netns
  [ -z "${PF_WINE_WHY:-}" ] || skip "$PF_WINE_WHY"
}

teardown() {
  release_holders
}

# listens ARGUMENTS...: starts the helper mksock. Leaves its ports in the array $ports, and its
# Windows pid in $process; $holder_pid is the Linux one.
listens() {
  holder_program=$PF_WINE holder "$PF_TESTS/mksock.exe" "$@"
  ports=("${ready[@]:1:${#ready[@]}-2}")
  process=${ready[-1]}
}

# windows_path PATH: in Windows' notation.
windows_path() {
  printf 'Z:%s' "${1//\//\\}"
}

is_alive() {
  kill -0 "$holder_pid"
}

# The user who runs the tests, as Windows names them.
windows_user() {
  "$PF_WINE" whoami | tr -d '\r'
}

# row PORT ADDRESS: mksock's row in the table.
row() {
  printf '%s  %s  mksock.exe  %s  %s\n' "$1" "$process" "$(windows_user)" "$2"
}

# object PORT FAMILY ADDRESS: mksock's object in the JSON, without pid_start.
object() {
  jq -cn --arg user "$(windows_user)" --arg family "$2" --arg address "$3" \
    --argjson port "$1" --argjson pid "$process" \
    '{proto: "tcp", family: $family, address: $address, port: $port, pid: $pid, uid: null,
      command: "mksock.exe", user: $user}'
}

# stream JQ-FILTER: the line of the one listening socket, changed by the filter.
stream() {
  pf-collect-iphlpapi "${ports[0]}" | jq -c "$1"
}

@test "a listener is shown with its program and its user" {
  listens tcp:127.0.0.1:0
  capture_run pf --no-header "${ports[0]}"
  gives 0 "$(row "${ports[0]}" 127.0.0.1)" ""
}

@test "a listener is shown as JSON, with its process's pid_start" {
  listens tcp:127.0.0.1:0
  capture_run pf --json "${ports[0]}"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  equal "listeners" "$(jq -c '.listeners[] | del(.pid_start)' <<<"$stdout")" \
    "$(object "${ports[0]}" ipv4 127.0.0.1)"
  equal "kind of identity" "$(jq -r '.listeners[].pid_start | type' <<<"$stdout")" number
}

# details JQ-FILTER: a value from the details of the one listening socket.
details() {
  stream . | pf-resolve --details | jq -c "$1"
}

@test "--details has the program's complete arguments and its path" {
  listens "tcp:127.0.0.1:0,a b\"c\\" 'tcp:127.0.0.1:0,ö,\\"' --window
  equal "arguments and file" "$(details '[.cmdline, .exe]')" \
    "$(jq -cn --arg exe "$(windows_path "$PF_TESTS/mksock.exe")" \
      '[[$exe, "tcp:127.0.0.1:0,a b\"c\\", "tcp:127.0.0.1:0,ö,\\\\\"", "--window"], $exe]')"
}

@test "--details has the time at which the holder started" {
  local before after
  before=$(date +%s)
  listens tcp:127.0.0.1:0
  after=$(date +%s)
  equal "between its start and the look" "$(details "(.started | fromdate) as \$started |
    [\$started >= $before - 1, \$started <= $after, .uptime >= 0, \$started + .uptime <= now]")" \
    '[true,true,true,true]'
}

@test "--details has the process that started the holder" {
  holder_program=$PF_WINE holder cmd /c "$(windows_path "$PF_TESTS/mksock.exe")" tcp:127.0.0.1:0
  ports=("${ready[1]}")
  equal "parent" "$(details '[.ppid == .ancestors[0].pid, .ancestors[0].command]')" \
    '[true,"cmd.exe"]'
}

@test "IPv4, IPv6, loopback and wildcard addresses are distinguished" {
  listens tcp:0.0.0.0:0 'tcp:[::]:=,v6only' tcp:127.0.0.1:0 'tcp:[::1]:0'
  capture_run pf --no-header "${ports[0]}"
  gives 0 "$(row "${ports[0]}" 0.0.0.0)
$(row "${ports[0]}" '[::]')" ""
  capture_run pf --no-header "${ports[2]}"
  gives 0 "$(row "${ports[2]}" 127.0.0.1)" ""
  capture_run pf --no-header "${ports[3]}"
  gives 0 "$(row "${ports[3]}" '[::1]')" ""
}

@test "UDP is shown if asked for" {
  listens tcp:127.0.0.1:0 udp:127.0.0.1:0
  capture_run pf --no-header -u
  gives 0 "${ports[1]}  udp  $process  mksock.exe  $(windows_user)  127.0.0.1" ""
  capture_run pf --no-header "${ports[1]}"
  gives 1 "" \
    "pf: port ${ports[1]}: nothing listens on TCP, but mksock.exe ($process) holds it on UDP: use -u"
}

@test "a connection to the port is not another holder" {
  listens tcp:127.0.0.1:0,client
  capture_run pf --no-header
  gives 0 "$(row "${ports[0]}" 127.0.0.1)" ""
}

@test "if nothing holds the port, the exit status is 1" {
  listens tcp:127.0.0.1:0
  capture_run pf "$((ports[0] == 65535 ? 1 : ports[0] + 1))"
  gives 1 "" ""
}

@test "--force kills the holder, and leaves the port free" {
  listens tcp:127.0.0.1:0
  capture_run pf --no-header --force "${ports[0]}"
  gives 0 "$(row "${ports[0]}" 127.0.0.1)
mksock.exe ($process): ended" ""
  capture_run pf "${ports[0]}"
  gives 1 "" ""
}

@test "--kill of a program without a window kills nothing, and suggests --force" {
  listens tcp:127.0.0.1:0
  capture_run pf --no-header --kill "${ports[0]}"
  gives 2 "$(row "${ports[0]}" 127.0.0.1)" \
    "pf-kill: mksock.exe ($process): not killed: it has no window that could be closed: use --force"
  is_alive
}

@test "--kill --force kills a program without a window" {
  listens tcp:127.0.0.1:0
  capture_run pf --no-header --kill --force "${ports[0]}"
  gives 0 "$(row "${ports[0]}" 127.0.0.1)
mksock.exe ($process): ended" ""
}

@test "--kill asks a window to close, and waits until the port is free" {
  listens tcp:127.0.0.1:0 --window
  capture_run pf --no-header --kill "${ports[0]}"
  gives 0 "$(row "${ports[0]}" 127.0.0.1)
mksock.exe ($process): ended" ""
  wait "$holder_pid"
}

@test "if a window doesn't close, --kill waits for the timeout, and suggests --force" {
  listens tcp:127.0.0.1:0 --stubborn-window
  capture_run pf --no-header --kill --timeout 0.1 "${ports[0]}"
  gives 2 "$(row "${ports[0]}" 127.0.0.1)" \
    "pf-kill: mksock.exe ($process): still running 0.1 s after the request to close: use --force, or a longer --timeout"
  is_alive
  capture_run pf --no-header --kill --force --timeout 0.1 "${ports[0]}"
  gives 0 "$(row "${ports[0]}" 127.0.0.1)
mksock.exe ($process): still running: TerminateProcess
mksock.exe ($process): ended" ""
}

@test "--dry-run says what would be done, and does nothing" {
  listens tcp:127.0.0.1:0 --window
  capture_run pf --no-header --kill --dry-run "${ports[0]}"
  gives 0 "$(row "${ports[0]}" 127.0.0.1)
mksock.exe ($process): would get the request to close" ""
  capture_run pf --no-header --force --dry-run "${ports[0]}"
  gives 0 "$(row "${ports[0]}" 127.0.0.1)
mksock.exe ($process): would get TerminateProcess" ""
  is_alive
}

@test "the processes of Windows itself are refused, with what to do instead" {
  listens tcp:127.0.0.1:0
  capture_run pf-kill --force < <(stream '.pid = 0 | .command = "System Idle Process"')
  gives 2 "" "pf-kill: System Idle Process (0): not killed: it is Windows' idle process, which nothing ends"
  capture_run pf-kill --force < <(stream '.pid = 4 | .command = "System"')
  gives 2 "" "pf-kill: System (4): not killed: it is the Windows kernel, which holds ports for services such as file sharing and web servers: stop the service (sc stop NAME; for HTTP see netsh http show servicestate)"
}

@test "a process that has reused the pid is not killed" {
  listens tcp:127.0.0.1:0
  capture_run pf-kill --force < <(stream '.pid_start -= 1')
  gives 2 "" "pf-kill: process $process: not killed: another process has this pid now: list again"
  is_alive
}

@test "a line without pid_start kills nothing" {
  listens tcp:127.0.0.1:0
  capture_run pf-kill --force < <(stream 'del(.pid_start)')
  equal "exit status" "$status" 2
  equal "stdout" "$stdout" ""
  is_alive
}

@test "a process that has already ended counts as ended" {
  listens tcp:127.0.0.1:0
  local line
  line=$(stream .)
  release_holders
  capture_run pf-kill --force <<<"$line"
  gives 0 "process $process: already gone" ""
}

@test "--until-listening waits for a listener, and --wait for a free port" {
  listens tcp:127.0.0.1:0
  capture_run pf --until-listening "${ports[0]}"
  gives 0 "" ""
  capture_run pf --wait --timeout 0.1 "${ports[0]}"
  gives 1 "" "pf: port ${ports[0]}: still held by mksock.exe ($process) after 0.1 s"
  release_holders
  capture_run pf --wait "${ports[0]}"
  gives 0 "" ""
  capture_run pf --until-listening --timeout 0.1 "${ports[0]}"
  gives 1 "" "pf: port ${ports[0]}: nothing listens there after 0.1 s"
}

# netstat_is ROWS: a netstat that prints these, instead of Windows' own.
netstat_is() {
  cp "$PF_TESTS/stage.exe" "$BATS_TEST_TMPDIR/netstat.exe"
  printf 'print\nprint Active Connections\nprint\n%s\n' "$1" >"$BATS_TEST_TMPDIR/netstat.stage"
  export PF_NETSTAT="Z:${BATS_TEST_TMPDIR//\//\\}\\netstat.exe"
}

@test "netstat's sockets are shown with program and user, and have the same pid_start" {
  listens tcp:127.0.0.1:0
  netstat_is "print   Proto  Local Address          Foreign Address        State           PID
print   TCP    127.0.0.1:${ports[0]}        0.0.0.0:0              ABHÖREN         $process"
  capture_run pf --collector netstat --no-header "${ports[0]}"
  gives 0 "$(row "${ports[0]}" 127.0.0.1)" ""
  equal "identity" "$(pf-collect-netstat | jq .pid_start)" "$(stream . | jq .pid_start)"
}
