#!/bin/sh
# Installs missing tools and libraries with the machine's package manager, for one purpose:
#
#   deps.sh test       build, run, and test
#   deps.sh check      also `make check`
#   deps.sh coverage   also `make coverage`
#   deps.sh bench      build, and `make bench`
#   deps.sh cross      build for another machine, and inspect the result
#   deps.sh emulation  test programs for Linux on other processors
#   deps.sh vm         run tests in a virtual machine; only on Debian and its kin
#   deps.sh windows    build for Windows, and test under Wine
set -eu

has() {
	command -v "$1" >/dev/null 2>&1
}

has_library() {
	has pkg-config && pkg-config --exists "$1"
}

# missing PURPOSE: prints the missing tools and libraries, by the names that package() knows.
missing() {
	has make || echo make
	case $1 in
	cross | windows)
		has cmake || echo cmake
		has file || echo file
		has x86_64-w64-mingw32-gcc || echo mingw
		;;
	esac
	case $1 in
	cross)
		has npm || echo npm
		return 0
		;;
	vm)
		has npm || echo npm
		has cmake || echo cmake
		has qemu-system-x86_64 || echo qemu-system
		has qemu-img || echo qemu-img
		has mmdebstrap || echo mmdebstrap
		has mke2fs || echo mke2fs
		has ssh || echo ssh
		[ -x /bin/busybox ] || echo busybox
		return 0
		;;
	emulation)
		has bats || echo bats
		has jq || echo jq
		has qemu-aarch64-static || has qemu-aarch64 || echo qemu
		has qemu-s390x-static || has qemu-s390x || echo qemu-s390x
		has s390x-linux-gnu-gcc || echo s390x
		return 0
		;;
	windows)
		has "${CC:-cc}" || echo compiler
		has bats || echo bats
		has jq || echo jq
		[ -x /usr/lib/wine/wine64 ] || has wine64 || has wine || echo wine
		has debootstrap || echo debootstrap
		return 0
		;;
	esac
	has "${CC:-cc}" || echo compiler
	has pkg-config || echo pkg-config
	has_library jansson || echo jansson
	has jq || echo jq
	if [ "$1" = bench ]; then
		has ss || echo ss
		has lsof || echo lsof
		has fuser || echo fuser
		has netstat || echo netstat
		has hyperfine || echo hyperfine
		has nsenter || echo nsenter
		# The shell's keyword is not enough.
		[ -x /usr/bin/time ] || echo time
		return 0
	fi
	has_library cmocka || echo cmocka
	has bats || echo bats
	[ "$1" != coverage ] || has gcovr || echo gcovr
	[ "$1" = check ] || return 0
	has clang-format || echo clang-format
	has clang-tidy || echo clang-tidy
	has clang || echo clang
	has cppcheck || echo cppcheck
	has shellcheck || echo shellcheck
	has mandoc || echo mandoc
	has valgrind || echo valgrind
}

# missing_shells PURPOSE: prints the missing shells. Not every package manager has them; without them,
# the tests of their completions are skipped.
missing_shells() {
	case $1 in
	test | check)
		has zsh || echo zsh
		has fish || echo fish
		;;
	esac
}

# package MANAGER NAME: prints the packages that contain NAME.
package() {
	case $1:$2 in
	apt:compiler) echo gcc libc6-dev ;;
	apt:jansson) echo libjansson-dev ;;
	apt:cmocka) echo libcmocka-dev ;;
	apt:mingw) echo gcc-mingw-w64-x86-64 ;;
	apt:wine) echo wine wine64 ;;
	apt:qemu-system) echo qemu-system-x86 seabios ;;
	apt:qemu-img) echo qemu-utils ;;
	apt:mmdebstrap) echo mmdebstrap debian-archive-keyring cpio ;;
	apt:mke2fs) echo e2fsprogs ;;
	apt:ssh) echo openssh-client ;;
	apt:busybox) echo busybox-static ;;
	apt:qemu* | dnf:qemu* | pacman:qemu*) echo qemu-user-static ;;
	apt:s390x) echo gcc-s390x-linux-gnu libc6-dev-s390x-cross ;;
	apk:qemu) echo qemu-aarch64 ;;
	# Only Debian and its derivatives have one with a C library.
	*:s390x) ;;
	apt:debootstrap) echo debootstrap debian-archive-keyring ;;
	dnf:mingw) echo mingw64-gcc ;;
	dnf:compiler) echo gcc ;;
	dnf:pkg-config) echo pkgconf-pkg-config ;;
	dnf:jansson) echo jansson-devel ;;
	dnf:cmocka) echo libcmocka-devel ;;
	dnf:clang-format | dnf:clang-tidy) echo clang-tools-extra ;;
	dnf:shellcheck) echo ShellCheck ;;
	apk:mingw | pacman:mingw) echo mingw-w64-gcc ;;
	apk:compiler) echo gcc musl-dev linux-headers ;;
	apk:pkg-config) echo pkgconf ;;
	apk:jansson) echo jansson-dev ;;
	apk:cmocka) echo cmocka-dev ;;
	apk:bats) echo bats bash coreutils ;;
	apk:clang-format | apk:clang-tidy) echo clang-extra-tools ;;
	pacman:compiler) echo gcc ;;
	pacman:pkg-config) echo pkgconf ;;
	pacman:bats) echo bash-bats ;;
	pacman:clang-format | pacman:clang-tidy) echo clang ;;
	brew:mingw) echo mingw-w64 ;;
	brew:compiler) echo gcc ;;
	brew:bats) echo bats-core bash ;;
	brew:clang-tidy) echo llvm ;;
	dnf:ss) echo iproute ;;
	*:ss) echo iproute2 ;;
	*:fuser) echo psmisc ;;
	*:netstat) echo net-tools ;;
	*:nsenter) echo util-linux ;;
	*) echo "$2" ;;
	esac
}

as_root() {
	if [ "$(id -u)" = 0 ]; then
		"$@"
	elif has sudo; then
		sudo "$@"
	else
		echo "deps: needs root: run as root, or install sudo" >&2
		exit 2
	fi
}

install_packages() {
	manager=$1
	shift
	case $manager in
	apt)
		[ -n "$is_updated" ] || as_root apt-get update -q
		is_updated=1
		as_root env DEBIAN_FRONTEND=noninteractive \
			apt-get install -y -q --no-install-recommends "$@"
		;;
	dnf) as_root dnf install -y "$@" ;;
	apk) as_root apk add "$@" ;;
	pacman) as_root pacman -S --needed --noconfirm "$@" ;;
	brew) brew install "$@" ;;
	esac
}

is_updated=
wanted=$(missing "${1:-test}")
shells=$(missing_shells "${1:-test}")
[ -n "$wanted$shells" ] || exit 0

manager=
for candidate in apt-get dnf apk pacman brew; do
	if has "$candidate"; then
		manager=${candidate%-get}
		break
	fi
done
if [ -z "$manager" ]; then
	[ -n "$wanted" ] || exit 0
	echo "deps: no known package manager (apt, dnf, apk, pacman, brew): install yourself:" >&2
	echo "$wanted" >&2
	exit 2
fi

packages=
for name in $wanted; do
	packages="$packages $(package "$manager" "$name")"
done
if [ -n "$packages" ]; then
	# shellcheck disable=SC2086 # a list of words
	install_packages "$manager" $packages
fi
for name in $shells; do
	(install_packages "$manager" "$name") ||
		echo "deps: $name: can't be installed: tests of its completions will be skipped" >&2
done
