#!/bin/bash
# Runs bats tests as root in a virtual machine: a real systemd, docker, podman.
#
#   vm.sh SUITE CACHE PROGRAMS TEST...
#
# SUITE is a Debian release. Its image is built once (two minutes), and kept in CACHE under the hash
# of the script that builds it. Each run boots from a fresh overlay (a minute), gets the directory
# PROGRAMS and the tests over ssh, and is stopped at the end. The machine reaches no network.
# Needs what `make deps-vm` installs, and a network namespace of its own: ssh's port is fixed.
set -euo pipefail
cd "$(dirname "$0")/.."

suite=$1 cache=$2/vm programs=$3
shift 3

readonly BOOT_SECONDS=300 SSH_PORT=2201
# Without KVM, everything takes some 15 times as long.
readonly DETAILS_SECONDS=60 TEST_SECONDS=600

fail() {
  echo "vm: $*" >&2
  exit 2
}

# ---- the image ----

# Sets $image. It is moved into its place whole, so that an interrupted build leaves none.
find_image() {
  local hash
  hash=$(sha256sum <build-aux/vm-image.sh | cut -c1-16)
  image=$cache/$suite-$hash
  [ ! -d "$image" ] || return 0
  mkdir -p "$cache"
  echo "vm: building the image of $suite, which takes two minutes" >&2
  local making
  making=$(mktemp -d "$cache/scratch.XXXXXX")
  # A trap, since set -e is off wherever a function's status is looked at.
  trap 'rm -rf "$making"' EXIT
  bash build-aux/vm-image.sh "$suite" "$making" "$cache/packages-$suite" >"$cache/$suite.log" 2>&1 || {
    tail -n 20 "$cache/$suite.log" >&2
    fail "the image of $suite can't be built; all messages: $cache/$suite.log"
  }
  rm -rf "$cache/$suite"-*
  mv "$making" "$image"
  trap - EXIT
}

# ---- the machine ----

in_machine() {
  ssh -q -i "$image/key" -p "$SSH_PORT" -o StrictHostKeyChecking=no \
    -o UserKnownHostsFile=/dev/null -o ConnectTimeout=20 root@127.0.0.1 "$@"
}

stop() {
  if [ -s "$run/pid" ]; then
    kill "$(cat "$run/pid")" 2>/dev/null || :
  fi
  rm -rf "$run"
}

boot() {
  # A device that is there by name only lets qemu start and the kernel stand still.
  local accelerator=(-accel "tcg,thread=multi,tb-size=1024" -cpu max)
  [ "${PF_VM_KVM:-}" = "" ] || accelerator=(-accel kvm -cpu host)
  qemu-img create -q -f qcow2 -F raw -b "$image/root.ext4" "$run/disk"
  qemu-system-x86_64 "${accelerator[@]}" -machine q35 -smp 2 -m 4096 -nodefaults -no-reboot \
    -display none -kernel "$image/vmlinuz" -initrd "$image/initrd" \
    -append "root=/dev/vda rw console=ttyS0 net.ifnames=0 quiet" \
    -drive "file=$run/disk,if=virtio,format=qcow2,cache=unsafe" \
    -netdev "user,id=n,restrict=on,hostfwd=tcp:127.0.0.1:$SSH_PORT-:22" \
    -device virtio-net-pci,netdev=n,romfile= -device virtio-rng-pci \
    -chardev "file,id=s,path=$run/console" -serial chardev:s -pidfile "$run/pid" -daemonize
  SECONDS=0
  until in_machine true 2>/dev/null; do
    [ "$SECONDS" -lt "$BOOT_SECONDS" ] || {
      tail -n 20 "$run/console" >&2
      fail "the machine did not start within $BOOT_SECONDS s"
    }
    sleep 0.2
  done
  # Units that are still starting would disturb what the tests start.
  in_machine 'systemctl is-system-running --wait' >/dev/null || :
  echo "vm: $suite is up after $SECONDS s" >&2
}

for program in qemu-system-x86_64 qemu-img mmdebstrap mke2fs ssh npm; do
  command -v "$program" >/dev/null || fail "$program is not installed: run make deps-vm"
done
find_image
[ "$#" -gt 0 ] || exit 0
[ -n "${PF_NETNS:-}" ] || fail "no network namespace: ${PF_NETNS_WHY:-run by make test-vm}"
run=$(mktemp -d)
trap stop EXIT
boot
tar -C "$programs" -cf - . | in_machine 'tar -C /usr/local/bin -xf -'
tar -cf - tests/vm tests/helpers/common.bash | in_machine 'mkdir /srv/pf && tar -C /srv/pf -xf -'
in_machine "cd /srv/pf && PF_BIN=/usr/local/bin PF_DETAILS_TIMEOUT=$DETAILS_SECONDS \
  BATS_TEST_TIMEOUT=$TEST_SECONDS bats --tap $*" || status=$?
exit "${status:-0}"
