#!/bin/sh
# Prints the directory whose programs run here: PROGRAMS, where the machine runs those of
# PROCESSOR itself, or else SCRIPTS, for which it makes scripts that run them under qemu.
#
#   emulate.sh PROCESSOR PROGRAMS SCRIPTS
#
# For each of the directory PROGRAMS, SCRIPTS gets a script of the same name. A
# program that starts another one finds the script along PATH, where SCRIPTS has to
# be: the kernel would not run the program itself. So each program is in a directory
# of its own there, where none is beside it.
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
rm -rf "$scripts"
for program in "$programs"/*; do
  name=${program##*/}
  mkdir -p "$scripts/alone/$name"
  cp "$program" "$scripts/alone/$name/$name"
  printf '#!/bin/sh\nexec %s "%s" "$@"\n' "$qemu" "$scripts/alone/$name/$name" >"$scripts/$name"
  chmod +x "$scripts/$name"
done
echo "$scripts"
