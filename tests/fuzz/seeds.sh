#!/bin/bash
# seeds.sh DIRECTORY: makes for each fuzz target a directory DIRECTORY/NAME of seeds: the
# fixtures' own files, and lines of them, each under the hash of its bytes.
set -eu
corpus=$(mkdir -p "$1" && cd "$1" && pwd)
cd "$(dirname "$0")/../../fixtures"

# seed NAME: stdin becomes a seed.
seed() {
  local file
  mkdir -p "$corpus/$1"
  file=$(mktemp "$corpus/$1/seed.XXXXXX")
  cat >"$file"
  mv "$file" "$corpus/$1/$(sha256sum "$file" | cut -c 1-16)"
}

# files NAME FILE...: each file that is there becomes a seed.
files() {
  local name=$1 file
  shift
  for file; do
    [ -f "$file" ] || continue
    seed "$name" <"$file"
  done
}

# lines NAME: each line of stdin becomes a seed, without its newline; the same line once.
lines() {
  local line
  sort -u | while IFS= read -r line; do
    printf '%s' "$line" | seed "$1"
  done
}

shopt -s nullglob globstar
files proc_net ./*/*/proc/net/{tcp,tcp6,udp,udp6}
files proc_cgroup ./*/*/proc/[0-9]*/cgroup
files proc_stat ./*/*/proc/[1-9]*[05]/stat proc/names/proc/*/stat
files proc_status proc/{little-endian,setuid,hidden-owner}/proc/[0-9]*/status
files proc_clock ./*/*/proc/stat ./*/*/proc/uptime
files lsof lsof/*/lsof.txt
files bsd_netstat lsof/*/netstat-an.txt
files ss ss/*/ss.txt
files windows_netstat netstat/*/netstat.txt lsof/bsd-netstat-malformed/*.txt
files tasklist ./*/*/tasklist.csv
files passwd ./*/*/etc/passwd
files forwarder ./*/*/proc/[0-9]*/cmdline
cat streams/*.ndjson why/*/expected.details.ndjson proc/{names,both-families}/expected.ndjson | lines render
head -qn 2 proc/{names,both-families,reuseport}/expected.ndjson | seed render
cat streams/*.ndjson {proc/names,proc/both-families,proc/link-local,netstat/zones}/expected.ndjson | lines listener
cat streams/*.ndjson why/*/expected.details.ndjson | lines details

# What no fixture holds.
printf '%s\n' 'socket:[4711]' 'socket:[18446744073709551615]' 'pipe:[7]' | lines proc_link
printf '%s\n' localhost:3000 ':::80' '[::1]:3000' 53/udp 'http://127.0.0.1:3000/x' | lines asked_ports
printf 'node\nnode\0--watch\0server.js\0' | seed program
printf '%s\n' 3000 :3000 3000-3100 80,443,:8000-8100 65535 0 65536 | lines port_set
printf '%s\n' 127.0.0.1 0.0.0.0 :: ::1 ::ffff:127.0.0.1 fe80::1%eth0 2001:db8::1 1:2:3:4:5:6:7:8 \
  64:ff9b::192.0.2.33 | lines address
printf '%s\n' 'node.exe server.js' '"C:\a b\x.exe" "a\\" b\"c "d""e"' 'x "" \\\" ^' |
  lines command_line
printf '%b' '/usr/bin/docker-proxy\0-proto\0tcp\0-host-ip\0000.0.0.0\0-host-port\08080\0' \
  '-container-ip\00172.17.0.2\0-container-port\00080\0' | seed forwarder
printf '%b' '\002\0\0\0/bin/node\0\0\0\0\0\0\0node\0a.js\0HOME=/\0' | seed procargs
printf '%s\n' '{"ID":"0123456789abcdef","Names":"web,shop/db","Ports":"0.0.0.0:8000-8005->8000-8005/tcp, [::]:80->80/udp, 443/tcp"}' \
  '[{"Id":"0123456789abcdef","Names":["web"],"Ports":[{"host_ip":"","container_port":80,"host_port":8080,"range":2,"protocol":"tcp,udp"}]}]' \
  '"0123456789abcdef" "/web" "unless-stopped"' | lines container_list
printf '%s\n' Id=shop.service Restart=always MainPID=850 TriggeredBy='shop.socket a.timer' '' \
  Id=session-3.scope | seed unit_list
# A table of one row; a kernel's answer of one socket and its end.
{ printf '\001\0\0\0\002\0\0\0\177\0\0\001\013\270\0\0'; printf '\0%.0s' {1..8}; printf '\071\060\0\0'; } |
  seed ip_table
{ printf '\001\0\0\0'; printf '\0%.0s' {1..15}; printf '\001\0\0\0\0\013\270\0\0'; printf '\0%.0s' {1..24}
  printf '\002\0\0\0\071\060\0\0'; } | seed ip_table
{ printf '\130\0\0\0\024\0\002\0\007\0\0\0\0\0\0\0\002\012\0\0\013\270\0\0\177\0\0\001'
  printf '\0%.0s' {1..60}; printf '\024\0\0\0\003\0\002\0\0\0\0\0\0\0\0\0\0\0\0\0'; } | seed sock_diag
{ printf '\140\0\0\0\024\0\002\0\007\0\0\0\0\0\0\0\012\012\0\0\013\270\0\0'; printf '\0%.0s' {1..15}
  printf '\001'; printf '\0%.0s' {1..48}; printf '\005\0\013\0\001\0\0\0'; } | seed sock_diag
