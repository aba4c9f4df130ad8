#!/bin/sh
# Packs a release for each target, DIRECTORY/pf-VERSION-TARGET.tar.gz, and writes SHA256SUMS.
#
#   dist.sh VERSION DIRECTORY BUILD TARGET...
#
# The archives are reproducible if the compilers, tar and gzip are the same. All dates are
# $SOURCE_DATE_EPOCH, or else the date of the last commit. $MAKE builds; objects are kept in
# BUILD/TARGET.
set -eu

fail() {
  echo "dist: $*" >&2
  exit 2
}

version=$1 directory=$2 objects=$3
shift 3
[ $# -gt 0 ] || fail "needs a target"
tar --version 2>/dev/null | grep -q GNU || fail "needs GNU tar, which can sort names"
epoch=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || :)}
[ -n "$epoch" ] ||
  fail "not a git clone: set SOURCE_DATE_EPOCH to the date of the source, in seconds since 1970"

# Strips debug information, which would contain paths of this machine, and timestamps.
linker_options() {
  case $1 in
  *-windows) echo -s -Wl,--no-insert-timestamp ;;
  *) echo -s ;;
  esac
}

rm -rf "$directory"
mkdir -p "$directory"
stage=$(mktemp -d "$directory/stage.XXXXXX")
trap 'rm -rf "$stage"' EXIT
trap 'exit 2' HUP INT TERM

for target; do
  name=pf-$version-$target
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
