#!/bin/sh
# Prints the directory of programs to run: PROGRAMS if this machine can run code for PROCESSOR, else
# SCRIPTS, where it puts scripts that run them under qemu.
#
#   emulate.sh PROCESSOR PROGRAMS SCRIPTS
set -eu

processor=$1 programs=$2 scripts=$3
case $processor-$(uname -m) in
"$processor-$processor") is_native=1 ;;
# Most x86_64 kernels also run 32-bit programs.
i386-x86_64) "$programs/pf" --version >/dev/null 2>&1 && is_native=1 || is_native= ;;
*) is_native= ;;
esac
[ -z "$is_native" ] || {
  echo "$programs"
  exit 0
}
qemu=$(command -v "qemu-$processor-static" || command -v "qemu-$processor") || {
  echo "emulate: qemu-$processor-static: not found: run make deps-emulation" >&2
  exit 2
}
sh "$(dirname "$0")/wrap.sh" "$qemu" "$programs" "$scripts"
echo "$scripts"
