#!/usr/bin/env bats
# Users missing from /etc/passwd: from getent, on Linux, and from scripts instead of it. No real
# user has a uid above 4000000.

load ../helpers/common
load ../helpers/collector

setup() {
  need_netns
  calls=$BATS_TEST_TMPDIR/calls
  export calls
}

teardown() {
  release_holders
}

# getent_is: puts the script on stdin ahead of the system's getent in PATH, and logs the arguments
# of each call in $calls.
getent_is() {
  tool_is getent < <(
    # shellcheck disable=SC2016 # for the script
    echo 'echo "$*" >>"$calls"'
    cat
  )
  PATH=$tools:$PATH
}

# knows_users: a getent that knows every even uid, as user-UID.
knows_users() {
  getent_is <<'SCRIPT'
status=0
shift
for uid; do
  case $uid in
  *[02468]) echo "user-$uid:x:$uid:100::/:/bin/sh" ;;
  *) status=2 ;;
  esac
done
exit $status
SCRIPT
}

# line UID [USER]: a line of a hidden process.
line() {
  printf '{"proto":"tcp","family":"ipv4","address":"0.0.0.0","port":80,"pid":null,"uid":%s,"command":null,"user":%s}\n' \
    "$1" "${2:-null}"
}

# lines UID...
lines() {
  for uid; do
    line "$uid"
  done
}

# at_once COMMAND...: capture_run, with all of stdin available from the start.
at_once() {
  cat >"$BATS_TEST_TMPDIR/in"
  capture_run "$@" <"$BATS_TEST_TMPDIR/in"
}

# resolves STDERR: two lines come through, the second one with its user.
resolves() {
  at_once pf-resolve < <(lines 4000001 4000002)
  gives 0 "$(line 4000001)
$(line 4000002 '"user-4000002"')" "$1"
}

# nobody_known STDERR: likewise, but with neither user.
nobody_known() {
  at_once pf-resolve < <(lines 4000001 4000002)
  gives 0 "$(lines 4000001 4000002)" "$1"
}

@test "all users missing from /etc/passwd are looked up in one call, and the order is kept" {
  knows_users
  at_once pf-resolve < <(lines 4000004 0 4000001 4000002 0 4000004 4000002)
  gives 0 "$(line 4000004 '"user-4000004"')
$(line 0 '"root"')
$(line 4000001)
$(line 4000002 '"user-4000002"')
$(line 0 '"root"')
$(line 4000004 '"user-4000004"')
$(line 4000002 '"user-4000002"')" ""
  equal "calls" "$(<"$calls")" "passwd 4000001 4000002 4000004"
}

@test "a list that is available at once takes one call, whatever its length" {
  knows_users
  at_once pf-resolve < <(lines {4000000..4003999})
  equal "calls" "$(wc -l <"$calls")" 1
  equal "users" "$(jq -r .user <<<"$stdout" | sort | uniq -c | sort -rn | head -n 2 | xargs)" \
    "2000 null 1 user-4003998"
  equal "order" "$(jq .uid <<<"$stdout")" "$(seq 4000000 4003999)"
  equal "stderr" "$stderr" ""
}

@test "more users than fit on a command line are looked up in several calls" {
  knows_users
  # With --details, pf-resolve holds all lines.
  at_once pf-resolve --details < <(awk 'BEGIN {
    for (i = 4000000; i < 4010000; i++)
      printf "{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":80,\"pid\":null,\"uid\":%d,\"command\":null,\"user\":null}\n", i
  }')
  equal "stderr" "$stderr" ""
  equal "exit status" "$status" 0
  same "stdout" "$BATS_TEST_TMPDIR/stdout" <(sed \
    's/\("uid":\([0-9]*[02468]\),.*"user":\)null/\1"user-\2"/' "$BATS_TEST_TMPDIR/in")
  equal "asked" "$(tr ' ' '\n' <"$calls" | grep '^4')" "$(seq 4000000 4009999)"
  equal "calls" "$(wc -l <"$calls")" 3
}

@test "only part of a long stream is held, and no user is looked up twice" {
  knows_users
  at_once pf-resolve < <(awk 'BEGIN {
    for (i = 0; i < 40000; i++)
      printf "{\"proto\":\"tcp\",\"family\":\"ipv4\",\"address\":\"0.0.0.0\",\"port\":80,\"pid\":null,\"uid\":%d,\"command\":null,\"user\":null}\n",
        4000000 + i % 2000 + int(i / 10000) * 100
  }')
  equal "lines" "$(wc -l <"$BATS_TEST_TMPDIR/stdout")" 40000
  equal "asked twice" "$(tr ' ' '\n' <"$calls" | grep '^4' | sort | uniq -d)" ""
  equal "asked" "$(tr ' ' '\n' <"$calls" | grep -c '^4')" 2300
  same "stdout" "$BATS_TEST_TMPDIR/stdout" <(sed \
    's/\("uid":\([0-9]*[02468]\),.*"user":\)null/\1"user-\2"/' "$BATS_TEST_TMPDIR/in")
}

@test "getent is not run if /etc/passwd or the line itself has the user" {
  knows_users
  at_once pf-resolve < <(line 0 && line 4000002 '"known"')
  gives 0 "$(line 0 '"root"')
$(line 4000002 '"known"')" ""
  [ ! -e "$calls" ]
}

@test "getent is not run for a replay" {
  knows_users
  for capture in "$FIXTURES/proc/prefork" /dev/null -; do
    capture_run pf-resolve --replay "$capture" < <(line 4000002)
    gives 0 "$(line 4000002)" ""
  done
  [ ! -e "$calls" ]
}

@test "a line whose user is looked up comes through before the next one arrives" {
  knows_users
  mkfifo "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/out"
  pf-resolve <"$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out" 3>&- &
  exec {in}>"$BATS_TEST_TMPDIR/in" {out}<"$BATS_TEST_TMPDIR/out"
  for uid in 4000002 4000004 4000002; do
    line "$uid" >&"$in"
    read -r -t 10 -u "$out" resolved
    equal "line" "$resolved" "$(line "$uid" "\"user-$uid\"")"
  done
  exec {in}>&- {out}<&-
  wait $!
  equal "calls" "$(<"$calls")" "passwd 4000002
passwd 4000004"
}

@test "lines before one whose user is looked up don't wait for the answer" {
  mkfifo "$BATS_TEST_TMPDIR/out" "$BATS_TEST_TMPDIR/go"
  getent_is <<'SCRIPT'
read -r go <"$BATS_TEST_TMPDIR/go"
echo 'alice:x:4000001:0:::'
SCRIPT
  pf-resolve < <(lines 0 4000001) >"$BATS_TEST_TMPDIR/out" 3>&- &
  exec {out}<"$BATS_TEST_TMPDIR/out"
  read -r -t 10 -u "$out" resolved
  equal "first line" "$resolved" "$(line 0 '"root"')"
  echo go >"$BATS_TEST_TMPDIR/go"
  read -r -t 10 -u "$out" resolved
  equal "second line" "$resolved" "$(line 4000001 '"alice"')"
  exec {out}<&-
  wait $!
}

@test "a getent that doesn't find every user, or any, is not an error" {
  knows_users
  resolves ""
  getent_is <<<'exit 2'
  nobody_known ""
}

@test "a getent that fails is reported, and its names are used" {
  getent_is <<'SCRIPT'
echo 'user-4000002:x:4000002:0:::'
printf 'user-4000001:x:4000001:0'
echo "getent: Unknown database: passwd" >&2
exit 1
SCRIPT
  resolves "pf-resolve: getent: failed with exit status 1: getent: Unknown database: passwd"
  # shellcheck disable=SC2016 # for the script
  getent_is <<<'kill -9 $$'
  nobody_known "pf-resolve: getent: died of SIGKILL"
}

@test "a getent that hangs is killed and named, and its names are used" {
  told='user-4000002:x:4000002:0:::' && export told
  getent_is < <(hangs)
  export PF_GETENT_TIMEOUT=0.2
  resolves "pf-resolve: $tools/getent: timed out after 0.2 s and was killed: it may wait for a server that doesn't answer; PF_GETENT_TIMEOUT extends the limit"
}

@test "a getent that failed once is not run again" {
  getent_is <<<'exit 1'
  mkfifo "$BATS_TEST_TMPDIR/in" "$BATS_TEST_TMPDIR/out"
  pf-resolve <"$BATS_TEST_TMPDIR/in" >"$BATS_TEST_TMPDIR/out" 2>"$BATS_TEST_TMPDIR/err" 3>&- &
  exec {in}>"$BATS_TEST_TMPDIR/in" {out}<"$BATS_TEST_TMPDIR/out"
  for uid in 4000001 4000002 4000003; do
    line "$uid" >&"$in"
    read -r -t 10 -u "$out" resolved
    equal "line" "$resolved" "$(line "$uid")"
  done
  exec {in}>&- {out}<&-
  wait $!
  equal "messages" "$(<"$BATS_TEST_TMPDIR/err")" "pf-resolve: getent: failed with exit status 1"
  equal "calls" "$(<"$calls")" "passwd 4000001"
}

@test "an invalid timeout for getent is reported, and getent is not run" {
  knows_users
  for seconds in x "" -1 86401; do
    export PF_GETENT_TIMEOUT=$seconds
    nobody_known "pf-resolve: PF_GETENT_TIMEOUT: must be seconds, 0 to 86400, such as 5"
  done
  [ ! -e "$calls" ]
}

@test "garbage from getent, or a user that wasn't asked for, names nobody" {
  getent_is <<'SCRIPT'
echo 'usage: getent [OPTION...] database [key ...]'
head -c 100000 /dev/zero
printf '\n:x:4000001:0:::\n#a:x:4000001:0:::\na:x:4000001\na:x:-4000001:0:::\n\xff\xfe\n'
echo 'evil:x:0:0:::'
SCRIPT
  at_once pf-resolve < <(lines 4000001 0)
  gives 0 "$(line 4000001)
$(line 0 '"root"')" ""
}

@test "a name of any bytes comes through escaped" {
  getent_is <<'SCRIPT'
printf 'A B\\"\033[2J\xff:x:4000001:0:::\r\n'
SCRIPT
  at_once pf-resolve < <(line 4000001)
  gives 0 "$(line 4000001 '"A B\\\"\u001B[2J\\xff"')" ""
}

@test "a getent in a relative directory of PATH is never run" {
  knows_users
  cd "$tools"
  PATH=".::tools:${PATH#"$tools":}"
  nobody_known ""
  [ ! -e "$calls" ]
}

@test "the system's getent is run if PATH has none, and an unknown user is not an error" {
  [ -x /usr/bin/getent ] || skip "no getent"
  at_once env PATH=/nonexistent "$PF_BIN/pf-resolve" < <(lines 4000001 0)
  gives 0 "$(line 4000001)
$(line 0 '"root"')" ""
}

need_mounts() {
  unshare --mount true 2>/dev/null || skip "no mount namespace"
}

@test "without a getent, users missing from /etc/passwd stay unknown, without a message" {
  need_mounts
  # shellcheck disable=SC2016 # for the inner shell
  at_once unshare --mount bash -c '
    for getent in /usr/bin/getent /bin/getent; do
      [ ! -e "$getent" ] || mount --bind /dev/null "$getent" || exit 99
    done
    PATH=/nonexistent "$PF_BIN/pf-resolve"' < <(lines 4000001 0)
  [ "$status" != 99 ] || skip "nothing can be mounted"
  gives 0 "$(line 4000001)
$(line 0 '"root"')" ""
}

# pf-resolve sees an /etc/passwd without these users. The system's own getent sees the real one, as
# if it asked another source, such as LDAP.
@test "the system's getent resolves several users" {
  need_mounts
  [ -x /usr/bin/getent ] || skip "no getent"
  local uids
  uids=$(cut -d: -f3 /etc/passwd | head -n 3)
  # shellcheck disable=SC2016 # for the script
  getent_is <<<'umount /etc/passwd && exec /usr/bin/getent "$@"'
  # shellcheck disable=SC2016 # for the inner shell
  at_once unshare --mount bash -c '
    mount --bind /dev/null /etc/passwd || exit 99
    pf-resolve' < <(
    # shellcheck disable=SC2086 # several
    lines $uids 4000001
  )
  [ "$status" != 99 ] || skip "nothing can be mounted"
  gives 0 "$(for uid in $uids; do
    line "$uid" "\"$(/usr/bin/getent passwd "$uid" | cut -d: -f1)\""
  done)
$(line 4000001)" ""
  equal "calls" "$(<"$calls")" "passwd $(sort -n <<<"$uids" | xargs) 4000001"
}

@test "pf shows a process's user that only getent knows" {
  setpriv --reuid=4000002 --regid=65534 --clear-groups true 2>/dev/null ||
    skip "can't become another user"
  knows_users
  holder_program=$BATS_TEST_TMPDIR/as-another
  cat >"$holder_program" <<EOF
#!/bin/sh
exec setpriv --reuid=4000002 --regid=65534 --clear-groups "$PF_TESTS/mksock" "\$@"
EOF
  chmod +x "$holder_program"
  holder tcp:127.0.0.1:0
  capture_run pf --no-header "${ready[1]}"
  gives 0 "${ready[1]}  $holder_pid  mksock  user-4000002  127.0.0.1" ""
  equal "calls" "$(<"$calls")" "passwd 4000002"
}
