#!/usr/bin/env bats
# A process of a systemd unit is not killed by mistake if systemd would restart it. The cgroups are
# real; systemd is the tests' own supervisor under that name, and a stand-in for systemctl prints
# what the real one prints for `show` (systemctl(1)).

load ../helpers/common

setup() {
  need_netns
  need_root
  if grep -q ':name=systemd:/.' /proc/self/cgroup; then
    skip "systemd has a hierarchy of its own here, which is not to be touched"
  fi
  cgroups=$BATS_TEST_TMPDIR/cgroups
  mkdir "$cgroups" "$BATS_TEST_TMPDIR/tools"
  mount -t cgroup2 none "$cgroups" || skip "cgroups can't be mounted here"
  unit=pf-test-$$.service
}

teardown() {
  release_holders
  if mountpoint -q "$cgroups"; then
    rmdir "$cgroups/system.slice/$unit" "$cgroups/system.slice" 2>/dev/null || true
    umount "$cgroups"
  fi
}

# systemctl_that_shows LINE...: a systemctl that knows the unit, with these properties.
systemctl_that_shows() {
  printf '%s\n' '#!/bin/sh' "echo \"\$*\" >>'$BATS_TEST_TMPDIR/log'" 'cat <<END' \
    "Id=$unit" "$@" END >"$BATS_TEST_TMPDIR/tools/systemctl"
  chmod +x "$BATS_TEST_TMPDIR/tools/systemctl"
  PATH=$BATS_TEST_TMPDIR/tools:$PATH
}

# service: mksock on $port, as the main process of the unit; leaves its pid in $held.
service() {
  holder tcp:127.0.0.1:0
  port=${ready[1]}
  release_holders
  ln -s "$PF_TESTS/supervise" "$BATS_TEST_TMPDIR/systemd"
  holder_program=$BATS_TEST_TMPDIR/systemd holder shop "$PF_TESTS/mksock" "tcp:127.0.0.1:$port"
  held=$(pf --json "$port" | jq '.listeners[].pid')
  mkdir -p "$cgroups/system.slice/$unit"
  echo "$holder_pid" >"$cgroups/system.slice/$unit/cgroup.procs"
  echo "$held" >"$cgroups/system.slice/$unit/cgroup.procs"
}

table() {
  printf 'PORT   %-*s  COMMAND  USER  ADDRESS\n' "${#held}" PID
  printf '%-5s  %s  mksock   %s  127.0.0.1' "$port" "$held" "$(user)"
}

@test "--kill refuses a unit that systemd restarts, and says how to stop it" {
  service
  systemctl_that_shows Restart=always "MainPID=$held" TriggeredBy=
  capture_run pf --kill "$port"
  gives 2 "$(table)" \
    "pf-kill: mksock ($held): not killed (--force overrides): otherwise systemd restarts it (Restart=always); run systemctl stop $unit"
  equal "question" "$(head -n 1 "$BATS_TEST_TMPDIR/log")" \
    "--no-ask-password --no-pager show --property=Id,Restart,MainPID,TriggeredBy,UpheldBy,OnSuccess,OnFailure,RestartForceExitStatus -- $unit"
}

@test "--force kills it anyway, and says that systemd has restarted it" {
  service
  systemctl_that_shows Restart=on-failure "MainPID=0"
  capture_run pf --kill --force "$port"
  pf --until-listening "$port"
  local now
  now=$(pf --json "$port" | jq '.listeners[].pid')
  gives 2 "$(table)
mksock ($held): ended" \
    "pf: port $port: taken again by mksock ($now): otherwise systemd restarts it (Restart=on-failure); run systemctl stop $unit"
}

@test "a unit with a socket unit is stopped together with it" {
  service
  systemctl_that_shows Restart=no "MainPID=$held" "TriggeredBy=shop.socket"
  capture_run pf --kill --dry-run "$port"
  gives 2 "$(table)" \
    "pf-kill: mksock ($held): not killed (--force overrides): otherwise shop.socket starts it again; run systemctl stop shop.socket $unit"
}

@test "a word in TriggeredBy that isn't a unit name stays out of the command" {
  service
  systemctl_that_shows Restart=no "MainPID=$held" "TriggeredBy=--host=evil.example shop.timer --force"
  capture_run pf --kill --dry-run "$port"
  gives 2 "$(table)" \
    "pf-kill: mksock ($held): not killed (--force overrides): otherwise shop.timer starts it again; run systemctl stop shop.timer $unit"
}

@test "another user's unit is stopped through that user's manager, not root's" {
  local path=user.slice/user-65534.slice/user@65534.service/app.slice/$unit
  service
  systemctl_that_shows Restart=always "MainPID=$held" TriggeredBy=
  mkdir -p "$cgroups/$path"
  echo "$held" >"$cgroups/$path/cgroup.procs"
  capture_run pf --kill --dry-run "$port"
  gives 2 "$(table)" \
    "pf-kill: mksock ($held): not killed (--force overrides): otherwise the user's systemd restarts it (Restart=always); run systemctl --user --machine 65534@.host stop $unit"
  equal "question" "$(head -n 1 "$BATS_TEST_TMPDIR/log")" \
    "--user --machine=65534@.host --no-ask-password --no-pager show --property=Id,Restart,MainPID,TriggeredBy,UpheldBy,OnSuccess,OnFailure,RestartForceExitStatus -- $unit"
  release_holders
  (cd "$cgroups" && rmdir -p "$path")
}

@test "a unit that systemd doesn't restart is killed like any other process" {
  service
  systemctl_that_shows Restart=no "MainPID=$held" TriggeredBy=
  capture_run pf --kill --dry-run "$port"
  gives 0 "$(table)
mksock ($held): would get SIGTERM" ""
}

@test "a process other than the unit's main one is killed like any other process" {
  service
  systemctl_that_shows Restart=always MainPID=1 TriggeredBy=
  capture_run pf --kill --dry-run "$port"
  gives 0 "$(table)
mksock ($held): would get SIGTERM" ""
}

@test "without systemctl, a unit is treated as one that may be restarted" {
  service
  capture_run_on "$BATS_TEST_TMPDIR/tools" "$PF_BIN/pf" --kill --dry-run "$port"
  gives 2 "$(table)" \
    "pf-kill: mksock ($held): not killed (--force overrides): otherwise systemd may restart it; run systemctl stop $unit"
}

@test "a systemctl that fails is reported once, and the unit is treated as one that may be restarted" {
  service
  printf '%s\n' '#!/bin/sh' 'echo "Failed to connect to bus: No such file" >&2' 'exit 1' \
    >"$BATS_TEST_TMPDIR/tools/systemctl"
  chmod +x "$BATS_TEST_TMPDIR/tools/systemctl"
  pf-collect-proc "$port" >"$BATS_TEST_TMPDIR/lines"
  PATH=$BATS_TEST_TMPDIR/tools:$PATH capture_run pf-kill <"$BATS_TEST_TMPDIR/lines"
  gives 2 "" "pf-resolve: systemctl: failed with exit status 1: Failed to connect to bus: No such file
pf-kill: process $held: not killed (--force overrides): otherwise systemd may restart it; run systemctl stop $unit"
}

id=4f1c2ab39dd7e0b58a6c61f20e93b7d4c5a1f0e2d3b4968778695a4b3c2d1e0f

# in_container PATH PID: the details of the holder of $port, with the holder in that cgroup, and
# docker reporting PID as the first process of the container with $id.
in_container() {
  mkdir -p "$cgroups/$1"
  echo "$held" >"$cgroups/$1/cgroup.procs"
  printf '%s\n' '#!/bin/sh' "echo '\"$id\" \"/web\" \"always\" $2'" >"$BATS_TEST_TMPDIR/tools/docker"
  chmod +x "$BATS_TEST_TMPDIR/tools/docker"
  pf-collect-proc "$port" >"$BATS_TEST_TMPDIR/lines"
  PATH=$BATS_TEST_TMPDIR/tools:$PATH capture_run pf-resolve --details <"$BATS_TEST_TMPDIR/lines"
  stdout=$(jq -c '[.container.name, .remedy.command, .remedy.why]' <<<"$stdout")
}

@test "a container is named if docker's own process is in its cgroup too" {
  service
  holder tcp:127.0.0.1:0
  mkdir -p "$cgroups/docker/$id/init"
  echo "$holder_pid" >"$cgroups/docker/$id/init/cgroup.procs"
  in_container "docker/$id/shop" "$holder_pid"
  gives 0 '["web","docker stop web","it runs in a container; otherwise docker restarts it (restart policy always)"]' ""
  release_holders
  (cd "$cgroups" && rmdir "docker/$id/init" && rmdir -p "docker/$id/shop")
}

@test "a cgroup named like a container doesn't get that container stopped" {
  service
  local place
  for place in "docker-$id.scope" "user@65534.service/docker-$id.scope"; do
    in_container "$place" $$
    gives 0 '[null,"docker stop NAME","it runs in a container; otherwise docker may restart it (docker ps shows the NAME)"]' ""
    echo "$held" >"$cgroups/system.slice/$unit/cgroup.procs"
    (cd "$cgroups" && rmdir -p "$place")
  done
}

# Inside a container without its own cgroup namespace, every process is in that container.
@test "a container is not reported to processes inside it" {
  service
  local id=4f1c2ab39dd7e0b58a6c61f20e93b7d4c5a1f0e2d3b4968778695a4b3c2d1e0f
  mkdir -p "$cgroups/docker/$id"
  echo "$held" >"$cgroups/docker/$id/cgroup.procs"
  pf-collect-proc "$port" >"$BATS_TEST_TMPDIR/lines"
  capture_run pf-resolve --details <"$BATS_TEST_TMPDIR/lines"
  equal "from outside" "$(jq -c '.container' <<<"$stdout")" "{\"id\":\"$id\",\"runtime\":\"docker\"}"
  capture_run sh -c 'echo $$ >"$0" && exec pf-resolve --details' \
    "$cgroups/docker/$id/cgroup.procs" <"$BATS_TEST_TMPDIR/lines"
  equal "from within" "$(jq -c '.container' <<<"$stdout")" null
  release_holders
  rmdir "$cgroups/docker/$id" "$cgroups/docker"
}
