#!/usr/bin/env bats
# pf-resolve, with captures.

load ../helpers/common

# A capture with process 520, "node", and the users root and www-data.
capture=$FIXTURES/proc/no-final-newline

resolve() {
  pf-resolve --replay "$capture"
}

# line PID UID COMMAND USER: a line of the stream.
line() {
  printf '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":%s,"uid":%s,"command":%s,"user":%s}\n' "$@"
}

# own_capture: makes a capture with process 9 in $capture.
own_capture() {
  capture=$BATS_TEST_TMPDIR/capture
  mkdir -p "$capture/proc/9" "$capture/etc"
}

# names COMM CMDLINE EXE: the resulting name of process 9.
names() {
  printf '%s\n' "$1" >"$capture/proc/9/comm"
  printf '%s\0--option\0' "$2" >"$capture/proc/9/cmdline"
  make_link "$3" "$capture/proc/9/exe"
  capture_run resolve < <(line 9 0 null null)
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  jq -r .command <<<"$stdout"
}

# refuses [LINE WHY]...: malformed lines are reported; the good ones around each come through.
refuses() {
  local messages=() count=1
  line 520 33 null null >"$BATS_TEST_TMPDIR/in"
  line 520 33 '"node"' '"www-data"' >"$BATS_TEST_TMPDIR/expected"
  while [ $# -gt 0 ]; do
    printf '%s\n' "$1" >>"$BATS_TEST_TMPDIR/in"
    line 521 0 null null >>"$BATS_TEST_TMPDIR/in"
    line 521 0 '"python3"' '"root"' >>"$BATS_TEST_TMPDIR/expected"
    count=$((count + 1))
    messages+=("pf-resolve: line $count: $2")
    count=$((count + 1))
    shift 2
  done
  capture_run resolve <"$BATS_TEST_TMPDIR/in"
  equal "messages" "$stderr" "$(printf '%s\n' "${messages[@]}")" &&
    equal "exit status" "$status" 2 &&
    same "stdout" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/expected"
}

@test "--help goes to stdout and succeeds" {
  for option in -h --help; do
    capture_run pf-resolve "$option"
    equal "first lines" "$(head -n 2 <<<"$stdout")" "Usage: pf-resolve [--details] [--replay PATH]
Reads pf-listener(5) lines, and adds the names of commands and users."
    equal "stderr" "$stderr" ""
    equal "exit status" "$status" 0
  done
}

@test "--version is one line" {
  for option in -V --version; do
    capture_run pf-resolve "$option"
    gives 0 "pf-resolve 0.1.0" ""
  done
}

@test "a usage error is reported" {
  while IFS='|' read -r arguments message; do
    # shellcheck disable=SC2086 # several arguments
    capture_run pf-resolve $arguments </dev/null
    gives 2 "" "pf-resolve: $message (see pf-resolve --help)"
  done <<'LIST'
3000|3000: pf-resolve takes no arguments
--json|--json: no such option
-x|-x: no such option
--replay|--replay: needs a value
--help=yes|--help=yes: takes no value
LIST
}

@test "a missing capture is named" {
  cd "$BATS_TEST_TMPDIR"
  capture_run pf-resolve --replay nowhere < <(line 520 33 null null)
  gives 2 "" "pf-resolve: nowhere: No such file or directory"
}

@test "null names are filled in" {
  capture_run resolve < <(line 520 33 null null)
  gives 0 "$(line 520 33 '"node"' '"www-data"')" ""
}

@test "names from the collector are kept" {
  capture_run resolve < <(line 520 33 '"known"' null && line 520 33 null '"known"' && line 520 33 '""' '""')
  gives 0 "$(line 520 33 '"known"' '"www-data"')
$(line 520 33 '"node"' '"known"')
$(line 520 33 '""' '""')" ""
}

@test "an unknown process or user stays null" {
  capture_run resolve < <(line 999 12345 null null && line null null null null)
  gives 0 "$(line 999 12345 null null)
$(line null null null null)" ""
}

@test "a replay doesn't use this machine" {
  # The process is alive and the user exists here, but not in the capture.
  own_capture
  capture_run resolve < <(line $$ 0 null null)
  gives 0 "$(line $$ 0 null null)" ""
}

@test "every other byte of a line passes unchanged and in its place" {
  cat >"$BATS_TEST_TMPDIR/in" <<'STREAM'
{ "x-first" : 0.10, "proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,  "pid":520 ,"pid_start":9007199254740991,"uid":33,"x":[1E5, {"command":null,"user":null}, "\u0041\/"],"command": null ,"user":null,"fd":3,"inode":4,"zürich":"é\ud83d\ude00","big":123456789012345.6789,"":{}}
	{"user":null,"command":null,"uid":33,"pid":520,"port":80,"address":"0.0.0.0","family":"ipv4","proto":"tcp"}  
{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":520,"uid":33,"\u0063ommand":null,"us\u0065r":null}
STREAM
  cat >"$BATS_TEST_TMPDIR/expected" <<'STREAM'
{ "x-first" : 0.10, "proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,  "pid":520 ,"pid_start":9007199254740991,"uid":33,"x":[1E5, {"command":null,"user":null}, "\u0041\/"],"command": "node" ,"user":"www-data","fd":3,"inode":4,"zürich":"é\ud83d\ude00","big":123456789012345.6789,"":{}}
	{"user":"www-data","command":"node","uid":33,"pid":520,"port":80,"address":"0.0.0.0","family":"ipv4","proto":"tcp"}  
{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":520,"uid":33,"\u0063ommand":"node","us\u0065r":"www-data"}
STREAM
  capture_run resolve <"$BATS_TEST_TMPDIR/in"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  same "stdout" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/expected"
}

@test "the carriage return of a line from Windows is removed" {
  printf '%s\r\n' "$(line 520 33 null null)" >"$BATS_TEST_TMPDIR/in"
  printf '%s\n' "$(line 520 33 '"node"' '"www-data"')" >"$BATS_TEST_TMPDIR/expected"
  capture_run resolve <"$BATS_TEST_TMPDIR/in"
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  same "stdout" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/expected"
}

@test "a last line without a newline is read, and gets one" {
  capture_run resolve < <(printf %s "$(line 520 33 null null)")
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  same "stdout" "$BATS_TEST_TMPDIR/stdout" <(line 520 33 '"node"' '"www-data"')
}

@test "without input the exit status is 1" {
  capture_run resolve </dev/null
  gives 1 "" ""
}

@test "a line that isn't JSON is reported by its number, and the others come through" {
  refuses 'listening' "not JSON: '[' or '{' expected near 'listening' (column 9)" \
    '' "not JSON: '[' or '{' expected near end of file (column 0)" \
    '{"proto":"tcp"' "not JSON: '}' expected near end of file (column 14)" \
    '{} {}' "not JSON: end of file expected near '{' (column 4)" \
    '{"port":1,"port":2}' "not JSON: duplicate object key near '\"port\"' (column 16)" \
    '[]' "not a JSON object"
}

@test "a line with a missing key or an invalid value is reported, and the others come through" {
  local pid='an integer from 0 to 4294967295, or null'
  local opaque='an integer from 0 to 9223372036854775807, or absent'
  local pairs=() filters=()
  # wrong JQ-FILTER WHY
  wrong() {
    filters+=("($1)")
    pairs+=("" "$2")
  }
  wrong 'del(.proto)' '"proto" is missing: it must be "tcp" or "udp"'
  wrong '.proto = "sctp"' '"proto" is "sctp": it must be "tcp" or "udp"'
  wrong 'del(.family)' '"family" is missing: it must be "ipv4" or "ipv6"'
  wrong '.family = 4' '"family" is 4: it must be "ipv4" or "ipv6"'
  wrong 'del(.address)' '"address" is missing: it must be a numeric IPv4 address'
  wrong '.address = "::"' '"address" is "::": it must be a numeric IPv4 address'
  wrong '.address = "*"' '"address" is "*": it must be a numeric IPv4 address'
  wrong '.address = "127.0.0.01"' '"address" is "127.0.0.01": it must be a numeric IPv4 address'
  wrong '.family = "ipv6" | .address = "[::]"' \
    '"address" is "[::]": it must be a numeric IPv6 address without brackets'
  wrong '.family = "ipv6" | .address = "fe80::1%"' \
    '"address" is "fe80::1%": it must be a numeric IPv6 address without brackets'
  wrong 'del(.port)' '"port" is missing: it must be an integer from 1 to 65535'
  wrong '.port = 0' '"port" is 0: it must be an integer from 1 to 65535'
  wrong '.port = 65536' '"port" is 65536: it must be an integer from 1 to 65535'
  wrong '.port = "80"' '"port" is "80": it must be an integer from 1 to 65535'
  wrong 'del(.pid)' "\"pid\" is missing: it must be $pid"
  wrong '.pid = -1' "\"pid\" is -1: it must be $pid"
  wrong '.pid = 1.5' "\"pid\" is 1.5: it must be $pid"
  wrong '.pid_start = null' "\"pid_start\" is null: it must be $opaque"
  wrong '.uid = 4294967296' "\"uid\" is 4294967296: it must be $pid"
  wrong 'del(.uid)' "\"uid\" is missing: it must be $pid"
  wrong '.command = 5' '"command" is 5: it must be a string or null'
  wrong 'del(.command)' '"command" is missing: it must be a string or null'
  wrong '.user = ["a"]' '"user" is ["a"]: it must be a string or null'
  wrong 'del(.user)' '"user" is missing: it must be a string or null'
  wrong '.fd = "3"' "\"fd\" is \"3\": it must be $opaque"
  wrong '.inode = -1' "\"inode\" is -1: it must be $opaque"
  local i=0 bad
  while read -r bad; do
    pairs[i]=$bad
    i=$((i + 2))
  done < <(line 1 0 null null | jq -c "$(IFS=, && echo "${filters[*]}")")
  equal "lines" "$i" "${#pairs[@]}"
  refuses "${pairs[@]}"
}

@test "a message about a line can't control the terminal" {
  refuses "$(line 1 0 null null | jq -c '.proto = "\u001b[2J\u009b"')" \
    '"proto" is "\u001B[2J\u009B": it must be "tcp" or "udp"' \
    $'\e[2J\a' "not JSON: '[' or '{' expected near '\\x1b' (column 1)"
}

@test "a line of 1 MiB passes, a longer one is reported, and the others come through" {
  # padded LENGTH: a line of that many bytes.
  padded() {
    local bare
    bare=$(line 520 33 '"a"' '"b"')
    printf '%s,"pad":"%0*d"}\n' "${bare%\}}" $(($1 - ${#bare} - 9)) 0
  }
  stream() {
    padded 1048576
    padded 1048577
    padded 3000000
    line 520 33 null null
  }
  equal "length" "$(padded 1048576 | wc -c)" 1048577
  capture_run resolve < <(stream)
  same "stdout" "$BATS_TEST_TMPDIR/stdout" <(padded 1048576 && line 520 33 '"node"' '"www-data"')
  equal "stderr" "$stderr" "pf-resolve: line 2: longer than 1 MiB
pf-resolve: line 3: longer than 1 MiB"
  equal "exit status" "$status" 2
}

@test "a name that the kernel truncated is completed from a name that begins with it" {
  own_capture
  equal "by argv[0]" \
    "$(names 'next-server (v1' 'next-server (v14.1.0)' /usr/bin/node)" 'next-server (v14.1.0)'
  equal "by its last part" \
    "$(names systemd-resolve /lib/systemd/systemd-resolved /usr/bin/x)" systemd-resolved
  equal "by exe" \
    "$(names monitoring-agen 'agent: idle' /opt/agent/monitoring-agentd)" monitoring-agentd
  equal "by an exe that was removed" \
    "$(names monitoring-agen 'agent: idle' '/opt/agent/monitoring-agentd (deleted)')" \
    monitoring-agentd
  equal "by nothing" "$(names kept-as-cut-her x /usr/bin/y)" kept-as-cut-her
  equal "by a whole command line" \
    "$(names kept-as-cut-her "kept-as-cut-here $(printf '%0300d' 0)" /usr/bin/y)" kept-as-cut-her
}

@test "a name that is not truncated is never replaced by another" {
  own_capture
  equal "a shorter name" "$(names node 'node-of-somebody-else' /usr/bin/nodejs)" node
  equal "a name of 15 bytes" "$(names exactly-15-byte exactly-15-byte /usr/bin/x)" exactly-15-byte
}

@test "an empty name is not the same as an unreadable one" {
  own_capture
  equal "empty" "$(names '' x /usr/bin/x)" ""
  rm "$capture/proc/9/comm"
  capture_run resolve < <(line 9 0 null null)
  gives 0 "$(line 9 0 null null)" ""
}

@test "a process with many sockets has the same name on every line, in any order" {
  own_capture
  for pid in 9 1033 2057; do
    mkdir -p "$capture/proc/$pid"
    echo "name-$pid" >"$capture/proc/$pid/comm"
  done
  stream() {
    for _ in 1 2 3; do
      for pid in 9 1033 2057; do
        line "$pid" 0 "$@" null
      done
    done
  }
  capture_run resolve < <(stream null)
  equal "commands" "$(jq -r '"\(.pid) \(.command)"' <<<"$stdout" | sort | uniq -c | xargs)" \
    "3 1033 name-1033 3 2057 name-2057 3 9 name-9"
  equal "exit status" "$status" 0
}

@test "lines of /etc/passwd that are not users are skipped" {
  own_capture
  printf '%s\n' '# a comment' '+::::::' ':x:7:7:::' 'short:x' 'hex:x:0x7:7:::' '' \
    'seven:x:7:7:::' 'again:x:7:7:::' 'last:x:8:8' >"$capture/etc/passwd"
  capture_run resolve < <(line null 7 null null && line null 8 null null && line null 9 null null)
  gives 0 "$(line null 7 null '"seven"')
$(line null 8 null '"last"')
$(line null 9 null null)" ""
}

@test "a capture without /etc/passwd still has commands" {
  own_capture
  echo node >"$capture/proc/9/comm"
  capture_run resolve < <(line 9 0 null null)
  gives 0 "$(line 9 0 '"node"' null)" ""
}

# tasklist ROW...: makes a capture with such a tasklist.csv, each ROW being "NAME PID".
tasklist() {
  capture=$BATS_TEST_TMPDIR/windows
  mkdir -p "$capture"
  for row; do
    printf '"%s","%s","Console","1","100,032 K"\r\n' "${row% *}" "${row##* }"
  done >"$capture/tasklist.csv"
}

@test "a tasklist gives the program of each pid, and no user" {
  tasklist 'System Idle Process 0' 'System 4' 'node.exe 9396' 'one, two.exe 4294967295'
  capture_run resolve < <(line 9396 null null null && line 4 null null null &&
    line 4294967295 null null null && line 0 null null '"known"' && line 9396 7 '"known"' null)
  gives 0 "$(line 9396 null '"node.exe"' null)
$(line 4 null '"System"' null)
$(line 4294967295 null '"one, two.exe"' null)
$(line 0 null '"System Idle Process"' '"known"')
$(line 9396 7 '"known"' null)" ""
}

@test "a pid that is missing from the tasklist, or has two names there, stays null" {
  tasklist 'node.exe 9396' 'old.exe 8' 'twice.exe 12' 'new.exe 8' 'twice.exe 12' 'newer.exe 8'
  capture_run resolve < <(line 939 null null null && line 93960 null null null &&
    line null null null null && line 8 null null null && line 12 null null null)
  gives 0 "$(line 939 null null null)
$(line 93960 null null null)
$(line null null null null)
$(line 8 null null null)
$(line 12 null '"twice.exe"' null)" ""
}

@test "a process that a whole tasklist lacks has ended, which is said once and is no error" {
  said="inherited the socket"
  tasklist 'System 4' 'node.exe 9396' 'twice.exe 12' 'other.exe 12'
  capture_run resolve < <(line 9396 null null null && line 12 null null null)
  equal "messages" "$stderr" ""
  capture_run resolve < <(line 15136 null null null && line 15136 null null null)
  gives 0 "$(line 15136 null null null)
$(line 15136 null null null)" \
    "pf-resolve: process 15136 is not in tasklist.csv: it has ended; a child may have $said"
  capture_run resolve < <(line 15136 null null null && line 8692 null null null)
  gives 0 "$(line 15136 null null null)
$(line 8692 null null null)" \
    "pf-resolve: process 15136 and others are not in tasklist.csv: they have ended; a child may have $said"
  # A list that was filtered tells nothing of other processes.
  tasklist 'node.exe 9396'
  capture_run resolve < <(line 15136 null null null)
  gives 0 "$(line 15136 null null null)" ""
}

@test "the capture's /proc takes precedence over its tasklist" {
  own_capture
  echo node >"$capture/proc/9/comm"
  printf '"%s","%s","x"\n' wrong.exe 9 right.exe 10 >"$capture/tasklist.csv"
  capture_run resolve < <(line 9 null null null && line 10 null null null)
  gives 0 "$(line 9 null '"node"' null)
$(line 10 null '"right.exe"' null)" ""
}

@test "malformed rows of a tasklist are reported, and the good ones are used" {
  tasklist 'good.exe 4' 'bad.exe 1x' 'good-too.exe 8' 'bad.exe ' 'bad.exe -1' 'bad.exe +1' 'bad.exe 0x1'
  printf '"last.exe","12","Console","1","4 K"\r\n"torn.exe","16' >>"$capture/tasklist.csv"
  cd "$BATS_TEST_TMPDIR"
  said="pf-resolve: windows/tasklist.csv: line 2: the pid is no integer from 0 to 4294967295
pf-resolve: windows/tasklist.csv: line 4: the pid is no integer from 0 to 4294967295
pf-resolve: windows/tasklist.csv: line 5: the pid is no integer from 0 to 4294967295
pf-resolve: windows/tasklist.csv: line 6: the pid is no integer from 0 to 4294967295
pf-resolve: windows/tasklist.csv: line 7: the pid is no integer from 0 to 4294967295
pf-resolve: windows/tasklist.csv: more such lines follow"
  capture=windows
  capture_run resolve < <(line 4 null null null && line 8 null null null &&
    line 12 null null null && line 16 null null null && line 1 null null null)
  gives 2 "$(line 4 null '"good.exe"' null)
$(line 8 null '"good-too.exe"' null)
$(line 12 null '"last.exe"' null)
$(line 16 null null null)
$(line 1 null null null)" "$said"
  capture_run resolve </dev/null
  gives 2 "" "$said"
}

@test "a tasklist without processes is not an error" {
  tasklist
  for text in '' 'INFO: No tasks are running which match the specified criteria.\r\n' '\r\n\n' \
    '"Image Name","PID","Session Name","Session#","Mem Usage"\r\n'; do
    # shellcheck disable=SC2059 # it has escapes
    printf "$text" >"$capture/tasklist.csv"
    capture_run resolve < <(line 4 null null null)
    gives 0 "$(line 4 null null null)" ""
  done
}

@test "a tasklist that isn't CSV is reported, and the lines come through" {
  tasklist
  cp "$FIXTURES/netstat/tasklist-by-mistake/netstat.txt" "$capture/tasklist.csv"
  cd "$BATS_TEST_TMPDIR"
  capture=windows
  capture_run resolve < <(line 9396 null null null)
  gives 2 "$(line 9396 null null null)" \
    "pf-resolve: windows/tasklist.csv: no row of tasklist /FO CSV in its text"
  rm windows/tasklist.csv
  mkdir windows/tasklist.csv
  capture_run resolve < <(line 9396 null null null)
  gives 2 "$(line 9396 null null null)" "pf-resolve: windows/tasklist.csv: Is a directory"
}

@test "a line comes through before the next one arrives" {
  mkfifo "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/out"
  resolve <"$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out" 3>&- &
  exec {in}>"$BATS_TEST_TMPDIR/in" {out}<"$BATS_TEST_TMPDIR/out"
  line 520 33 null null >&"$in"
  read -r -t 10 -u "$out" first
  equal "first line" "$first" "$(line 520 33 '"node"' '"www-data"')"
  # A line that is malformed or incomplete doesn't hold up those before it.
  { line 520 33 null null && echo junk && printf '{'; } >&"$in"
  read -r -t 10 -u "$out" second
  equal "second line" "$second" "$first"
  exec {in}>&- {out}<&-
  wait $! || status=$?
  equal "exit status" "$status" 2
}

@test "a full disk is an error" {
  full() { "$@" >/dev/full; }
  capture_run full resolve < <(line 520 33 null null)
  gives 2 "" "pf-resolve: standard output: No space left on device"
  capture_run full pf-resolve --help
  gives 2 "" "pf-resolve: standard output: No space left on device"
}

# bats test_tags=unix,bare
@test "a closed stdout or stdin is an error" {
  closed_output() { resolve >&-; }
  closed_input() { resolve <&-; }
  capture_run closed_output < <(line 520 33 null null)
  gives 2 "" "pf-resolve: standard output: Bad file descriptor"
  capture_run closed_input
  gives 2 "" "pf-resolve: standard input: Bad file descriptor"
}

@test "a reader that stops early is not an error" {
  first_line() (
    set -o pipefail
    yes "$(line 520 33 null null)" | head -n 5000 >"$BATS_TEST_TMPDIR/in"
    resolve <"$BATS_TEST_TMPDIR/in" | head -n 1
  )
  capture_run first_line
  gives 0 "$(line 520 33 '"node"' '"www-data"')" ""
}

@test "a line that names would make too long comes through unchanged, and pf-render reads it" {
  # 1 MiB, with the nulls still in it.
  long() {
    local bare
    bare=$(line 520 33 null null)
    printf '%s,"pad":"%0*d"}\n' "${bare%\}}" $((1048576 - ${#bare} - 9)) 0
  }
  equal "length" "$(long | wc -c)" 1048577
  long >"$BATS_TEST_TMPDIR/in"
  line 520 33 null null >>"$BATS_TEST_TMPDIR/in"
  capture_run resolve <"$BATS_TEST_TMPDIR/in"
  same "stdout" "$BATS_TEST_TMPDIR/stdout" <(long && line 520 33 '"node"' '"www-data"')
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  mv "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/resolved"
  capture_run pf-render --no-header <"$BATS_TEST_TMPDIR/resolved"
  gives 0 "80  520  -     -         0.0.0.0
80  520  node  www-data  0.0.0.0" ""
}
