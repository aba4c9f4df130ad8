#!/bin/sh
# Prints the directory whose programs run here: PROGRAMS, where the machine runs those of
# PROCESSOR itself, or else SCRIPTS, which it makes,
# and which run them under qemu.
#
#   emulate.sh PROCESSOR PROGRAMS SCRIPTS
set -eu

processor=$1 programs=$2 scripts=$3
case $processor-$(uname -m) in
"$processor-$processor") is_native=1 ;;
# Most kernels of x86_64 run the programs of its 32-bit ancestor too, but need not.
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
