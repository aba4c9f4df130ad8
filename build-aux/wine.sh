#!/bin/sh
# Runs a command that can start Windows programs, on Linux, under Wine.
#
#   wine.sh MINIMUM SCRATCH CACHE PROGRAMS [COMMAND...]
#
# Wine is this machine's own; where that is older than version MINIMUM, Debian
# trixie's, in a chroot that is made once and kept in CACHE. That takes root and
# debootstrap: where they are missing, the command still runs, with the reason in
# PF_WINE_WHY; but in CI that is a failure. Without a command, it only gets what
# it needs over the network. The command finds in its environment
#
#   PF_BIN   a directory with a script for each .exe of the directory PROGRAMS,
#            of its name without the .exe, that runs it
#   PF_WINE  a program that runs the .exe that it is given, with its arguments
#   TMPDIR   a directory that Windows programs can see; so is the current one
#
# All that is written is in SCRATCH, which keeps what Wine takes for a machine.
# Wine's server runs while the command does, in the network that it runs in.
set -eu

fail() {
  echo "wine: $*" >&2
  exit 2
}

# Runs a command quietly: what it prints is shown if it fails.
quietly() {
  "$@" >"$scratch/log" 2>&1 </dev/null || {
    cat "$scratch/log" >&2
    return 1
  }
}

# ---- Wine, of this machine or in a chroot ----

# Prints the version of a Wine, such as 8; nothing where there is none.
version_of() {
  "$@" --version 2>/dev/null | sed -n 's/^wine-\([0-9]*\).*/\1/p'
}

# Sets $wine and $server. Debian's /usr/bin/wine complains of a lack of 32 bits,
# and its loader doesn't.
find_wine() {
  for wine in /usr/lib/wine/wine64 /usr/bin/wine64 /usr/bin/wine ''; do
    [ ! -x "$wine" ] || break
  done
  [ -n "$wine" ] || fail "Wine is not installed: run make deps-windows"
  server=${wine%/*}/wineserver
}

# Debian's Wine 8 has no preloader that keeps addresses free, and its loader is always
# at 0x7d000000. Linux puts the heap anywhere in the GiB behind that; about once in
# 8,000 starts at 0x7ffe0000, where Windows keeps what all its processes share. Wine
# then ends with status 1, before the program begins. Without the randomness the heap
# is right behind the loader. A container may forbid that: there the flaw remains.
place_heap() {
  # By its path: some tests leave no PATH.
  if setarch=$(command -v setarch) && "$setarch" -R true 2>/dev/null; then
    wine="'$setarch' -R '$wine'"
  fi
}

# The archives of Debian among this machine's own package sources, in either form.
archives() {
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list \
    /etc/apt/sources.list.d/*.sources /etc/apt/mirrors/*.list; do
    [ ! -f "$list" ] || sed 's/#.*//' "$list"
  done | tr -s '[:space:]' '\n' | grep -E '^https?://.*/debian/?$' | sort -u
}

# From one of the archives, whose signature is checked. In a mount namespace:
# where debootstrap is interrupted, what it has mounted goes with it.
bootstrap() {
  eval "$(apt-config shell http_proxy Acquire::http::Proxy)"
  export http_proxy
  for archive in $(archives); do
    rm -rf "$making/root"
    unshare --mount debootstrap --variant=minbase --arch=amd64 --include=wine,wine64 \
      --keyring=/usr/share/keyrings/debian-archive-keyring.gpg \
      trixie "$making/root" "$archive" && return 0
  done
  return 1
}

# Makes $chroot, at once, and only whole; another run may have been faster.
make_chroot() {
  echo "wine: installing Wine of Debian trixie into $chroot" >&2
  mkdir -p "$cache"
  making=$(mktemp -d "$cache/scratch.XXXXXX")
  trap 'rm -rf "$making"' EXIT
  trap 'exit 2' HUP INT TERM
  quietly bootstrap || fail "debootstrap could not install Wine of Debian trixie"
  # Half of its size: packages, texts, and what 32-bit programs would take.
  rm -rf "$making"/root/var/cache/apt/archives/*.deb "$making"/root/var/lib/apt/lists/* \
    "$making"/root/usr/share/doc "$making"/root/usr/share/man "$making"/root/usr/share/locale \
    "$making"/root/usr/lib/x86_64-linux-gnu/wine/i386-windows
  mv -T "$making/root" "$chroot" 2>/dev/null || [ -d "$chroot" ] || fail "$chroot: can't be made"
  rm -rf "$making"
  trap - EXIT
}

# Says why there can be no chroot; nothing where there can.
why_no_chroot() {
  if [ "$(id -u)" != 0 ]; then
    echo "the Wine of this machine is older than version $minimum: run as root, who can use another one"
  elif ! unshare --mount true 2>/dev/null; then
    echo "the Wine of this machine is older than version $minimum, and no other one can be mounted here"
  elif [ ! -d "$chroot" ] && ! command -v debootstrap >/dev/null; then
    echo "the Wine of this machine is older than version $minimum, and debootstrap is not there: run make deps-windows"
  elif [ ! -d "$chroot" ] && [ -z "$(archives)" ]; then
    echo "the Wine of this machine is older than version $minimum, and its package sources name no Debian archive"
  fi
}

# mount_at_its_place DIRECTORY: the same path names it in the chroot.
mount_at_its_place() {
  mkdir -p "$view$1"
  mount --bind "$1" "$view$1"
}

# Puts together, in a mount namespace of our own, the system that Windows programs
# see: the chroot, which nobody can write to, and the directories that they work in.
enter_chroot() {
  view=$scratch/view
  mkdir -p "$view"
  mount -t tmpfs none "$view"
  mkdir "$view/tmp" "$view/proc"
  for directory in usr etc var; do
    mkdir "$view/$directory"
    mount --bind "$chroot/$directory" "$view/$directory"
    mount -o remount,bind,ro "$view/$directory"
  done
  for link in bin lib lib64 sbin; do
    ln -s "usr/$link" "$view/$link"
  done
  mkdir "$view/dev"
  mount --rbind /dev "$view/dev"
  mount -t proc none "$view/proc"
  mount_at_its_place "$(pwd)"
  mount_at_its_place "$scratch"
  mount_at_its_place "$programs"
  wine="chroot '$view' /usr/bin/env -C \"\$PWD\" /usr/lib/wine/wine64"
  server="chroot '$view' /usr/lib/wine/wineserver"
}

# ---- running ----

# script FILE WORDS: a program that runs the words, which are quoted already,
# with its arguments. Windows programs get the three standard descriptors only:
# what Wine starts for them would keep another one open. Wine 10 crashes where
# TMPDIR is set.
script() {
  # shellcheck disable=SC2016 # the arguments of the script, not of this one
  printf '#!/bin/sh\nunset TMPDIR\nexec %s "$@" 3>&-\n' "$2" >"$1"
  chmod +x "$1"
}

# Makes what Wine takes for a machine. Its windows need no display.
make_machine() {
  quietly "$PF_WINE" wineboot --init || fail "Wine can't make itself a machine in $WINEPREFIX"
  quietly "$PF_WINE" reg add 'HKCU\Software\Wine\Drivers' /v Graphics /d null /f ||
    fail "Wine can't write to its registry in $WINEPREFIX"
  # It asks for its display but once.
  quietly "$scratch/server" -k || :
  : >"$WINEPREFIX/is-complete"
}

run() {
  export PF_BIN="$scratch/bin" PF_WINE="$scratch/wine" TMPDIR="$scratch/tmp"
  # Of this run alone; no messages but that no memory was had for a program to start, no
  # windows that offer downloads, no menus of a desktop, no debugger for what crashes.
  export HOME="$scratch/home" WINEPREFIX="$scratch/machine" WINEARCH=win64 \
    WINEDEBUG=-all,err+virtual \
    WINEDLLOVERRIDES='mscoree=;mshtml=;winemenubuilder.exe=;winedbg.exe='
  unset DISPLAY WAYLAND_DISPLAY WINEPATH || :
  rm -rf "$PF_BIN" "$TMPDIR"
  mkdir -p "$PF_BIN" "$TMPDIR" "$HOME"
  script "$PF_WINE" "$wine"
  script "$scratch/server" "$server"
  for program in "$programs"/*.exe; do
    [ -e "$program" ] || fail "$programs: no .exe is there"
    name=${program##*/}
    script "$PF_BIN/${name%.exe}" "'$PF_WINE' '$program'"
  done
  trap 'quietly "$scratch/server" -k || :' EXIT
  trap 'exit 2' HUP INT TERM
  if [ ! -e "$WINEPREFIX/is-complete" ]; then
    rm -rf "$WINEPREFIX"
    make_machine
  fi
  # Without it, each program would wait for Wine to boot.
  quietly "$scratch/server" -p || fail "Wine's server doesn't start"
  quietly "$PF_WINE" wineboot --init || fail "Wine doesn't start"
  "$@"
}

inside=
if [ "$1" = --inside ]; then
  inside=yes
  shift
fi
minimum=$1
mkdir -p "$2"
scratch=$(cd "$2" && pwd)
cache=$3
programs=$(cd "$4" && pwd)
chroot=$cache/wine-trixie-amd64

if [ -n "$inside" ]; then
  shift 4
  enter_chroot
  run "$@"
  exit
fi
find_wine
if [ "$(version_of "$wine")" -ge "$minimum" ]; then
  shift 4
  place_heap
  [ $# = 0 ] || run "$@"
  exit
fi
why=$(why_no_chroot)
if [ -z "$why" ]; then
  [ -d "$chroot" ] || make_chroot
  [ $# -gt 4 ] || exit 0
  exec unshare --mount sh "$0" --inside "$@"
fi
[ -z "${CI:-}" ] || fail "$why"
shift 4
[ $# = 0 ] || PF_WINE_WHY=$why "$@"
