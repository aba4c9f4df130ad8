#!/usr/bin/env bats
# pf-render, with streams.

load ../helpers/common

# line PORT [JQ-FILTER]: a line of the stream, changed by the filter.
line() {
  printf '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":%s,"pid":1,"uid":0,"command":"node","user":"root"}\n' "$1" |
    if [ $# -eq 1 ]; then cat; else jq -c "$2"; fi
}

# six ADDRESS: a filter that makes the line one of IPv6.
six() {
  printf '.family = "ipv6" | .address = "%s"' "$1"
}

# refuses [LINE WHY]...: malformed lines are reported; the good ones around them are shown.
refuses() {
  local messages=() count=1
  line 443 >"$BATS_TEST_TMPDIR/in"
  while [ $# -gt 0 ]; do
    printf '%s\n' "$1" >>"$BATS_TEST_TMPDIR/in"
    count=$((count + 1))
    messages+=("pf-render: line $count: $2")
    shift 2
  done
  line 80 >>"$BATS_TEST_TMPDIR/in"
  capture_run pf-render <"$BATS_TEST_TMPDIR/in"
  gives 2 "PORT  PID  COMMAND  USER  ADDRESS
80    1    node     root  0.0.0.0
443   1    node     root  0.0.0.0" "$(printf '%s\n' "${messages[@]}")"
}

@test "--help goes to stdout and succeeds" {
  for option in -h --help; do
    capture_run pf-render "$option"
    equal "first lines" "$(head -n 2 <<<"$stdout")" \
      "Usage: pf-render [--json | --ndjson | --why] [--wide] [--no-header]
                 [--color WHEN]"
    equal "stderr" "$stderr" ""
    equal "exit status" "$status" 0
  done
}

@test "--version is one line" {
  for option in -V --version; do
    capture_run pf-render "$option"
    gives 0 "pf-render 0.1.0" ""
  done
}

@test "a usage error is reported, and nothing is shown" {
  while IFS='|' read -r arguments message; do
    # shellcheck disable=SC2086 # several arguments
    capture_run pf-render $arguments < <(line 80)
    gives 2 "" "pf-render: $message (see pf-render --help)"
  done <<'LIST'
3000|3000: pf-render takes no arguments
--replay|--replay: no such option
-t|-t: no such option
--color|--color: needs a value
--color blue|blue: --color takes auto, always or never
--color=|: --color takes auto, always or never
--json=1|--json=1: takes no value
--json --ndjson|--json: does not go with --ndjson
--ndjson --json|--json: does not go with --ndjson
--wide=1|--wide=1: takes no value
--why --wide|--why: does not go with --wide
--json --why|--why: does not go with --json
--why --ndjson|--why: does not go with --ndjson
--no-header --why|--why: does not go with --no-header
LIST
}

@test "the table is sorted by port, protocol, family, address and pid" {
  stream() {
    line 8080
    line 80 '.proto = "udp"'
    line 80 "$(six ::1)"
    line 80 "$(six ::)"
    line 80 '.address = "127.0.0.1"'
    line 80 '.address = "9.0.0.1"'
    line 80 '.pid = 10'
    line 80 '.pid = 9'
    line 80 '.pid = null'
    line 443
  }
  capture_run pf-render < <(stream)
  gives 0 "PORT  PROTO  PID  COMMAND  USER  ADDRESS
80    tcp    -    node     root  0.0.0.0
80    tcp    9    node     root  0.0.0.0
80    tcp    10   node     root  0.0.0.0
80    tcp    1    node     root  9.0.0.1
80    tcp    1    node     root  127.0.0.1
80    tcp    1    node     root  [::]
80    tcp    1    node     root  [::1]
80    udp    1    node     root  0.0.0.0
443   tcp    1    node     root  0.0.0.0
8080  tcp    1    node     root  0.0.0.0" ""
}

@test "an unknown value is a dash, and an empty name is \"\"" {
  stream() {
    line 80 '.pid = null | .command = null'
    line 81 '.user = null'
    line 82 '.command = "" | .user = ""'
    line 83 '.pid = 0'
  }
  capture_run pf-render < <(stream)
  gives 0 'PORT  PID  COMMAND  USER  ADDRESS
80    -    -        root  0.0.0.0
81    1    node     -     0.0.0.0
82    1    ""       ""    0.0.0.0
83    0    node     root  0.0.0.0' ""
}

@test "the USER column is left out if no row has a user" {
  capture_run pf-render < <(line 80 '.user = null' && line 81 '.user = null')
  gives 0 "PORT  PID  COMMAND  ADDRESS
80    1    node     0.0.0.0
81    1    node     0.0.0.0" ""
}

@test "the PROTO column is shown if a row isn't TCP" {
  capture_run pf-render < <(line 80 '.proto = "udp"')
  gives 0 "PORT  PROTO  PID  COMMAND  USER  ADDRESS
80    udp    1    node     root  0.0.0.0" ""
}

@test "an IPv6 address is in brackets, including its zone" {
  stream() {
    line 80 "$(six ::)"
    line 81 "$(six ::ffff:127.0.0.1)"
    line 82 "$(six fe80::1%eth0)"
    line 83 "$(six 2001:DB8:0:0::1)"
  }
  capture_run pf-render < <(stream)
  gives 0 "PORT  PID  COMMAND  USER  ADDRESS
80    1    node     root  [::]
81    1    node     root  [::ffff:127.0.0.1]
82    1    node     root  [fe80::1%eth0]
83    1    node     root  [2001:db8::1]" ""
}

@test "--no-header omits the headings, and their widths don't count" {
  capture_run pf-render --no-header < <(line 80 '.command = "a"' && line 8000 '.command = "b"')
  gives 0 "80    1  a  root  0.0.0.0
8000  1  b  root  0.0.0.0" ""
}

@test "columns are aligned with wide, narrow and combining characters" {
  stream() {
    line 80 '.command = "日本語"'
    line 81 '.command = "e\u0301a"'
    line 82 '.command = "été"'
    line 83 '.command = "node"'
  }
  local combined=$'e\xcc\x81a'
  capture_run pf-render --no-header < <(stream)
  gives 0 "80  1  日本語  root  0.0.0.0
81  1  $combined      root  0.0.0.0
82  1  été     root  0.0.0.0
83  1  node    root  0.0.0.0" ""
}

@test "a name can't control the terminal or disguise itself" {
  stream() {
    line 80 '.command = "\u001b]0;pwned\u0007"'
    line 81 '.command = "a\n80  1  forged  root  0.0.0.0"'
    line 82 '.command = "\u009b2J\u007f\u0000"'
    line 83 '.command = "\u202etxt.exe\u200b"'
    line 84 '.user = "r\toot\r"'
    line 85 "$(six 'fe80::1%\u001b[2J')"
  }
  capture_run pf-render < <(stream)
  gives 0 'PORT  PID  COMMAND                            USER          ADDRESS
80    1    \x1b]0;pwned\x07                   root          0.0.0.0
81    1    a\x0a80  1  forged  root  0.0.0.0  root          0.0.0.0
82    1    \xc2\x9b2J\x7f\x00                 root          0.0.0.0
83    1    \xe2\x80\xaetxt.exe\xe2\x80\x8b    root          0.0.0.0
84    1    node                               r\x09oot\x0d  0.0.0.0
85    1    node                               root          [fe80::1%\x1b[2J]' ""
}

@test "--json prints one object with all lines, sorted, and their keys unchanged" {
  stream() {
    echo '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":443,"pid":1,"uid":0,"command":"a","user":"b","x":0.10}'
    echo '{ "x":[1E5,{}] , "proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":1,"pid_start":9007199254740991,"uid":0,"command":null,"user":null }'
  }
  printf '%s\n' '{"listeners":[{ "x":[1E5,{}] , "proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":1,"pid_start":9007199254740991,"uid":0,"command":null,"user":null },{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":443,"pid":1,"uid":0,"command":"a","user":"b","x":0.10}]}' \
    >"$BATS_TEST_TMPDIR/expected"
  capture_run pf-render --json < <(stream)
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  same "stdout" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/expected"
}

@test "--ndjson prints the lines, sorted, and their keys unchanged" {
  stream() {
    echo '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":443,"pid":1,"uid":0,"command":"a","user":"b","x":0.10}'
    echo '{ "x":[1E5,{}] , "proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":1,"uid":0,"command":null,"user":null }'
  }
  capture_run pf-render --ndjson < <(stream)
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  same "stdout" "$BATS_TEST_TMPDIR/stdout" <(stream | sort)
}

# shop PORT [JQ-FILTER]: a line with details, changed by the filter.
shop() {
  line "$1" '.pid = 12345 | .cmdline = ["node", "server.js", "--title", "the shop"]
    | .exe = "/usr/bin/node" | .cwd = "/srv/shop" | .uptime = 183600
    | .ancestors = [{pid: 900, command: "tmux"}, {pid: 1, command: "systemd"}]
    | .unit = {name: "shop.service", manager: "user"}
    | .remedy = {verdict: "stop", command: "systemctl --user stop shop.service",
        why: "otherwise systemd restarts it"}'" | ${2:-.}"
}

@test "--wide adds the details, and leaves out columns that no row has" {
  capture_run pf-render --wide < <(shop 3000 && line 80)
  gives 0 "PORT  PID    COMMAND  USER  ADDRESS  UPTIME   UNIT                 DIRECTORY  COMMAND LINE
80    1      node     root  0.0.0.0  -        -                    -          -
3000  12345  node     root  0.0.0.0  2 d 3 h  shop.service (user)  /srv/shop  node server.js --title 'the shop'" ""
  capture_run pf-render --wide --no-header --color always < <(line 80 '.container = {runtime: "lxc", name: "web"}')
  gives 0 "80  1  node  root  0.0.0.0  -  web (lxc)  -" ""
}

@test "--wide changes nothing in JSON" {
  for option in --json --ndjson; do
    shop 80 >"$BATS_TEST_TMPDIR/in"
    pf-render "$option" <"$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/expected"
    capture_run pf-render --wide "$option" <"$BATS_TEST_TMPDIR/in"
    equal "stderr" "$stderr" ""
    equal "exit status" "$status" 0
    same "stdout" "$BATS_TEST_TMPDIR/stdout" "$BATS_TEST_TMPDIR/expected"
  done
}

@test "--why explains once per process why it runs, and how to free its ports" {
  local end="  runs        node server.js --title 'the shop'
  in          /srv/shop
  unit        shop.service (the user's)
  started by  systemd (1) › tmux (900) › node (12345)
  to free it  systemctl --user stop shop.service
              otherwise systemd restarts it"
  capture_run pf-render --why < <(shop 3000 "$(six ::)" && shop 3000 && line 3000 && shop 53 '.proto = "udp"')
  gives 0 "0.0.0.0:53/udp, 0.0.0.0:3000, [::]:3000 · node (12345), root, up 2 d 3 h
$end

0.0.0.0:3000 · node (1), root
  to free it  can't tell: its line has no remedy, which pf-resolve --details adds while the process runs" ""
  capture_run pf-render --why --color always < <(shop 3000)
  gives 0 $'\e[1m0.0.0.0:3000 · node (12345), root, up 2 d 3 h\e[0m\n'"$end" ""
}

# bats test_tags=unix
@test "--why abbreviates this user's home directory as ~, and no other" {
  directories() { pf-render --why | sed -n 's/^  in  *//p'; }
  stream() {
    shop 1 '.pid = 1 | .cwd = "/home/alice"'
    shop 2 '.pid = 2 | .cwd = "/home/alice/src"'
    shop 3 '.pid = 3 | .cwd = "/home/alice2"'
  }
  HOME=/home/alice capture_run directories < <(stream)
  gives 0 "~
~/src
/home/alice2" ""
  HOME=/ capture_run directories < <(stream)
  gives 0 "/home/alice
/home/alice/src
/home/alice2" ""
}

@test "--why says what would show a hidden holder" {
  line 80 '.pid = null | .command = null' >"$BATS_TEST_TMPDIR/in"
  capture_run pf-render --why <"$BATS_TEST_TMPDIR/in"
  equal "exit status" "$status" 0
  equal "stderr" "$stderr" ""
  equal "all but the help" "${stdout%%hidden: *}" "0.0.0.0:80 · hidden holder, user root
  to free it  can't tell: the holder is "
}

@test "a detail with an invalid value is reported, and its line is shown without details" {
  stream() {
    shop 80 '.uptime = -1'
    shop 81 '.remedy.verdict = "wait" | .pid = 2'
    shop 82 '.pid = 3 | del(.unit, .ancestors, .cwd)'
  }
  local complaint="pf-render: line 1: \"uptime\" is -1: it must be an integer from 0 to 9223372036854775807, or absent
pf-render: line 2: \"remedy.verdict\" is \"wait\": it must be \"kill\", \"stop\" or \"unknown\""
  capture_run pf-render --wide < <(stream)
  gives 2 "PORT  PID    COMMAND  USER  ADDRESS  UPTIME   COMMAND LINE
80    12345  node     root  0.0.0.0  -        -
81    2      node     root  0.0.0.0  -        -
82    3      node     root  0.0.0.0  2 d 3 h  node server.js --title 'the shop'" "$complaint"
  capture_run pf-render --why < <(stream)
  gives 2 "0.0.0.0:80 · node (12345), root
  to free it  can't tell: a key of its line has a wrong value

0.0.0.0:81 · node (2), root
  to free it  can't tell: a key of its line has a wrong value

0.0.0.0:82 · node (3), root, up 2 d 3 h
  runs        node server.js --title 'the shop'
  to free it  systemctl --user stop shop.service
              otherwise systemd restarts it" "$complaint"
  capture_run pf-render < <(stream)
  gives 0 "PORT  PID    COMMAND  USER  ADDRESS
80    12345  node     root  0.0.0.0
81    2      node     root  0.0.0.0
82    3      node     root  0.0.0.0" ""
}

@test "a process's details come from its first line with valid ones" {
  capture_run pf-render --why < <(shop 80 '.uptime = ""' && shop 81 'del(.cwd, .unit, .ancestors)')
  gives 2 "0.0.0.0:80, 0.0.0.0:81 · node (12345), root, up 2 d 3 h
  runs        node server.js --title 'the shop'
  to free it  systemctl --user stop shop.service
              otherwise systemd restarts it" \
    'pf-render: line 1: "uptime" is "": it must be an integer from 0 to 9223372036854775807, or absent'
}

@test "JSON on a terminal can't control it" {
  # Unescaped, as JSON allows: DEL, a C1 control, a right-to-left override.
  local raw
  raw=$(printf '\177\302\2332J\342\200\256')
  capture_run pf-render --ndjson <<<"$(line 80 '.command = "X"' | sed "s/X/$raw/")"
  gives 0 "$(line 80 '.command = "X"' | sed 's/X/\\u007f\\u009b2J\\u202e/')" ""
  equal "command" "$(jq -r .command <<<"$stdout")" "$raw"
}

@test "with nothing to show: no table, an empty list, no lines, and exit status 1" {
  capture_run pf-render </dev/null
  gives 1 "" ""
  capture_run pf-render --color always </dev/null
  gives 1 "" ""
  capture_run pf-render --json </dev/null
  gives 1 '{"listeners":[]}' ""
  capture_run pf-render --ndjson </dev/null
  gives 1 "" ""
  capture_run pf-render --wide </dev/null
  gives 1 "" ""
  capture_run pf-render --why --color always </dev/null
  gives 1 "" ""
  same "stdout" "$BATS_TEST_TMPDIR/stdout" /dev/null
}

@test "a file gets no colors unless asked for" {
  local table="PORT  PID  COMMAND  USER  ADDRESS
80    1    node     root  0.0.0.0"
  for arguments in '' '--color auto' '--color never' '--color=never'; do
    # shellcheck disable=SC2086 # several arguments
    capture_run pf-render $arguments < <(line 80)
    gives 0 "$table" ""
  done
  capture_run pf-render --color always < <(line 80)
  gives 0 $'\e[1mPORT  PID  COMMAND  USER  ADDRESS\e[0m\n'"80    1    node     root  0.0.0.0" ""
  capture_run pf-render --color always --no-header < <(line 80)
  gives 0 "80  1  node  root  0.0.0.0" ""
  capture_run pf-render --color always --json < <(line 80)
  gives 0 "{\"listeners\":[$(line 80)]}" ""
}

# on_terminal COMMAND: its output, with a terminal as stdout.
on_terminal() {
  script --quiet --return --command "$1" /dev/null </dev/null | tr -d '\r'
}

# bats test_tags=unix
@test "a terminal gets colors, unless NO_COLOR is set or it is dumb" {
  need_terminals
  script --version | grep -q util-linux || skip "script is not util-linux's"
  line 80 >"$BATS_TEST_TMPDIR/in"
  local show="pf-render <'$BATS_TEST_TMPDIR/in'" plain="PORT  PID  COMMAND  USER  ADDRESS"
  local bold=$'\e[1m'$plain$'\e[0m'
  unset NO_COLOR
  export TERM=xterm
  equal "colors" "$(on_terminal "$show" | head -n 1)" "$bold"
  equal "never" "$(on_terminal "pf-render --color never <'$BATS_TEST_TMPDIR/in'" | head -n 1)" "$plain"
  equal "NO_COLOR" "$(NO_COLOR=1 on_terminal "$show" | head -n 1)" "$plain"
  equal "empty NO_COLOR" "$(NO_COLOR='' on_terminal "$show" | head -n 1)" "$bold"
  equal "dumb" "$(TERM=dumb on_terminal "$show" | head -n 1)" "$plain"
}

# bats test_tags=unix
@test "--wide is cut to the terminal's width, and not cut elsewhere" {
  need_terminals
  script --version | grep -q util-linux || skip "script is not util-linux's"
  shop 3000 '.cmdline[3] = "日本語" | .uptime = 5' >"$BATS_TEST_TMPDIR/in"
  local render="pf-render --color never --wide <'$BATS_TEST_TMPDIR/in'"
  local heading="PORT  PID    COMMAND  USER  ADDRESS  UPTIME  UNIT                 DIRECTORY  COMMAND LINE"
  local row="3000  12345  node     root  0.0.0.0  5 s     shop.service (user)  /srv/shop  node server.js --title '日本語'"
  equal "with room" "$(on_terminal "stty cols 200; $render")" "$heading
$row"
  equal "as wide as the line" "$(on_terminal "stty cols 108; $render")" "$heading
$row"
  equal "within a wide character" "$(on_terminal "stty cols 107; $render")" "$heading
${row%語*} …"
  equal "between characters" "$(on_terminal "stty cols 106; $render")" "$heading
${row%語*}…"
  equal "narrow" "$(on_terminal "stty cols 20; $render")" "PORT  PID    COMMAN…
3000  12345  node  …"
  equal "in color" "$(TERM=xterm on_terminal "stty cols 20; pf-render --color always --wide <'$BATS_TEST_TMPDIR/in'" | head -n 1)" \
    $'\e[1mPORT  PID    COMMAN…\e[0m'
  equal "of no known width" "$(on_terminal "stty cols 0; $render")" "$heading
$row"
  equal "to a pipe" "$(on_terminal "stty cols 20; $render | cat")" "$heading
$row"
  equal "not wide" "$(on_terminal "stty cols 20; pf-render --color never <'$BATS_TEST_TMPDIR/in'")" \
    "PORT  PID    COMMAND  USER  ADDRESS
3000  12345  node     root  0.0.0.0"
  equal "explanations" "$(on_terminal "stty cols 20; pf-render --why <'$BATS_TEST_TMPDIR/in'" | grep runs)" \
    "  runs        node server.js --title '日本語'"
}

@test "a malformed line is reported by its number, and the others are shown" {
  refuses 'listening' "not JSON: '[' or '{' expected near 'listening' (column 9)" \
    '' "not JSON: '[' or '{' expected near end of file (column 0)" \
    '[]' "not a JSON object" \
    '{"proto":"tcp"}' '"family" is missing: it must be "ipv4" or "ipv6"' \
    "$(line 80 '.port = 0')" '"port" is 0: it must be an integer from 1 to 65535' \
    "$(line 80 '.command = 7')" '"command" is 7: it must be a string or null' \
    "$(line 80 'del(.user)')" '"user" is missing: it must be a string or null' \
    "$(line 80 '.pid_start = "1"')" \
    '"pid_start" is "1": it must be an integer from 0 to 9223372036854775807, or absent'
}

@test "a malformed line is left out of the JSON, which stays valid" {
  stream() {
    line 443
    echo '"},{"'
    line 80
  }
  capture_run pf-render --json < <(stream)
  gives 2 "{\"listeners\":[$(line 80),$(line 443)]}" \
    "pf-render: line 2: not JSON: '[' or '{' expected near '\"},{\"' (column 5)"
}

@test "with only malformed lines: no table, and exit status 2" {
  capture_run pf-render <<<"listening"
  gives 2 "" "pf-render: line 1: not JSON: '[' or '{' expected near 'listening' (column 9)"
}

@test "a line longer than 1 MiB is reported, and the others are shown" {
  refuses "$(head -c 1048577 /dev/zero | tr '\0' x)" "longer than 1 MiB"
}

@test "carriage returns and a missing final newline lose nothing" {
  capture_run pf-render < <(printf '%s\r\n%s' "$(line 80)" "$(line 443)")
  gives 0 "PORT  PID  COMMAND  USER  ADDRESS
80    1    node     root  0.0.0.0
443   1    node     root  0.0.0.0" ""
  capture_run pf-render --json < <(printf '%s\r\n%s' "$(line 80)" "$(line 443)")
  equal "ports" "$(jq -c '[.listeners[].port]' <<<"$stdout")" "[80,443]"
}

@test "a full disk is an error" {
  full() { "$@" >/dev/full; }
  for option in --no-header --wide --why --json --ndjson --help --version; do
    capture_run full pf-render "$option" < <(line 80)
    gives 2 "" "pf-render: standard output: No space left on device"
  done
}

# bats test_tags=unix,bare
@test "a closed stdout or stdin is an error" {
  closed_output() { pf-render >&-; }
  closed_input() { pf-render <&-; }
  capture_run closed_output < <(line 80)
  gives 2 "" "pf-render: standard output: Bad file descriptor"
  capture_run closed_input
  gives 2 "" "pf-render: standard input: Bad file descriptor"
}

@test "a reader that stops early is not an error" {
  yes "$(line 80)" | head -n 5000 >"$BATS_TEST_TMPDIR/in"
  first_line() (
    set -o pipefail
    pf-render "$@" <"$BATS_TEST_TMPDIR/in" | head -n 1
  )
  capture_run first_line
  gives 0 "PORT  PID  COMMAND  USER  ADDRESS" ""
  capture_run first_line --ndjson
  gives 0 "$(line 80)" ""
}

@test "several sockets of a process with one address and port are one row that says so" {
  local number
  for number in 1 2 3; do
    line 80 ".inode = $number"
  done >"$BATS_TEST_TMPDIR/in"
  line 80 '.pid = 2 | .inode = 4' >>"$BATS_TEST_TMPDIR/in"
  capture_run pf-render <"$BATS_TEST_TMPDIR/in"
  gives 0 "PORT  PID  COMMAND  USER  ADDRESS
80    1    node     root  0.0.0.0 (3 sockets)
80    2    node     root  0.0.0.0" ""
  capture_run pf-render --why <"$BATS_TEST_TMPDIR/in"
  equal "headings" "$(grep '·' <<<"$stdout")" "0.0.0.0:80 (3 sockets) · node (1), root
0.0.0.0:80 · node (2), root"
  capture_run pf-render --ndjson <"$BATS_TEST_TMPDIR/in"
  equal "JSON lines" "$(wc -l <<<"$stdout")" 4
  # The same socket twice, as in two lists.
  { line 80 '.inode = 1'; line 80 '.inode = 1'; } >"$BATS_TEST_TMPDIR/in"
  capture_run pf-render --no-header <"$BATS_TEST_TMPDIR/in"
  gives 0 "80  1  node  root  0.0.0.0
80  1  node  root  0.0.0.0" ""
}
