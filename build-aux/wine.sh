#!/bin/sh
# Runs a command with an environment in which it can run Windows programs under Wine.
#
#   wine.sh MINIMUM SCRATCH CACHE PROGRAMS [COMMAND...]
#
# Uses this machine's Wine, or if that is older than version MINIMUM, Debian trixie's in a chroot,
# created once and kept in CACHE. The chroot needs root and debootstrap; without them, the command still
# runs, with the reason in PF_WINE_WHY, except in CI, where this is an error. Without a command, only
# downloads what is needed. The command's environment has
#
#   PF_BIN   a directory with a script NAME for each PROGRAMS/NAME.exe, which runs it
#   PF_WINE  a program that runs the .exe it is given, with arguments
#   TMPDIR   a directory visible to Windows programs, as is the current one
#
# Writes only to SCRATCH, which keeps the Wine prefix. Wine's server runs as long as the command, in the
# same network namespace.
set -eu

fail() {
  echo "wine: $*" >&2
  exit 2
}

# quietly COMMAND...: shows its output only if it fails.
quietly() {
  "$@" >"$scratch/log" 2>&1 </dev/null || {
    cat "$scratch/log" >&2
    return 1
  }
}

# ---- Wine, this machine's or in a chroot ----

# Prints the major version, such as 8, or nothing.
version_of() {
  "$@" --version 2>/dev/null | sed -n 's/^wine-\([0-9]*\).*/\1/p'
}

# Sets $wine and $server. Prefers Debian's loader to its /usr/bin/wine, which complains about missing
# 32-bit support.
find_wine() {
  for wine in /usr/lib/wine/wine64 /usr/bin/wine64 /usr/bin/wine ''; do
    [ ! -x "$wine" ] || break
  done
  [ -n "$wine" ] || fail "Wine is not installed: run make deps-windows"
  server=${wine%/*}/wineserver
}

# Debian's Wine 8 has no preloader to reserve addresses, and its loader is always at 0x7d000000. Linux
# puts the heap anywhere in the GiB after that, about once in 8,000 starts at 0x7ffe0000, where Windows
# keeps data shared by all processes; Wine then exits with 1 before the program begins. Without
# randomization, the heap directly follows the loader. A container may forbid this; the flaw then
# remains.
place_heap() {
  # An absolute path, as some tests unset PATH.
  if setarch=$(command -v setarch) && "$setarch" -R true 2>/dev/null; then
    wine="'$setarch' -R '$wine'"
  fi
}

# Prints the Debian archives among this machine's package sources, in either format.
archives() {
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*.list \
    /etc/apt/sources.list.d/*.sources /etc/apt/mirrors/*.list; do
    [ ! -f "$list" ] || sed 's/#.*//' "$list"
  done | tr -s '[:space:]' '\n' | grep -E '^https?://.*/debian/?$' | sort -u
}

# Verifies the archive's signature. The mount namespace cleans up mounts if debootstrap is interrupted.
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

# Creates $chroot atomically; a concurrent run may be faster.
make_chroot() {
  echo "wine: installing Wine of Debian trixie into $chroot" >&2
  mkdir -p "$cache"
  making=$(mktemp -d "$cache/scratch.XXXXXX")
  trap 'rm -rf "$making"' EXIT
  trap 'exit 2' HUP INT TERM
  quietly bootstrap || fail "debootstrap could not install Wine of Debian trixie"
  # Halves its size: package files, documentation, and support for 32-bit programs.
  rm -rf "$making"/root/var/cache/apt/archives/*.deb "$making"/root/var/lib/apt/lists/* \
    "$making"/root/usr/share/doc "$making"/root/usr/share/man "$making"/root/usr/share/locale \
    "$making"/root/usr/lib/x86_64-linux-gnu/wine/i386-windows
  mv -T "$making/root" "$chroot" 2>/dev/null || [ -d "$chroot" ] || fail "$chroot: can't be made"
  rm -rf "$making"
  trap - EXIT
}

# Prints why a chroot is impossible, or nothing.
why_no_chroot() {
  if [ "$(id -u)" != 0 ]; then
    echo "Wine is older than version $minimum: run as root to use another one"
  elif ! unshare --mount true 2>/dev/null; then
    echo "Wine is older than version $minimum, and another one can't be mounted here"
  elif [ ! -d "$chroot" ] && ! command -v debootstrap >/dev/null; then
    echo "Wine is older than version $minimum, and debootstrap is not installed: run make deps-windows"
  elif [ ! -d "$chroot" ] && [ -z "$(archives)" ]; then
    echo "Wine is older than version $minimum, and the package sources have no Debian archive"
  fi
}

# mount_at_its_place DIRECTORY: mounts it at the same path in the chroot.
mount_at_its_place() {
  mkdir -p "$view$1"
  mount --bind "$1" "$view$1"
}

# Assembles, in this mount namespace, what Windows programs see: the chroot, read-only, and their
# working directories.
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

# script FILE WORDS: writes a script that runs the quoted words with its arguments. Closes descriptor 3,
# which processes started by Wine would keep open. Wine 10 crashes if TMPDIR is set.
script() {
  # shellcheck disable=SC2016 # the arguments of the script, not of this one
  printf '#!/bin/sh\nunset TMPDIR\nexec %s "$@" 3>&-\n' "$2" >"$1"
  chmod +x "$1"
}

# Creates the Wine prefix, with a null display driver.
make_machine() {
  quietly "$PF_WINE" wineboot --init || fail "Wine can't create its prefix $WINEPREFIX"
  quietly "$PF_WINE" reg add 'HKCU\Software\Wine\Drivers' /v Graphics /d null /f ||
    fail "Wine can't write to its registry in $WINEPREFIX"
  # Wine reads the display driver only at startup.
  quietly "$scratch/server" -k || :
  : >"$WINEPREFIX/is-complete"
}

run() {
  export PF_BIN="$scratch/bin" PF_WINE="$scratch/wine" TMPDIR="$scratch/tmp"
  # Private to this run; no messages except for failed allocations at startup, no download
  # dialogs, no desktop menus, no crash debugger.
  export HOME="$scratch/home" WINEPREFIX="$scratch/machine" WINEARCH=win64 \
    WINEDEBUG=-all,err+virtual \
    WINEDLLOVERRIDES='mscoree=;mshtml=;winemenubuilder.exe=;winedbg.exe='
  unset DISPLAY WAYLAND_DISPLAY WINEPATH || :
  rm -rf "$PF_BIN" "$TMPDIR"
  mkdir -p "$PF_BIN" "$TMPDIR" "$HOME"
  script "$PF_WINE" "$wine"
  script "$scratch/server" "$server"
  for program in "$programs"/*.exe; do
    [ -e "$program" ] || fail "$programs: no .exe found"
    name=${program##*/}
    script "$PF_BIN/${name%.exe}" "'$PF_WINE' '$program'"
  done
  trap 'quietly "$scratch/server" -k || :' EXIT
  trap 'exit 2' HUP INT TERM
  if [ ! -e "$WINEPREFIX/is-complete" ]; then
    rm -rf "$WINEPREFIX"
    make_machine
  fi
  # Otherwise each program would wait for Wine to boot.
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
