#!/usr/bin/env bats
# Waiting for a port: until nothing listens on it, and until something does.

load ../helpers/common

setup() {
  need_netns
}

teardown() {
  release_holders
  [ -z "${public:-}" ] || rm -r "$public"
}

# Ends all holders; others may follow.
release() {
  release_holders
  rm "$BATS_TEST_TMPDIR"/in.* "$BATS_TEST_TMPDIR"/out.*
}

# begin COMMAND...: starts it. It doesn't get the ends that the holders live by.
begin() {
  (
    for fd in "${holder_fds[@]}"; do
      exec {fd}>&-
    done
    exec "$@"
  ) >"$BATS_TEST_TMPDIR/stdout" 2>"$BATS_TEST_TMPDIR/stderr" 3>&- &
  waiter=$!
}

# Waits for what was begun, as capture_run does.
end() {
  status=0
  wait "$waiter" || status=$?
  read_whole stdout "$BATS_TEST_TMPDIR/stdout"
  read_whole stderr "$BATS_TEST_TMPDIR/stderr"
}

# begin_at_terminal COMMAND: starts it, and leaves in $said the line that it begins with.
begin_at_terminal() {
  need_terminals
  mkfifo "$BATS_TEST_TMPDIR/keys" "$BATS_TEST_TMPDIR/screen"
  (
    for fd in "${holder_fds[@]}"; do
      exec {fd}>&-
    done
    TERM=dumb exec script --quiet --return --command "$1" /dev/null
  ) <"$BATS_TEST_TMPDIR/keys" >"$BATS_TEST_TMPDIR/screen" 3>&- &
  waiter=$!
  exec {keys}>"$BATS_TEST_TMPDIR/keys" {screen}<"$BATS_TEST_TMPDIR/screen"
  read -r said <&"$screen"
  said=${said%$'\r'}
}

# Waits for it, and leaves what else it has said in $stdout.
# shellcheck disable=SC2034 # `gives` reads them
end_at_terminal() {
  status=0
  stdout=$(tr -d '\r' <&"$screen")
  wait "$waiter" || status=$?
  exec {keys}>&- {screen}<&-
  stderr=
}

# A port on which nothing listens: that of a holder that has ended.
free_port() {
  holder "$1"
  port=${ready[1]}
  release
}

# counted COMMAND: makes it a copy of pf whose looks are counted by `looks`.
counted() {
  mkdir "$BATS_TEST_TMPDIR/bin"
  copy_programs "$BATS_TEST_TMPDIR/bin" pf
  cat >"$BATS_TEST_TMPDIR/bin/pf-collect-proc" <<SCRIPT
#!/bin/sh
echo look >>'$BATS_TEST_TMPDIR/looks'
exec '$PF_BIN/pf-collect-proc' "\$@"
SCRIPT
  chmod +x "$BATS_TEST_TMPDIR/bin/pf-collect-proc"
}

looks() {
  wc -l <"$BATS_TEST_TMPDIR/looks"
}

# ---- until nothing listens ----

@test "--wait for a port that is free is done, and says nothing" {
  free_port tcp:127.0.0.1:0
  capture_run pf --wait "$port"
  gives 0 "" ""
}

@test "--wait is done when the holder has closed the port, of every kind" {
  local socket option
  for socket in tcp:127.0.0.1:0 'tcp:[::1]:0' 'tcp:[::]:0' udp:127.0.0.1:0 'udp:[::1]:0'; do
    option=--${socket%%:*}
    holder "$socket"
    begin pf --wait "$option" "${ready[1]}"
    release
    end
    gives 0 "" ""
    done
}

@test "--wait is done when the holder was killed, after it was seen to hold the port" {
  holder tcp:127.0.0.1:0 'tcp:[::1]:='
  begin_at_terminal "pf --wait ${ready[1]}"
  equal "what is waited for" "$said" \
    "pf: waiting for mksock ($holder_pid) to release port ${ready[1]}"
  kill -s KILL "$holder_pid"
  end_at_terminal
  gives 0 "" ""
}

@test "--wait for several ports and a range is done when the last of them is free" {
  holder tcp:127.0.0.1:0
  local first=$holder_pid ports=("${ready[1]}")
  holder tcp:127.0.0.1:0
  ports+=("${ready[1]}")
  begin_at_terminal "pf --wait ${ports[0]} ${ports[1]}-${ports[1]}"
  # The order of the two is the collector's.
  [[ $said =~ ^"pf: waiting for mksock ("[0-9]+") to release port "[0-9]+", and for 1 more"$ ]]
  kill "$first"
  capture_run pf --wait "${ports[0]}"
  gives 0 "" ""
  capture_run pf --wait --timeout 0 "${ports[0]},${ports[1]}"
  gives 1 "" "pf: port ${ports[1]}: still held by mksock ($holder_pid)"
  release
  end_at_terminal
  gives 0 "" ""
}

@test "--wait whose time is over says who holds the port still, each process once" {
  holder tcp:127.0.0.1:0 'tcp:[::1]:=' udp:127.0.0.1:=
  local pids=("$holder_pid") port=${ready[1]}
  capture_run pf --wait --timeout 0.1 "$port"
  gives 1 "" "pf: port $port: still held by mksock ($holder_pid) after 0.1 s"
  capture_run pf --wait --timeout 0 -u "$port"
  gives 1 "" "pf: port $port: still held by mksock ($holder_pid)"
  holder tcp:127.0.0.1:0 --forks 2
  pids=("$holder_pid" "${ready[@]:2}")
  capture_run pf --wait --timeout 0 "${ready[1]}"
  equal "who holds it" "$(sort <<<"$stderr")" \
    "$(printf "pf: port ${ready[1]}: still held by mksock (%s)\n" "${pids[@]}" | sort)"
  equal "exit status" "$status" 1
}

@test "--wait goes on while one of the processes that share a socket lives" {
  holder tcp:127.0.0.1:0 --forks 1
  begin_at_terminal "pf --wait ${ready[1]}"
  kill -s KILL "$holder_pid"
  wait "$holder_pid" || true
  capture_run pf --wait --timeout 0 "${ready[1]}"
  gives 1 "" "pf: port ${ready[1]}: still held by mksock (${ready[2]})"
  # The child reads the same stdin.
  release
  end_at_terminal
  gives 0 "" ""
}

@test "--wait is of the protocols asked for, and a client is no holder" {
  holder tcp:127.0.0.1:0,client
  local port=${ready[1]}
  capture_run pf --wait -u "$port"
  gives 0 "" ""
  holder "connect:127.0.0.1:$port"
  local client=${ready[1]}
  capture_run pf --wait "$client"
  gives 0 "" ""
  capture_run pf --wait --timeout 0 -tu "$port"
  gives 1 "" "pf: port $port: still held by mksock (${holder_pids[0]})"
}

@test "--wait is woken when the port becomes free, and does not look again and again" {
  counted
  holder tcp:127.0.0.1:0
  local start=$SECONDS
  begin_at_terminal "$BATS_TEST_TMPDIR/bin/pf --wait ${ready[1]}"
  # As many listings take far longer than the pauses between looks where nobody tells.
  for ((i = 0; i < 30; i++)); do
    pf "${ready[1]}" >"$BATS_TEST_TMPDIR/table"
  done
  release
  end_at_terminal
  gives 0 "" ""
  # The first look, the one that the kernel has led to, and one for each second.
  local most=$((2 + SECONDS - start))
  echo "$(looks) looks, at most $most"
  [ "$(looks)" -le "$most" ]
}

@test "--wait is done where the kernel tells nothing, too" {
  local refused=0
  "$PF_TESTS/without" netlink true || refused=$?
  [ "$refused" != 125 ] || skip "no seccomp filters here"
  holder tcp:127.0.0.1:0
  begin_at_terminal "'$PF_TESTS/without' netlink pf --wait ${ready[1]}"
  equal "what is waited for" "$said" \
    "pf: waiting for mksock ($holder_pid) to release port ${ready[1]}"
  release
  end_at_terminal
  gives 0 "" ""
}

@test "--wait --collector lsof is done when lsof tells of no holder any more" {
  need_command lsof
  holder tcp:127.0.0.1:0
  capture_run pf --wait --collector lsof --timeout 0 "${ready[1]}"
  gives 1 "" "pf: port ${ready[1]}: still held by mksock ($holder_pid)"
  begin_at_terminal "pf --wait --collector lsof ${ready[1]}"
  release
  end_at_terminal
  gives 0 "" ""
}

@test "--wait of an ordinary user: a hidden holder holds, is hinted at once, and is waited for" {
  setpriv --reuid=65534 --regid=65534 --clear-groups true 2>/dev/null ||
    skip "can't become another user"
  # Where an ordinary user can reach the programs; the directory of bats is closed to others.
  public=$(mktemp -d "${TMPDIR:-/tmp}/pf.XXXXXX")
  copy_programs "$public"
  chmod -R go+rX "$public"
  local as_nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
  local hint="pf-collect-proc: 1 socket belongs to a process you can't see; use sudo"
  holder tcp:127.0.0.1:0
  local port=${ready[1]}
  capture_run "${as_nobody[@]}" "$public/pf" --wait --timeout 0.1 "$port"
  gives 1 "" "$hint
pf: port $port: still held by a hidden process after 0.1 s"
  begin_at_terminal "${as_nobody[*]} $public/pf --wait $port"
  equal "hint" "$said" "$hint"
  read -r said <&"$screen"
  equal "what is waited for" "${said%$'\r'}" \
    "pf: waiting for a hidden process to release port $port"
  release
  end_at_terminal
  gives 0 "" ""
}

@test "--wait ends at once at a person's interrupt" {
  holder tcp:127.0.0.1:0
  begin_at_terminal "pf --wait ${ready[1]}"
  printf '\003' >&"$keys"
  end_at_terminal
  gives 130 "^C" ""
}

# ---- until something listens ----

@test "--until-listening for a port that is listened on is done, and says nothing" {
  holder tcp:127.0.0.1:0 udp:127.0.0.1:0
  capture_run pf --until-listening "${ready[1]}"
  gives 0 "" ""
  capture_run pf --until-listening -u "${ready[2]}"
  gives 0 "" ""
}

@test "--until-listening is done when something has begun to listen, of every kind" {
  local socket option
  for socket in tcp:127.0.0.1 'tcp:[::1]' udp:127.0.0.1 'udp:[::1]'; do
    option=--${socket%%:*}
    free_port "$socket:0"
    begin pf --until-listening "$option" "$port"
    holder "$socket:$port"
    end
    gives 0 "" ""
    release
    done
}

@test "--until-listening that has looked before is done when something listens" {
  free_port tcp:127.0.0.1:0
  begin_at_terminal "pf --until-listening $port"
  equal "what is waited for" "$said" "pf: waiting for something to listen on port $port"
  holder "tcp:127.0.0.1:$port"
  end_at_terminal
  gives 0 "" ""
}

@test "--until-listening wants something on each port and range, and on one port of a range" {
  holder tcp:127.0.0.1:0 tcp:127.0.0.1:0
  local free=${ready[1]} high=${ready[2]} low=$((ready[2] - 10))
  release
  holder "tcp:127.0.0.1:$high"
  capture_run pf --until-listening "$low-$high" ":$high"
  gives 0 "" ""
  capture_run pf --until-listening --timeout 0.1 "$high,$free" "$low-$((high - 1))"
  gives 1 "" "pf: port $free: nothing listens there after 0.1 s
pf: ports $low-$((high - 1)): nothing listens there after 0.1 s"
  begin_at_terminal "pf --until-listening $high,$free $low-$((high - 1))"
  equal "what is waited for" "$said" \
    "pf: waiting for something to listen on port $free, and on 1 more"
  holder "tcp:127.0.0.1:$free" "tcp:127.0.0.2:$low"
  end_at_terminal
  gives 0 "" ""
}

@test "--until-listening is of the protocols asked for, and a client doesn't listen" {
  holder tcp:127.0.0.1:0
  local port=${ready[1]}
  capture_run pf --until-listening --timeout 0 -u "$port"
  gives 1 "" "pf: port $port: nothing listens there"
  capture_run pf --until-listening --timeout 0 -tu "$port"
  gives 0 "" ""
  holder "connect:127.0.0.1:$port"
  capture_run pf --until-listening --timeout 0 "${ready[1]}"
  gives 1 "" "pf: port ${ready[1]}: nothing listens there"
}

@test "--until-listening ends at once at a person's interrupt" {
  free_port tcp:127.0.0.1:0
  begin_at_terminal "pf --until-listening $port"
  printf '\003' >&"$keys"
  end_at_terminal
  gives 130 "^C" ""
}
