#!/bin/sh
# Checks who includes whom: each room of lib/ only what lies below it, a program its own folder
# and lib/, a collector also what all collectors share. docs/architecture.md has the picture.
set -eu

failed=0
complain() {
	printf '%s\n' "$*" >&2
	failed=1
}

# rooms FOLDER: the rooms of lib/ whose headers its files may include.
rooms() {
	case $1 in
	lib/base) echo base ;;
	lib/formats) echo base formats ;;
	lib/os | lib/os/*) echo base formats os ;;
	lib/cli) echo base formats os cli ;;
	lib/stream) echo base formats os cli stream ;;
	*) echo base formats os cli stream kill ;;
	esac
}

for file in $(find lib collectors pf pf-* plugins -name '*.[ch]' 2>/dev/null); do
	folder=${file%/*}
	for include in $(sed -nE 's/^#include "([^"]+)".*/\1/p' "$file"); do
		room=${include%%/*}
		if [ -e "lib/$include" ]; then
			case " $(rooms "$folder") " in
			*" $room "*) ;;
			*) complain "$file: includes $include, which lies above it" ;;
			esac
			case $folder:$include in
			lib/os/*:os/*/*)
				case $folder/ in
				lib/${include%/*}/) ;;
				*) complain "$file: includes $include, another system's" ;;
				esac
				;;
			esac
		elif [ -e "$folder/$include" ]; then
			:
		elif [ "${folder#collectors/}" != "$folder" ] && [ -e "collectors/$include" ]; then
			:
		elif [ "${folder#pf-resolve}" != "$folder" ] && [ -e "pf-resolve/$include" ]; then
			:
		else
			complain "$file: includes $include, another program's"
		fi
	done
	if [ "${folder#lib/os}" = "$folder" ] && grep -nE '^#[[:space:]]*if.*(_WIN32|__linux__|__APPLE__)' "$file"; then
		complain "$file: asks for an OS outside lib/os"
	fi
	lines=$(wc -l <"$file")
	[ "$lines" -le 400 ] || complain "$file: $lines lines; at most 400"
done
exit "$failed"
