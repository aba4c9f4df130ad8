#!/usr/bin/env bats
# docker-proxy is shown with the container behind it, and never killed by mistake. Stand-ins for
# docker and podman print what the real ones answer to these queries (docker-ps(1), podman-ps(1)),
# and log their calls.

load ../helpers/common

setup() {
  need_netns
  mkdir "$BATS_TEST_TMPDIR/tools"
  # The one system program that the stages need; a real docker or podman stays out of reach.
  ln -s "$(command -v getent)" "$BATS_TEST_TMPDIR/tools/getent"
}

teardown() {
  release_holders
}

# stand_in NAME LINE...: makes a shell script of these lines a program of that name.
stand_in() {
  printf '%s\n' '#!/bin/sh' "echo \"\$1\" >>'$BATS_TEST_TMPDIR/log'" "${@:2}" \
    >"$BATS_TEST_TMPDIR/tools/$1"
  chmod +x "$BATS_TEST_TMPDIR/tools/$1"
}

web=4f1c2ab39dd7e0b58a6c61f20e93b7d4c5a1f0e2d3b4968778695a4b3c2d1e0f
db=f0e1d2c3b4a5968778694b3d2e0f1a5c4d7b39e02f16c6a85b0e7dd93ba2c1f4

# docker_that_knows PORT: a docker with a container "web", which publishes PORT, and another one.
docker_that_knows() {
  stand_in docker \
    "echo '{\"ID\":\"$web\",\"Names\":\"web\",\"Ports\":\"0.0.0.0:$1->80/tcp, [::]:$1->80/tcp\"}'" \
    "echo '{\"ID\":\"$db\",\"Names\":\"db\",\"Ports\":\"5432/tcp\"}'"
}

# proxies: what dockerd starts for a published port, a docker-proxy for each family. Leaves the port
# in $port and their pids in the array $pids.
proxies() {
  local arguments=(-container-ip 172.17.0.2 -container-port 80)
  holder --name docker-proxy tcp:0.0.0.0:0 --rest "${arguments[@]}"
  port=${ready[1]}
  pids=("$holder_pid")
  holder --name docker-proxy "tcp:[::]:$port,v6only" --rest "${arguments[@]}"
  pids+=("$holder_pid")
}

# details: pf-resolve's details of each holder of $port, with only the stand-ins on PATH.
details() {
  pf-collect-proc "$port" | jq -c . >"$BATS_TEST_TMPDIR/lines"
  capture_run_on "$BATS_TEST_TMPDIR/tools" "$PF_BIN/pf-resolve" --details \
    <"$BATS_TEST_TMPDIR/lines"
  stdout=$(jq -c '[.pid, .container, .remedy.command]' <<<"$stdout")
}

# for_each_proxy FORMAT: one line per proxy, with its pid.
for_each_proxy() {
  # shellcheck disable=SC2059 # the format is the line
  printf "$1\n" "${pids[@]}"
}

own_arguments() {
  for_each_proxy "[%s,{\"runtime\":\"docker\",\"address\":\"172.17.0.2\",\"port\":80},\"docker stop \$(docker ps -q --filter publish=$port)\"]"
}

@test "docker names the container of both families' docker-proxy, and is run once" {
  proxies
  docker_that_knows "$port"
  details
  gives 0 "$(for_each_proxy "[%s,{\"id\":\"$web\",\"name\":\"web\",\"runtime\":\"docker\",\"address\":\"172.17.0.2\",\"port\":80},\"docker stop web\"]")" ""
  equal "calls" "$(<"$BATS_TEST_TMPDIR/log")" ps
}

@test "podman is asked if there is no docker" {
  proxies
  stand_in podman \
    "echo '[{\"Id\":\"$web\",\"Names\":[\"web\"],\"Ports\":[{\"host_ip\":\"\",\"container_port\":80,\"host_port\":$port,\"range\":1,\"protocol\":\"tcp\"}]}]'"
  details
  gives 0 "$(for_each_proxy "[%s,{\"id\":\"$web\",\"name\":\"web\",\"runtime\":\"podman\",\"address\":\"172.17.0.2\",\"port\":80},\"podman stop web\"]")" ""
}

@test "without docker and podman, the proxy's own arguments show where it forwards to" {
  proxies
  details
  gives 0 "$(own_arguments)" ""
}

@test "a docker that fails is reported once, and the proxy's own arguments are used" {
  proxies
  stand_in docker "echo 'permission denied while trying to connect' >&2" "exit 1"
  details
  gives 0 "$(own_arguments)" \
    "pf-resolve: docker: failed with exit status 1: permission denied while trying to connect"
}

@test "a docker that hangs is killed after the timeout, and the proxy's own arguments are used" {
  proxies
  mkfifo "$BATS_TEST_TMPDIR/never"
  stand_in docker "read -r line <'$BATS_TEST_TMPDIR/never'"
  export PF_DETAILS_TIMEOUT=0.1
  details
  gives 0 "$(own_arguments)" \
    "pf-resolve: $BATS_TEST_TMPDIR/tools/docker: timed out after 0.1 s and was killed: it may wait for a daemon that doesn't answer; PF_DETAILS_TIMEOUT extends the limit"
}

@test "an invalid timeout is reported once, and the proxy's own arguments are used" {
  proxies
  docker_that_knows "$port"
  export PF_DETAILS_TIMEOUT=soon
  details
  gives 0 "$(own_arguments)" \
    "pf-resolve: PF_DETAILS_TIMEOUT: must be seconds, 0 to 86400, such as 3"
}

@test "docker is not run without --wide or --why, or if no docker-proxy is listed" {
  proxies
  docker_that_knows "$port"
  capture_run_on "$BATS_TEST_TMPDIR/tools" "$PF_BIN/pf" "$port"
  equal "exit status" "$status" 0
  [ ! -e "$BATS_TEST_TMPDIR/log" ]
  holder tcp:127.0.0.1:0
  port=${ready[1]}
  details
  equal "exit status" "$status" 0
  [ ! -e "$BATS_TEST_TMPDIR/log" ]
}

@test "pf --kill spares docker-proxy, and says how to stop the container" {
  proxies
  docker_that_knows "$port"
  capture_run_on "$BATS_TEST_TMPDIR/tools" "$PF_BIN/pf" --kill --no-header "$port"
  equal "exit status" "$status" 2
  equal "messages" "$(sort <<<"$stderr")" "$({
    for_each_proxy "pf-kill: docker-proxy (%s): not killed (--force overrides): it only forwards to the container, which would keep running, unreachable; run docker stop web"
  } | sort)"
  kill -0 "${pids[0]}"
  kill -0 "${pids[1]}"
}

@test "pf --force kills even docker-proxy" {
  proxies
  docker_that_knows "$port"
  capture_run_on "$BATS_TEST_TMPDIR/tools" "$PF_BIN/pf" --force --timeout 0.1 "$port"
  equal "exit status" "$status" 0
  equal "messages" "$stderr" \
    "pf: port $port: free for now: it only forwards to the container, which would keep running, unreachable; run docker stop web
pf: port $port: free for now: it only forwards to the container, which would keep running, unreachable; run docker stop web"
}
