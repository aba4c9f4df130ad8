#!/usr/bin/env bats
# pf, with captures, and with scripts instead of its stages.

load ../helpers/common

table="PORT  PID   COMMAND  USER  ADDRESS
3000  7382  node     root  0.0.0.0
3000  7382  node     root  [::]"
first='{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":3000,"pid":7382,"uid":0,"command":"node","user":"root","fd":3,"inode":15506}'
second='{"proto":"tcp","family":"ipv6","address":"::","port":3000,"pid":7382,"uid":0,"command":"node","user":"root","fd":4,"inode":15507}'

# A line without a process means the same on every machine.
line='{"proto":"tcp","family":"ipv4","address":"192.0.2.1","port":80,"pid":null,"uid":null,"command":"a","user":"b"}'
line_table="PORT  PID  COMMAND  USER  ADDRESS
80    -    a        b     192.0.2.1"

# script FILE: makes a program of stdin.
script() {
  mkdir -p "${1%/*}"
  {
    echo '#!/bin/sh'
    cat
  } >"$1"
  chmod +x "$1"
}

# installed: copies the programs to $bin, and takes $PF_BIN off PATH.
installed() {
  bin=$BATS_TEST_TMPDIR/bin
  mkdir "$bin"
  copy_programs "$bin"
  PATH=/usr/bin:/bin
}

# replaced PROGRAM: like installed, with the script on stdin instead of one program. The script may
# run the real one as "$PF_BIN/PROGRAM".
replaced() {
  installed
  rm "$bin/$1"
  script "$bin/$1"
}

show() {
  capture_run "$bin/pf" --replay "$FIXTURES/proc/both-families" 3000
}

# refuses MESSAGE ARGUMENTS...: a usage error with this message, and nothing else.
refuses() {
  local message=$1
  shift
  capture_run pf "$@"
  gives 2 "" "pf: $message (see pf --help)"
}

@test "--help goes to stdout and succeeds" {
  for option in -h --help; do
    capture_run pf "$option"
    equal "first lines" "$(head -n 3 <<<"$stdout")" "Usage: pf [options] [PORT | LOW-HIGH]...
       pf NAME [arguments]
Shows who is holding a port, and on request ends the holder."
    equal "stderr" "$stderr" ""
    equal "exit status" "$status" 0
  done
}

@test "--version is one line" {
  for option in -V --version; do
    capture_run pf "$option"
    gives 0 "pf 0.1.0" ""
  done
}

@test "a port is shown as a table" {
  capture_run pf --replay "$FIXTURES/proc/both-families" 3000
  gives 0 "$table" ""
}

@test "a port is shown as JSON" {
  capture_run pf --replay "$FIXTURES/proc/both-families" --json 3000
  gives 0 "{\"listeners\":[$first,$second]}" ""
}

@test "a port is shown as one JSON object per line" {
  capture_run pf --ndjson 3000 --replay "$FIXTURES/proc/both-families"
  gives 0 "$first
$second" ""
}

@test "--no-header and --color reach the renderer" {
  capture_run pf --replay "$FIXTURES/proc/both-families" --no-header 3000
  gives 0 "3000  7382  node  root  0.0.0.0
3000  7382  node  root  [::]" ""
  capture_run pf --replay "$FIXTURES/proc/dual-stack" --color always 3000
  gives 0 $'\e[1mPORT  PID   COMMAND  USER  ADDRESS\e[0m\n'"3000  7434  node     root  [::]" ""
}

@test "--wide and --why show why a process runs" {
  capture_run pf --replay "$FIXTURES/why/user-unit" --wide 3000
  gives 0 "PORT  PID  COMMAND  USER   ADDRESS  UPTIME   UNIT                 DIRECTORY             COMMAND LINE
3000  931  node     alice  0.0.0.0  2 d 2 h  shop.service (user)  /home/alice/src/shop  /usr/bin/node server.js" ""
  HOME='' capture_run pf --replay "$FIXTURES/why/user-unit" --why 3000
  gives 0 "0.0.0.0:3000 · node (931), alice, up 2 d 2 h
  runs        /usr/bin/node server.js
  in          /home/alice/src/shop
  unit        shop.service (the user's)
  started by  systemd (1) › systemd (850) › node (931)
  to free it  systemctl --user stop shop.service
              otherwise the user's systemd may restart it" ""
  capture_run pf --replay "$FIXTURES/proc/empty-table" --why
  gives 1 "" ""
}

@test "--wide adds the details to JSON" {
  capture_run pf --replay "$FIXTURES/why/user-unit" --wide --ndjson 3000
  gives 0 "$(<"$FIXTURES/why/user-unit/expected.details.ndjson")" ""
}

# bats test_tags=unix
@test "details are looked up only for --wide and --why" {
  replaced pf-resolve <<'END'
echo "$*" >&2
exec "$PF_BIN/pf-resolve" "$@"
END
  local capture=$FIXTURES/why/user-unit
  for option in --no-header --json --ndjson; do
    capture_run "$bin/pf" --replay "$capture" "$option" 3000
    equal "asked" "$stderr" "--replay $capture"
  done
  for option in --wide --why; do
    capture_run "$bin/pf" --replay "$capture" "$option" 3000
    equal "asked" "$stderr" "--details --replay $capture"
  done
}

@test "-u, -tu and a list of ports reach the collector" {
  capture_run pf --replay "$FIXTURES/proc/tcp-and-udp" -u
  gives 0 "PORT  PROTO  PID   COMMAND  USER      ADDRESS
53    udp    9125  named    www-data  127.0.0.1" ""
  capture_run pf --replay "$FIXTURES/proc/tcp-and-udp" -tu 1-52,53 953
  gives 0 "PORT  PROTO  PID   COMMAND  USER      ADDRESS
53    tcp    9125  named    www-data  127.0.0.1
53    udp    9125  named    www-data  127.0.0.1
953   tcp    9125  named    www-data  [::1]" ""
}

@test "if nothing is found: no table, an empty list, exit status 1, and no message in a file" {
  capture_run pf --replay "$FIXTURES/proc/both-families" 3001
  gives 1 "" ""
  capture_run pf --replay "$FIXTURES/proc/empty-table"
  gives 1 "" ""
  capture_run pf --replay "$FIXTURES/proc/empty-table" --json
  gives 1 '{"listeners":[]}' ""
  capture_run pf --replay "$FIXTURES/proc/empty-table" --ndjson
  gives 1 "" ""
}

@test "an invalid port is a usage error" {
  refuses "0: a port is from 1 to 65535" 0
  refuses "65536: a port is from 1 to 65535" 65536
  refuses "80-79: the range runs backwards: the lower port comes first" 80-79
  refuses "+80: not a port: give a number, or a range such as 3000-3100" +80
  refuses " 80: not a port: give a number, or a range such as 3000-3100" " 80"
  refuses "0x50: not a port: give a number, or a range such as 3000-3100" 0x50
  refuses "./node: not a port: give a number, or a range such as 3000-3100" ./node
  refuses "Node: not a port: give a number, or a range such as 3000-3100" Node
  refuses ": a port is missing" ""
  refuses "3000,: a port is missing" 3000,
  refuses "0: a port is from 1 to 65535" 3000 0
}

@test "an error about a long argument quotes its beginning" {
  local digits
  digits=$(printf '1%.0s' {1..5000})
  refuses "X${digits:0:199}…: not a port: give a number, or a range such as 3000-3100" "X$digits"
  refuses "${digits:0:200}: a port is from 1 to 65535" "${digits:0:200}"
  refuses "--${digits:0:198}…: no such option" "--$digits"
  # Neither a character nor an escape is cut in two.
  refuses "X${digits:0:198}…: not a port: give a number, or a range such as 3000-3100" \
    "X${digits:0:198}é"
  refuses "X${digits:0:197}é: not a port: give a number, or a range such as 3000-3100" \
    "X${digits:0:197}é"
}

@test "an unknown option, or one without its value, is a usage error" {
  refuses "--foo: no such option" --foo
  refuses "-x: no such option" -x
  refuses "--json=1: takes no value" --json=1
  for option in --color --signal --timeout --collector --replay; do
    refuses "$option: needs a value" "$option"
  done
}

@test "an invalid value is a usage error" {
  refuses "blue: --color takes auto, always or never" --color blue
  refuses "FOO: no such signal: give a name such as TERM, or a number" --kill --signal FOO 80
  refuses "0: no such signal: give a name such as TERM, or a number" --kill --signal 0 80
  for seconds in x -1 1e3 "" 86401 0.0001; do
    refuses "$seconds: --timeout takes seconds, 0 to 86400, such as 5 or 0.5" \
      --kill --timeout "$seconds" 80
  done
  for collector in ../evil /bin/evil a/b "" -x "a b" PROC; do
    refuses "$collector: not the name of a collector, such as proc" --collector "$collector"
  done
}

@test "contradictory options are a usage error" {
  refuses "--json: does not go with --ndjson" --json --ndjson
  for option in --json --ndjson --wide --no-header; do
    refuses "--why: does not go with $option" --why "$option"
  done
  refuses "--signal: goes with --kill or --force only" --signal TERM 80
  refuses "--timeout: goes with --kill, --force, --wait or --until-listening only" --timeout 5 80
  refuses "--dry-run: goes with --kill or --force only" --dry-run 80
  refuses "--interactive: goes with --kill or --force only" --interactive 80
}

@test "a kill without a port is a usage error: it would end everything" {
  refuses "--kill: needs a port: say which to free" --kill
  refuses "--force: needs a port: say which to free" --force
  refuses "--kill: needs a port: say which to free" --force --kill --dry-run
}

@test "a wait without a port is a usage error: it would wait for the whole machine" {
  refuses "--wait: needs a port: say which to wait for" --wait
  refuses "--until-listening: needs a port: say which to wait for" --until-listening -tu
}

@test "a wait with contradictory or output options is a usage error" {
  refuses "--until-listening: does not go with --wait: wait for one, then for the other" \
    --until-listening --wait 80
  refuses "--replay: does not go with --until-listening: a capture never changes" \
    --until-listening --replay - 80
  local wait
  for wait in --wait --until-listening; do
    refuses "--kill: does not go with $wait: end the holder first, then wait" "$wait" --kill 80
    refuses "--force: does not go with $wait: end the holder first, then wait" --force "$wait" 80
    refuses "--replay: does not go with $wait: a capture never changes" \
      --replay "$FIXTURES/proc/both-families" "$wait" 3000
    refuses "--json: does not go with $wait, which prints nothing" "$wait" --json 80
    refuses "--ndjson: does not go with $wait, which prints nothing" "$wait" --ndjson 80
    refuses "--wide: does not go with $wait, which prints nothing" "$wait" --wide 80
    refuses "--why: does not go with $wait, which prints nothing" "$wait" --why 80
    refuses "--no-header: does not go with $wait, which prints nothing" "$wait" --no-header 80
    refuses "--color: does not go with $wait, which prints nothing" "$wait" --color never 80
    refuses "--dry-run: goes with --kill or --force only" "$wait" --dry-run 80
    refuses "--interactive: goes with --kill or --force only" "$wait" --interactive 80
    refuses "--signal: goes with --kill or --force only" "$wait" --signal TERM 80
    refuses "1e3: --timeout takes seconds, 0 to 86400, such as 5 or 0.5" "$wait" --timeout 1e3 80
    refuses "0: a port is from 1 to 65535" "$wait" 0
  done
}

@test "a kill from a capture is a usage error: its pids may be reused" {
  refuses "--kill: does not go with --replay: the processes of a capture may be gone" \
    --replay "$FIXTURES/proc/both-families" --kill 3000
  refuses "--force: does not go with --replay: the processes of a capture may be gone" \
    --replay "$FIXTURES/proc/both-families" --force --dry-run 3000
}

# bats test_tags=unix
@test "a capture from a pipe is read once, by the collector given with --collector" {
  local pipe=$BATS_TEST_TMPDIR/pipe
  mkfifo "$pipe"
  refuses "--replay $pipe: needs --collector: what reads it can't be tried first" --replay "$pipe"
  cat "$FIXTURES/lsof/linux/lsof.txt" >"$pipe" 3>&- &
  capture_run pf --collector lsof --replay "$pipe" -tu
  gives 0 "$(<"$FIXTURES/lsof/linux/expected.txt")" ""
  wait $!
}

# What people paste, by a line of it, and what is said of it.
@test "a text that is no capture is named, with what to give instead" {
  lsof="lsof +c 0 -nP -iTCP -sTCP:LISTEN -F pcuLftPn"
  while IFS='|' read -r text told; do
    printf '%b\n' "$text" >"$BATS_TEST_TMPDIR/text"
    capture_run pf --replay "$BATS_TEST_TMPDIR/text"
    gives 2 "" "pf-collect-proc: $BATS_TEST_TMPDIR/text: $told
pf: pf-collect-proc: failed with exit status 2"
  done <<LIST
COMMAND PID USER FD TYPE DEVICE SIZE/OFF NODE NAME\\nnode 1 joe 18u IPv4 0x1 0t0 TCP *:hbci (LISTEN)|this is lsof's table; pf needs its fields: $lsof
CONTAINER ID   IMAGE   COMMAND   CREATED   STATUS   PORTS   NAMES|this is a list of containers; pf needs the sockets: sudo ss -ltnup
\\r\\nProtocol tcp Port Exclusion Ranges\\r\\n|this is a list of ports that Windows reserves; pf needs the sockets: netstat -ano
Proto Recv-Q Send-Q  Local Address  Foreign Address  (state)|this is BSD's netstat, which shows no processes; pf needs lsof's fields: $lsof
"node.exe","9396","Console","1","100,032 K"|this is a list of processes; pf needs the sockets: netstat -ano (tasklist.csv beside netstat.txt gives the names)
hello|no collector recognizes this text: see --replay in pf(1)
LIST
}

@test "a missing capture is an error, not an empty table" {
  cd "$BATS_TEST_TMPDIR"
  capture_run pf --replay nowhere --json
  # Collector and resolver run at the same time.
  equal "stderr" "$(sort <<<"$stderr")" "pf-collect-proc: nowhere/proc: No such file or directory
pf-resolve: nowhere: No such file or directory
pf: pf-collect-proc: failed with exit status 2
pf: pf-resolve: failed with exit status 2"
  equal "stdout" "$stdout" '{"listeners":[]}'
  equal "exit status" "$status" 2
}

@test "what is malformed in a capture is reported, and the rest is shown" {
  capture_run pf --replay "$FIXTURES/proc/last-line-cut"
  gives 2 "$(<"$FIXTURES/proc/last-line-cut/expected.txt")" \
    "pf-collect-proc: $FIXTURES/proc/last-line-cut/proc/net/tcp: line 4: uid: not a number
pf: pf-collect-proc: failed with exit status 2"
}

@test "a full disk is an error" {
  full() { "$@" >/dev/full; }
  capture_run full pf --replay "$FIXTURES/proc/both-families" 3000
  gives 2 "" "pf-render: standard output: No space left on device
pf: pf-render: failed with exit status 2"
  capture_run full pf --help
  gives 2 "" "pf: standard output: No space left on device"
}

# bats test_tags=bare
@test "a closed stdout is an error" {
  closed() { "$@" >&-; }
  capture_run closed pf --replay "$FIXTURES/proc/both-families" 3000
  gives 2 "" "pf-render: standard output: Bad file descriptor
pf: pf-render: failed with exit status 2"
}

@test "a closed stdin doesn't matter" {
  closed() { "$@" <&-; }
  capture_run closed pf --replay "$FIXTURES/proc/both-families" 3000
  gives 0 "$table" ""
}

@test "a reader that stops early is not an error" {
  large_capture "$BATS_TEST_TMPDIR/capture" 5000 0
  first_line() (
    set -o pipefail
    pf --replay "$BATS_TEST_TMPDIR/capture" | head -n 1
  )
  capture_run first_line
  gives 0 "PORT   PID   COMMAND  USER      ADDRESS" ""
}

# bats test_tags=unix
@test "pf NAME runs the program pf-NAME with its arguments and its exit status" {
  capture_run pf collect-proc --replay "$FIXTURES/proc/both-families" 9
  gives 1 "" ""
  capture_run pf render --no-header <<<"$line"
  gives 0 "80  -  a  b  192.0.2.1" ""
  script "$BATS_TEST_TMPDIR/plugins/pf-hello" <<'SCRIPT'
printf '<%s>' "${0##*/}" "$@"
cat
echo warned >&2
exit 7
SCRIPT
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  capture_run pf hello --json 'a b' '' -- <<<" input"
  gives 7 "<pf-hello><--json><a b><><--> input" "warned"
}

# bats test_tags=unix
@test "a program killed by a signal is not mistaken for one that succeeded" {
  script "$BATS_TEST_TMPDIR/plugins/pf-hello" <<<'kill -s TERM $$'
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  capture_run pf hello
  gives 143 "" ""
}

# bats test_tags=unix
@test "pf NAME prefers the program in pf's own directory" {
  installed
  script "$bin/pf-hello" <<<'echo beside'
  script "$BATS_TEST_TMPDIR/plugins/pf-hello" <<<'echo on PATH'
  PATH=$BATS_TEST_TMPDIR/plugins:$PATH
  capture_run "$bin/pf" hello
  gives 0 "beside" ""
  rm "$bin/pf-hello"
  capture_run "$bin/pf" hello
  gives 0 "on PATH" ""
}

# bats test_tags=unix
@test "pf's own directory is that of its file, not that of a link to it" {
  installed
  mkdir "$BATS_TEST_TMPDIR/links"
  ln -s "$bin/pf" "$BATS_TEST_TMPDIR/links/pf"
  script "$BATS_TEST_TMPDIR/links/pf-render" <<<'echo the wrong one'
  capture_run "$BATS_TEST_TMPDIR/links/pf" --replay "$FIXTURES/proc/both-families" 3000
  gives 0 "$table" ""
}

# bats test_tags=unix
@test "a program in the current directory is never run, even if PATH contains it" {
  mkdir "$BATS_TEST_TMPDIR/here"
  cd "$BATS_TEST_TMPDIR/here"
  script "$PWD/pf-evil" <<<'echo evil'
  script "$PWD/pf-collect-evil" <<<'echo evil'
  script "$PWD/below/pf-evil" <<<'echo evil'
  local real=$PATH
  for path in "$real" ".:$real" ":$real" "$real:" "$real::$real" "$real:." "./:below:../here:$real"; do
    PATH=$path
    refuses "evil: not a port number, and there is no pf-evil command" evil
    capture_run pf --collector evil
    gives 2 "" \
      "pf: pf-collect-evil: not found beside pf or on PATH: is pf fully installed?"
  done
}

# bats test_tags=unix
@test "the name of a missing program is reported" {
  refuses "nosuch: not a port number, and there is no pf-nosuch command" nosuch 80
  mkdir -p "$BATS_TEST_TMPDIR/plugins/pf-directory"
  echo 'not executable' >"$BATS_TEST_TMPDIR/plugins/pf-text"
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  refuses "directory: not a port number, and there is no pf-directory command" directory
  refuses "text: not a port number, and there is no pf-text command" text
}

# bats test_tags=unix
@test "a name too long for a file runs no other program" {
  local name
  name=$(printf 'a%.0s' {1..252})
  script "$BATS_TEST_TMPDIR/plugins/pf-$name" <<<'echo long'
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  capture_run pf "$name"
  gives 0 long ""
  refuses "${name:0:200}…: not a port number, and there is no pf-${name:0:200} command" "${name}b"
}

# bats test_tags=unix
@test "a custom collector on PATH is used, with the requested protocols and ports" {
  script "$BATS_TEST_TMPDIR/plugins/pf-collect-mine" <<SCRIPT
echo "\$@" >'$BATS_TEST_TMPDIR/arguments'
echo '$line'
SCRIPT
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  capture_run pf --collector mine -tu 80 443-450
  gives 0 "$line_table" ""
  equal "arguments" "$(<"$BATS_TEST_TMPDIR/arguments")" "--tcp --udp -- 80 443-450"
}

# bats test_tags=unix
@test "if a collector ignores the request, nothing else is shown or killed" {
  script "$BATS_TEST_TMPDIR/plugins/pf-collect-mine" <<SCRIPT
echo '${line/\"port\":80/\"port\":8042}'
echo '${line/tcp/udp}'
SCRIPT
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  local udp="pf: port 80: nothing listens on TCP, but a hidden process holds it on UDP: use -u"
  capture_run pf --collector mine 80
  gives 1 "" "$udp"
  capture_run pf --collector mine --kill --dry-run 80
  gives 1 "" "$udp"
}

# looker FILE: makes the script on stdin a collector, in which $look counts its runs.
looker() {
  script "$1" <<SCRIPT
echo "\$@" >>'$BATS_TEST_TMPDIR/looks'
look=\$(wc -l <'$BATS_TEST_TMPDIR/looks')
$(cat)
SCRIPT
}

# looked ARGUMENTS...: the looker's arguments, one for each run.
looked() {
  equal "looks" "$(<"$BATS_TEST_TMPDIR/looks")" "$(printf '%s\n' "$@")"
}

# bats test_tags=unix
@test "--wait looks until the collector finds nothing" {
  looker "$BATS_TEST_TMPDIR/plugins/pf-collect-mine" <<SCRIPT
[ "\$look" -ge 4 ] && exit 1
echo "hint \$look" >&2
echo '$line'
SCRIPT
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  capture_run pf --wait --collector mine -tu 80 443-450
  gives 0 "" "hint 1"
  local arguments="--tcp --udp -- 80 443-450"
  looked "$arguments" "$arguments" "$arguments" "$arguments"
}

# bats test_tags=unix
@test "--until-listening looks until the collector finds everything" {
  looker "$BATS_TEST_TMPDIR/plugins/pf-collect-mine" <<SCRIPT
echo "hint \$look" >&2
[ "\$look" -ge 2 ] || exit 1
echo '$line'
[ "\$look" -lt 4 ] || echo '${line/\"port\":80/\"port\":447}'
SCRIPT
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  capture_run pf --until-listening --collector mine 80 443-450,447
  gives 0 "" "hint 1"
  looked "-- 80 443-450,447" "-- 80 443-450,447" "-- 80 443-450,447" "-- 80 443-450,447"
}

# bats test_tags=unix
@test "--wait --timeout 0 looks once" {
  looker "$BATS_TEST_TMPDIR/plugins/pf-collect-mine" <<<"echo '$line'"
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  capture_run pf --wait --timeout 0 --collector mine 80
  gives 1 "" "pf: port 80: still held by a hidden process"
  looked "-- 80"
}

# bats test_tags=unix
@test "a wait whose first look fails is an error, whatever it found" {
  looker "$BATS_TEST_TMPDIR/plugins/pf-collect-mine" <<<"echo why >&2; exit 2"
  looker "$BATS_TEST_TMPDIR/plugins/pf-collect-part" <<<"echo '$line'; exit 2"
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  capture_run pf --wait --collector mine 80
  gives 2 "" "why
pf: pf-collect-mine: failed with exit status 2"
  capture_run pf --until-listening --collector part 80
  gives 2 "" "pf: pf-collect-part: failed with exit status 2"
  capture_run pf --wait --collector nosuch 80
  gives 2 "" \
    "pf: pf-collect-nosuch: not found beside pf or on PATH: is pf fully installed?"
  looked "-- 80" "-- 80"
}

# bats test_tags=unix
@test "a wait whose later look fails is an error: who holds the port is then unknown" {
  looker "$BATS_TEST_TMPDIR/plugins/pf-collect-mine" <<SCRIPT
echo '$line'
[ "\$look" -lt 3 ] || exit 3
SCRIPT
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  capture_run pf --wait --collector mine 80
  gives 2 "" "pf: pf-collect-mine: failed with exit status 3
pf: looking again failed: list the ports to see why"
  looked "-- 80" "-- 80" "-- 80"
}

# bats test_tags=unix
@test "--wait needs no event from the kernel: a socket may outlive its listening" {
  replaced pf-collect-proc <<SCRIPT
echo look >>'$BATS_TEST_TMPDIR/looks'
[ "\$(wc -l <'$BATS_TEST_TMPDIR/looks')" = 1 ] && echo '$line'
SCRIPT
  capture_run "$bin/pf" --wait --collector proc 80
  gives 0 "" ""
  looked look look
}

# bats test_tags=unix
@test "a wait keeps the first collector that works, and reports once that a better one failed" {
  [ "$(uname -s)" = Linux ] || skip "another collector is the best"
  replaced pf-collect-proc <<<'exit 2'
  rm "$bin/pf-collect-lsof"
  looker "$bin/pf-collect-lsof" <<SCRIPT
[ "\$look" = 3 ] && exit 1
[ "\$1" = --probe ] || echo '$line'
SCRIPT
  capture_run "$bin/pf" --wait 80
  gives 0 "" "pf: pf-collect-proc: failed with exit status 2"
  looked --probe "-- 80" "-- 80"
}

# bats test_tags=unix
@test "a custom collector's own keys reach the JSON" {
  script "$BATS_TEST_TMPDIR/plugins/pf-collect-mine" <<SCRIPT
echo '${line%\}},"container":{"id":"c0ffee","load":0.10}}'
SCRIPT
  PATH=$PATH:$BATS_TEST_TMPDIR/plugins
  capture_run pf --collector mine --json
  gives 0 "{\"listeners\":[${line%\}},\"container\":{\"id\":\"c0ffee\",\"load\":0.10}}]}" ""
}

@test "a missing collector is an error, not an empty table" {
  capture_run pf --collector nosuch
  gives 2 "" \
    "pf: pf-collect-nosuch: not found beside pf or on PATH: is pf fully installed?"
  capture_run pf --collector nosuch --json
  gives 2 '{"listeners":[]}' \
    "pf: pf-collect-nosuch: not found beside pf or on PATH: is pf fully installed?"
}

# bats test_tags=unix
@test "a missing stage is named" {
  installed
  rm "$bin/pf-collect-proc"
  show
  gives 2 "" "pf: pf-collect-proc: not found beside pf or on PATH: is pf fully installed?"
  copy_programs "$bin" pf-collect-proc
  rm "$bin/pf-resolve"
  show
  gives 2 "" "pf: pf-resolve: not found beside pf or on PATH: is pf fully installed?"
  copy_programs "$bin" pf-resolve
  rm "$bin/pf-render"
  show
  gives 2 "" "pf: pf-render: not found beside pf or on PATH: is pf fully installed?"
}

# bats test_tags=unix,bare
@test "a stage that can't be started is named" {
  installed
  printf 'no program at all' >"$bin/pf-resolve"
  show
  gives 2 "" "pf: $bin/pf-resolve: failed to start: Exec format error"
}

# bats test_tags=unix
@test "a collector that fails is named, and its lines are shown" {
  replaced pf-collect-proc <<'SCRIPT'
"$PF_BIN/pf-collect-proc" "$@"
exit 3
SCRIPT
  show
  gives 2 "$table" "pf: pf-collect-proc: failed with exit status 3"
}

# bats test_tags=unix
@test "a collector that dies is named, and its lines are shown" {
  replaced pf-collect-proc <<'SCRIPT'
"$PF_BIN/pf-collect-proc" "$@"
kill -s KILL $$
SCRIPT
  show
  gives 2 "$table" "pf: pf-collect-proc: died of SIGKILL"
}

# bats test_tags=unix
@test "a collector that stops in mid-line is reported, and its complete lines are shown" {
  replaced pf-collect-proc <<'SCRIPT'
"$PF_BIN/pf-collect-proc" "$@"
printf '{"proto":"tcp","fam'
SCRIPT
  show
  gives 2 "$table" \
    "pf-resolve: line 3: not JSON: premature end of input near '\"fam' (column 19)
pf: pf-resolve: failed with exit status 2"
}

# bats test_tags=unix
@test "a resolver that fails is named, and its lines are shown" {
  replaced pf-resolve <<'SCRIPT'
"$PF_BIN/pf-resolve" "$@"
exit 3
SCRIPT
  show
  gives 2 "$table" "pf: pf-resolve: failed with exit status 3"
}

# bats test_tags=unix
@test "a resolver that dies is named, and its lines are shown" {
  replaced pf-resolve <<'SCRIPT'
"$PF_BIN/pf-resolve" "$@"
kill -s TERM $$
SCRIPT
  show
  gives 2 "$table" "pf: pf-resolve: died of SIGTERM"
}

# bats test_tags=unix
@test "a resolver that dies immediately is named, and the collector is not blamed" {
  replaced pf-resolve <<'SCRIPT'
kill -s ABRT $$
SCRIPT
  show
  gives 2 "" "pf: pf-resolve: died of SIGABRT"
}

# bats test_tags=unix
@test "a resolver that stops in mid-line is reported, and its complete lines are shown" {
  replaced pf-resolve <<'SCRIPT'
"$PF_BIN/pf-resolve" "$@"
printf '{'
SCRIPT
  show
  gives 2 "$table" \
    "pf-render: line 3: not JSON: string or '}' expected near end of file (column 1)
pf: pf-render: failed with exit status 2"
}

# bats test_tags=unix
@test "a renderer that fails or dies is named" {
  replaced pf-render <<'SCRIPT'
"$PF_BIN/pf-render" "$@"
exit 3
SCRIPT
  show
  gives 2 "$table" "pf: pf-render: failed with exit status 3"
  script "$bin/pf-render" <<<'kill -s TERM $$'
  show
  gives 2 "" "pf: pf-render: died of SIGTERM"
}

# bats test_tags=unix
@test "all stages that fail are named, not only the last one" {
  replaced pf-collect-proc <<<'exit 4'
  rm "$bin/pf-resolve" "$bin/pf-render"
  script "$bin/pf-resolve" <<<'exit 5'
  script "$bin/pf-render" <<<'exit 6'
  show
  equal "stderr" "$(sort <<<"$stderr")" "pf: pf-collect-proc: failed with exit status 4
pf: pf-render: failed with exit status 6
pf: pf-resolve: failed with exit status 5"
  equal "exit status" "$status" 2
}

# bats test_tags=unix
@test "a stage that wrongly reports finding nothing is named" {
  replaced pf-collect-proc <<'SCRIPT'
"$PF_BIN/pf-collect-proc" "$@"
exit 1
SCRIPT
  show
  gives 2 "$table" "pf: pf-collect-proc: exit status 1 means nothing was found, yet it wrote lines: was it killed?"
  copy_programs "$bin" pf-collect-proc
  script "$bin/pf-resolve" <<<'cat >/dev/null; exit 1'
  show
  gives 2 "" "pf: pf-resolve: exit status 1 means it read nothing of what pf-collect-proc found: was it killed?"
  copy_programs "$bin" pf-resolve
  script "$bin/pf-render" <<<'cat >/dev/null; exit 1'
  show
  gives 2 "" "pf: pf-render: exit status 1 means there was nothing to show, but there was: was it killed?"
}

# bats test_tags=unix
@test "a failed listing is never passed to pf-kill" {
  replaced pf-collect-proc <<SCRIPT
echo '$line'
exit 3
SCRIPT
  rm "$bin/pf-kill"
  script "$bin/pf-kill" <<<'echo killed'
  capture_run "$bin/pf" --kill 80
  gives 2 "$line_table" "pf: pf-collect-proc: failed with exit status 3
pf: nothing was killed: the list is incomplete"
}

# bats test_tags=unix,bare
@test "no stage inherits another's descriptors" {
  installed
  rm "$bin/pf-collect-proc" "$bin/pf-resolve" "$bin/pf-render"
  for stage in pf-collect-proc pf-resolve pf-render; do
    # The highest one is ls's own, for reading the directory.
    script "$bin/$stage" <<'SCRIPT'
ls /proc/self/fd >"$SEEN/${0##*/}"
exec "$PF_BIN/${0##*/}" "$@"
SCRIPT
  done
  # pf gets only the standard ones of the test's descriptors.
  alone() (
    for link in /proc/self/fd/*; do
      fd=${link##*/}
      case $fd in
        [3-9] | [1-9][0-9]*) exec {fd}>&- ;;
      esac
    done
    exec "$@"
  )
  export SEEN=$BATS_TEST_TMPDIR
  capture_run alone "$bin/pf" --replay "$FIXTURES/proc/both-families" 3000
  gives 0 "$table" ""
  for stage in pf-collect-proc pf-resolve pf-render; do
    equal "descriptors of $stage" "$(xargs <"$SEEN/$stage")" "0 1 2 3"
  done
}

# bats test_tags=unix
@test "stages and custom programs get default SIGPIPE and SIGXFSZ, which pf ignores" {
  replaced pf-collect-proc <<'SCRIPT'
for signal in PIPE XFSZ; do
  sh -c 'kill -s "$0" $$' "$signal" 2>&-
  echo "$signal $?"
done >"$SEEN/status"
exec "$PF_BIN/pf-collect-proc" "$@"
SCRIPT
  export SEEN=$BATS_TEST_TMPDIR
  show
  gives 0 "$table" ""
  equal "exit statuses of what these end" "$(<"$SEEN/status")" "PIPE 141
XFSZ 153"
  rm "$SEEN/status"
  capture_run "$bin/pf" collect-proc --replay "$FIXTURES/proc/prefork"
  equal "exit statuses of what these end" "$(<"$SEEN/status")" "PIPE 141
XFSZ 153"
}

@test "options may come after ports, with POSIXLY_CORRECT too" {
  capture_run pf 3000 --replay "$FIXTURES/proc/both-families" --no-header
  local expected=$stdout
  equal "exit status" "$status" 0
  POSIXLY_CORRECT=1 capture_run pf 3000 --replay "$FIXTURES/proc/both-families" --no-header
  gives 0 "$expected" ""
  POSIXLY_CORRECT=1 capture_run pf-collect-proc 3000 --replay "$FIXTURES/proc/both-families"
  equal "exit status" "$status" 0
  POSIXLY_CORRECT=1 capture_run pf-resolve x --help
  equal "exit status" "$status" 0
  capture_run pf -- 3000 --no-header
  gives 2 "" "pf: --no-header: a port is missing (see pf --help)"
}

@test "pf kill PORT is --kill, pf help is --help, and -9 is told what it is" {
  local table
  table=$(pf --replay "$FIXTURES/proc/both-families" 3000)
  capture_run pf kill --replay "$FIXTURES/proc/both-families" 3000
  gives 2 "" "pf: --kill: does not go with --replay: the processes of a capture may be gone (see pf --help)"
  capture_run pf kill --timeout 5 </dev/null
  equal "status of pf-kill without a line" "$status" 1
  capture_run pf help
  gives 0 "$(pf --help)" ""
  capture_run pf -9 3000
  gives 2 "" "pf: -9: not an option: --force sends SIGKILL, --signal NAME another signal (see pf --help)"
  capture_run pf -w --replay "$FIXTURES/why/user-unit"
  gives 0 "$(pf --wide --replay "$FIXTURES/why/user-unit")" ""
  capture_run pf -j --replay "$FIXTURES/proc/both-families" 3000
  gives 0 "$(pf --json --replay "$FIXTURES/proc/both-families" 3000)" ""
}

@test "a port is listed as it is pasted, and an address narrows the list" {
  local capture=$FIXTURES/proc/loopback port all
  all=$(pf --no-header --replay "$capture")
  port=$(awk '$NF == "127.0.0.1" { print $1; exit }' <<<"$all")
  for argument in "localhost:$port" "http://localhost:$port/x" "$port/tcp" "*:$port" "[::]:$port"; do
    capture_run pf --no-header --replay "$capture" "$argument"
    equal "status of $argument" "$status" 0
    [[ $stdout = "$port "* ]]
  done
  capture_run pf --no-header --replay "$capture" "127.0.0.1:$port"
  equal "addresses" "$(awk '{print $NF}' <<<"$stdout" | sort -u)" \
    "$(awk -v p="$port" '$1 == p && ($NF == "127.0.0.1" || $NF == "[::ffff:127.0.0.1]") {print $NF}' <<<"$all" | sort -u)"
  capture_run pf --replay "$capture" "192.0.2.1:$port"
  gives 1 "" ""
  capture_run pf "web:$port"
  gives 2 "" "pf: web:$port: not a numeric address: give one, or the port alone (see pf --help)"
}
