#!/usr/bin/env bats
# What docker and podman really do with a holder that ends, and with one that pf advises to stop.

load ../helpers/common
load situation

setup_file() {
  systemctl start docker
  docker image inspect bb >/dev/null 2>&1 || docker import /srv/busybox.tar bb
  podman image exists bb || podman import -q /srv/busybox.tar bb
}

httpd() {
  echo bb httpd -f -p "$1" -h /www
}

run_docker() {
  # shellcheck disable=SC2046 # words
  docker run -d --name "$1" "${@:3}" $(httpd "$2") >/dev/null
}

run_podman() {
  # shellcheck disable=SC2046 # words
  podman run -d --log-driver k8s-file --name "$1" "${@:3}" $(httpd "$2") >/dev/null
}

@test "a published port is freed by stopping its container, by root and by group docker" {
  run_docker web 80 -p 127.0.0.1:8080:80 --restart always
  await_port 8080
  refuses 8080
  equal "for bob, who can't see the holder" "$(su - bob -c 'pf --wide --json 8080' 2>/dev/null |
    jq -r '.listeners[].remedy.command')" 'docker stop web'
  frees 8080 'docker stop web'
}

@test "the program of a container that shares the network is stopped as a container" {
  run_docker shared 127.0.0.1:8082 --network host
  await_port 8082
  frees 8082 'docker stop shared'
}

@test "a container whose program is a loop is stopped as a container" {
  docker run -d --name loop --network host bb \
    sh -c 'while :; do httpd -f -p 127.0.0.1:8086 -h /www; sleep 1; done' >/dev/null
  await_port 8086
  frees 8086 'docker stop loop'
}

@test "a docker-proxy whose container is gone is called left behind, and may be killed" {
  run_docker gone 80 -p 127.0.0.1:8088:80
  await_port 8088
  local proxy
  proxy=$(pf --json 8088 | jq '.listeners[0].pid')
  # A daemon that was killed leaves its proxies.
  systemctl kill -s KILL docker
  sleep 3
  systemctl start docker
  docker rm -f gone >/dev/null
  if ! kill -0 "$proxy" 2>/dev/null; then
    skip "this docker leaves no proxy behind"
  fi
  frees 8088 "kill $proxy"
}

@test "a container of podman is known to podman" {
  run_podman pweb 80 -p 127.0.0.1:8200:80
  await_port 8200
  refuses 8200
  frees 8200 'podman stop pweb'
}

@test "a container of podman that shares the network is inspected" {
  run_podman phost 127.0.0.1:8202 --network host --restart always
  await_port 8202
  refuses 8202
  frees 8202 'podman stop phost'
}

@test "the port of a pod belongs to the pod" {
  podman pod create --name ppod -p 127.0.0.1:8204:80 >/dev/null
  run_podman pinpod 80 --pod ppod
  await_port 8204
  frees 8204 'podman pod stop ppod'
}

@test "a container that a unit runs is stopped by the unit" {
  # shellcheck disable=SC2046 # words
  podman create --log-driver k8s-file --name pgen -p 127.0.0.1:8205:80 $(httpd 80) >/dev/null
  podman generate systemd --new --name pgen >/run/systemd/system/pgen.service
  podman rm pgen >/dev/null
  systemctl daemon-reload
  systemctl start pgen
  await_port 8205 120
  frees 8205 'systemctl stop pgen.service'
}

@test "another user's podman is asked as that user" {
  su - carol -c "cd && podman import -q /srv/busybox.tar bb >/dev/null 2>&1;
    podman run -d --name rootless --network slirp4netns -p 127.0.0.1:8206:80 bb \
    httpd -f -p 80 -h /www" >/dev/null
  await_port 8206 180
  equal "for root" "$(remedy 8206)" "sudo -iu '#$(id -u carol)' podman stop NAME"
  frees_by "sudo -iu '#$(id -u carol)' podman stop rootless" 8206
}
