#!/bin/sh
# Checks the layers: a room of lib/ includes only itself and those below, a system's folder in lib/os
# no other system's, a program only its own files, lib/, and what all collectors share. Only lib/os may
# test for the OS, and files of the same name there must define the same functions. No file has more
# than 400 lines.
set -eu

# No path here contains a blank.
# shellcheck disable=SC2046
awk '
function complain(message) {
	print message | "cat >&2"
	failed = 1
}
function folder_of(path) {
	sub("/[^/]*$", "", path)
	return path
}
function name_of(path) {
	sub(".*/", "", path)
	return path
}
function room_of(path) {
	split(path, part, "/")
	return part[1] == "lib" ? rank[part[2]] : top
}
function check_include(file, included,   folder, owner) {
	folder = folder_of(file)
	if ("lib/" included in lines) {
		owner = folder_of("lib/" included)
		if (room_of("lib/" included) > room_of(file))
			complain(file ": includes " included ", which lies above it")
		else if (owner ~ "^lib/os/" && owner != folder)
			complain(file ": includes " included ", which is another system\047s")
	} else if (!(folder "/" included in lines) &&
		   !(folder ~ "^collectors/" && "collectors/" included in lines) &&
		   !(folder ~ "^pf-resolve" && "pf-resolve/" included in lines))
		complain(file ": includes " included ", which is another program\047s")
}
BEGIN {
	top = split("base formats os cli stream kill", rooms, " ") + 1
	for (i = 1; i < top; i++)
		rank[rooms[i]] = i
	for (i = 1; i < ARGC; i++)
		lines[ARGV[i]] = 0
}
{ lines[FILENAME]++ }
/^#include "/ {
	split($0, quoted, "\"")
	check_include(FILENAME, quoted[2])
}
/^#[ \t]*(el)?if.*(_WIN32|__linux__|__APPLE__|__unix__|__[A-Za-z]*BSD__)/ && FILENAME !~ "^lib/os/" {
	complain(FILENAME ": asks for the OS outside lib/os")
}
FILENAME ~ "^lib/os/.*/.*[.]c$" {
	if (FNR == 1)
		folders[name_of(FILENAME)]++
	if (match($0, "^[a-z].*[ *](os|spawn)_[a-z_]+[(]")) {
		question = substr($0, 1, RLENGTH - 1)
		sub(".*[ *]", "", question)
		answers[question " " name_of(FILENAME)]++
	}
}
END {
	for (file in lines)
		if (lines[file] > 400)
			complain(file ": " lines[file] " lines; at most 400")
	for (answer in answers) {
		split(answer, part, " ")
		if (answers[answer] != folders[part[2]])
			complain("lib/os/*/" part[2] ": not each has " part[1] "()")
	}
	exit failed
}' $(find lib collectors pf pf-* plugins \( -name '*.[ch]' -o -name '*.inc' \) 2>/dev/null)
