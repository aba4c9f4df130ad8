#!/bin/sh
# Packs the programs for each target, with their manual pages and completions, so that all
# can be unpacked and run: DIRECTORY/pf-VERSION-TARGET.tar.gz, and SHA256SUMS beside them.
#
#   dist.sh VERSION DIRECTORY BUILD TARGET...
#
# The same source gives the same bytes, wherever and whenever it is packed: nothing of
# the machine, its clock or its paths gets into them, as long as its compilers, tar and
# gzip are the same. $SOURCE_DATE_EPOCH, or else the date of the last commit, stands for
# all dates. $MAKE is the make to build with. Objects are kept in BUILD/TARGET.
set -eu

fail() {
  echo "dist: $*" >&2
  exit 2
}

version=$1 directory=$2 objects=$3
shift 3
[ $# -gt 0 ] || fail "no target is named"
tar --version 2>/dev/null | grep -q GNU || fail "tar: takes GNU tar, which can sort names"
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || :)}
[ -n "$epoch" ] ||
  fail "this is no clone with commits: set SOURCE_DATE_EPOCH to the source's date, in seconds since 1970"

# Linkers that know of a time to put in, and what keeps them from it.
linker_options() {
  case $1 in
  *-windows) echo -s -Wl,--no-insert-timestamp ;;
  *) echo -s ;;
  esac
}

# Only what this run has packed is to be there at its end.
rm -rf "$directory"
mkdir -p "$directory"
stage=$(mktemp -d "$directory/stage.XXXXXX")
trap 'rm -rf "$stage"' EXIT
trap 'exit 2' HUP INT TERM

for target; do
  name=pf-$version-$target
  # Nothing for debuggers: it would name directories of this machine.
  "${MAKE:-make}" -s --no-print-directory TARGET="$target" BUILD="$objects/$target" SANITIZE= \
    CFLAGS=-O2 LDFLAGS="$(linker_options "$target")" \
    DESTDIR="$stage" PREFIX="/$name" install >&2
  cp -R LICENSE README.md CHANGELOG.md "$objects/$target/licenses" "$stage/$name"
  tar -cf "$stage/tar" -C "$stage" --format=ustar --sort=name --mtime="@$epoch" \
    --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX "$name"
  gzip -n -9 <"$stage/tar" >"$stage/tar.gz"
  mv "$stage/tar.gz" "$directory/$name.tar.gz"
done
(cd "$directory" && sha256sum -- *.tar.gz >SHA256SUMS)
cat "$directory/SHA256SUMS"
