# pf: who is holding this port?
#
#   make            builds every program into build/bin
#   make deps       installs what building, running and testing need and is not there yet
#   make deps-check the same for `make check`
#   make deps-cross the same for TARGET
#   make deps-emulation the same for `make test-bats` with the TARGETs of other processors
#   make deps-windows the same for `make test-windows`
#   make run        builds, and runs pf; ARGS='3000' are its arguments
#   make test       builds, and runs the unit tests and the bats tests
#   make test-bats  the bats tests alone; with a TARGET of Linux those of its programs, under qemu
#                   where they are for another processor
#   make test-windows builds for x86_64-windows, and runs the tests of that, under Wine
#   make check      format, static analysis, shell scripts, manual pages, headers
#   make format     lays the C sources out as .clang-format says
#   make faults     lets each call that can fail do so, one after another, in each program
#   make memcheck   the tests once more, with every program under valgrind; in ten minutes
#   make coverage   runs the tests, and prints which lines they have run; fails where that is too little
#   make deps-coverage installs what that needs
#   make fuzz       feeds made-up input to every parser, with clang (NAME=lsof: to that one)
#   make bench      measures pf against other programs, in 4 minutes (QUICK=1: less than one)
#   make deps-bench installs what that needs
#   make fixtures   rewrites the expected output beside each capture (then read the diff)
#   make install    into $(DESTDIR)$(PREFIX): programs, manual pages, completions; make uninstall
#                   takes it all out again
#   make dist       packs the programs for each of DIST_TARGETS as build/dist/*.tar.gz, the same
#                   bytes each time, with SHA256SUMS
#   make clean      removes build/
#
# Knobs, all for the command line (make PREFIX=/usr SANITIZE=address,undefined test):
#
#   PREFIX    where `install` puts things; /usr/local
#   DESTDIR   a directory that stands in for / while packaging
#   BUILD     where objects and programs go; build, with TARGET build/TARGET
#   TARGET    aarch64-macos, x86_64-macos, x86_64-windows, or for static programs
#             x86_64-linux-musl, aarch64-linux-musl, i386-linux-musl (32 bits) or
#             s390x-linux-gnu (big-endian): `all` and `install` are for that machine, built on
#             Linux; the compiler and jansson come from their packages by themselves
#   DIST_TARGETS those of TARGET that `dist` packs; all but the last two
#   CACHE     where what TARGET needs is kept; $XDG_CACHE_HOME/pf, or ~/.cache/pf
#   SANITIZE  gcc's and clang's -fsanitize= list; objects and programs go to BUILD/sanitize
#   FAULTS    1 makes programs whose calls fail as tests/faults/faults.c says, into BUILD/faults
#   OS        linux, darwin, windows or none: the folder of lib/os; that of TARGET or this machine
#   CC        the compiler
#   CFLAGS    -O2 -g, or what you want
#   WERROR    1 makes warnings errors; on where CI is set
#   V         1 shows whole compiler commands
#   TESTS     the bats files or directories that `test` and `test-windows` run
#   FUZZ_SECONDS how long `fuzz` takes for each target; 3
#   FUZZ_RUNS the executions of each instead
#   FUZZ_SEED makes the input of two runs alike; 0 doesn't
#   QUICK     1 makes `bench` short: smaller loads, fewer runs

VERSION := 0.1.0
PREFIX ?= /usr/local
DESTDIR ?=
TARGET ?=
CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/pf
BUILD ?= build$(addprefix /,$(TARGET))
SANITIZE ?=
CFLAGS ?= -O2 -g
WERROR ?= $(if $(CI),1)
TESTS ?= tests/cli tests/pipeline tests/live
PKG_CONFIG ?= pkg-config

# ---- operating systems ----

# An OS is a folder of lib/os; of files with one name, the first folder's is built.
system := $(or $(word 2,$(subst -, ,$(TARGET))),$(shell uname -s | tr A-Z a-z))
OS ?= $(patsubst macos,darwin,$(patsubst mingw%,windows,$(patsubst msys%,windows,$(system))))
os_folders := $(addprefix lib/os/,$(OS) $(if $(filter windows,$(OS)),,posix) none)
os_names := $(sort $(notdir $(wildcard $(os_folders:%=%/*.c))))
os_sources := $(wildcard lib/os/*.c) \
	$(foreach name,$(os_names),$(firstword $(wildcard $(os_folders:%=%/$(name)))))

threads := -pthread
ifeq ($(OS),windows)
threads :=
os_libs := -static -liphlpapi
exe := .exe
# The old C library there has formats of its own.
printf_format := gnu_printf
os_collectors := iphlpapi
endif

# ---- programs: a directory each, collectors by the folder's name ----

collectors := $(addprefix pf-collect-,proc lsof netstat $(os_collectors))
programs := pf pf-resolve pf-render pf-kill $(collectors)
directory = $(patsubst pf-collect-%,collectors/%,$(1))
sources = $(wildcard $(call directory,$(1))/*.c $(call directory,$(1))/why/*.c)

lib_sources := $(wildcard $(addprefix lib/,base/*.c formats/*.c cli/*.c stream/*.c)) $(os_sources)
manual_pages := $(foreach p,$(programs),$(call directory,$(p))/$(p).1) lib/stream/pf-listener.5

# ---- flags ----

O := $(BUILD)$(if $(FAULTS),/faults)$(if $(SANITIZE),/sanitize)
sanitize_flags := $(if $(SANITIZE),-fsanitize=$(SANITIZE) -fno-sanitize-recover=all \
	-fno-omit-frame-pointer)
warnings := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wstrict-prototypes \
	-Wmissing-prototypes -Wold-style-definition -Wwrite-strings -Wcast-qual -Wvla -Wundef \
	-Wpointer-arith -Wformat=2 -Wimplicit-fallthrough $(if $(WERROR),-Werror)
# Asked when first needed, and then known: `make deps run` installs pkg-config itself.
# The answer gets a variable of its own: one that sets itself while it is expanded is more than GNU
# make 3.81, which macOS has, makes any promise about.
ask = $(if $(filter undefined,$(origin known_$(1))),$(eval known_$(1) := $$(shell $(2))))
jansson_cflags = $(call ask,cflags,$(PKG_CONFIG) --cflags jansson)$(known_cflags)
jansson_libs = $(call ask,libs,$(PKG_CONFIG) --libs jansson)$(known_libs)

# glibc of 32 bits would else have times that end in 2038, and fail with files of large inode numbers.
# It gives its functions other names then, which FAULTS could not wrap.
wide_types := $(if $(FAULTS),,-D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64)
pf_cppflags = -D_GNU_SOURCE $(wide_types) -DPF_VERSION='"$(VERSION)"' \
	-DPF_PRINTF=$(or $(printf_format),printf) \
	-iquote lib -iquote collectors -iquote pf-resolve $(early_headers) -include lib/base/banned.h $(jansson_cflags)
pf_cflags := -std=c11 $(warnings) $(threads) $(sanitize_flags) $(CFLAGS)
pf_ldflags = $(threads) $(sanitize_flags) $(target_ldflags) $(LDFLAGS)
pf_libs = $(jansson_libs) $(os_libs)

# ---- building ----

say = $(if $(V),,@printf '  %-4s%s\n' $(1) $@; )

.PHONY: all
all: $(programs:%=$(O)/bin/%$(exe))

# The compiler and jansson of another machine; make reads them in when they are there.
ifneq ($(TARGET),)
$(BUILD)/cross.mk: build-aux/cross.sh
	@mkdir -p $(@D)
	@sh $< $(TARGET) '$(CACHE)' $(@D) >$@.new && mv $@.new $@
include $(BUILD)/cross.mk
endif

# With FAULTS, the calls that can fail go through tests/faults/faults.c.
comma := ,
fault_calls := malloc calloc realloc read write recv openat open close readlink readlinkat stat \
	lstat getxattr fstat fstatat fstatfs pipe poll waitpid waitid execv kill posix_spawn pthread_create socket \
	bind setsockopt send syscall
fault_objects := $(if $(FAULTS),$(O)/obj/tests/faults/faults.o)
fault_ldflags := $(if $(FAULTS),$(fault_calls:%=-Wl$(comma)--wrap=%))

objects = $(patsubst %.c,$(O)/obj/%.o,$(1))

define program_rule
$(O)/bin/$(1)$(exe): $(call objects,$(call sources,$(1))) $(if $(exe),$(O)/obj/$(1).res) \
	$(if $(filter pf-collect-%,$(1)),$(O)/collectors.a) $(O)/libpf.a
endef
$(foreach p,$(programs),$(eval $(call program_rule,$(p))))

$(programs:%=$(O)/bin/%$(exe)): $(fault_objects)
	@mkdir -p $(@D)
	$(call say,LD)$(CC) $(pf_ldflags) $(fault_ldflags) -o $@ $^ $(pf_libs)

$(O)/libpf.a: $(call objects,$(lib_sources))
$(O)/collectors.a: $(call objects,$(wildcard collectors/*.c))
$(O)/libpf.a $(O)/collectors.a:
	@rm -f $@
	$(call say,AR)$(AR) rcs $@ $^

# Windows' headers use names that banned.h poisons.
$(call objects,$(filter lib/os/windows/%,$(os_sources)) \
	$(wildcard tests/helpers/windows/*.c)): early_headers := \
	-D_WIN32_WINNT=0x0601 -include lib/os/windows/headers.h

# What Windows shows of a program, and how it treats it.
$(O)/obj/%.res: build-aux/windows.rc build-aux/windows.manifest Makefile
	@mkdir -p $(@D)
	$(call say,RC)$(WINDRES) -I build-aux -DPROGRAM=$* -DVERSION=$(VERSION) \
		-DVERSION_NUMBERS=$(subst .,$(comma),$(VERSION)),0 -O coff -o $@ $<

# The flags file changes when the flags do, and everything that they shape with it.
$(O)/obj/%.o: %.c $(O)/flags
	@mkdir -p $(@D)
	$(call say,CC)$(CC) $(pf_cppflags) $(pf_cflags) -MMD -MP -c -o $@ $<

.PHONY: force
$(O)/flags: force | $(filter deps%,$(MAKECMDGOALS))
	@mkdir -p $(@D)
	@echo '$(subst ','\'',$(CC) $(pf_cppflags) $(pf_cflags) $(pf_ldflags) $(OS))' >$@.new
	@cmp -s $@.new $@ && rm $@.new || mv $@.new $@

-include $(shell find $(O)/obj -name '*.d' 2>/dev/null)

# ---- running, installing ----

.PHONY: run install uninstall dist clean format deps deps-check deps-cross deps-emulation \
	deps-windows deps-bench deps-coverage
# A machine on which nothing listens is no failure.
run: all
	@$(O)/bin/pf $(ARGS) || [ $$? = 1 ]

deps:
	@sh build-aux/deps.sh test

deps-check:
	@sh build-aux/deps.sh check

deps-cross:
	@sh build-aux/deps.sh cross

deps-emulation:
	@sh build-aux/deps.sh emulation

deps-windows:
	@sh build-aux/deps.sh windows

deps-bench:
	@sh build-aux/deps.sh bench

deps-coverage:
	@sh build-aux/deps.sh coverage

bindir := $(DESTDIR)$(PREFIX)/bin
sharedir := $(DESTDIR)$(PREFIX)/share
mandir := $(sharedir)/man

# bash-completion and fish look for a file with the name of the program, zsh reads what
# programs a file is for: for the first two, each program has a link. Windows has none of them.
complete_bash := bash-completion/completions
complete_zsh := zsh/site-functions
complete_fish := fish/vendor_completions.d
completions := $(complete_bash)/pf $(complete_zsh)/_pf $(complete_fish)/pf.fish
stages := $(filter-out pf,$(programs))

install: all $(if $(exe),,install-completions)
	install -d '$(bindir)' '$(mandir)/man1' '$(mandir)/man5'
	install $(programs:%=$(O)/bin/%$(exe)) '$(bindir)'
	install -m 644 $(filter %.1,$(manual_pages)) '$(mandir)/man1'
	install -m 644 $(filter %.5,$(manual_pages)) '$(mandir)/man5'

.PHONY: install-completions
install-completions:
	install -d $(patsubst %,'$(sharedir)/%',$(complete_bash) $(complete_zsh) $(complete_fish))
	install -m 644 completions/pf.bash '$(sharedir)/$(complete_bash)/pf'
	install -m 644 completions/_pf '$(sharedir)/$(complete_zsh)'
	install -m 644 completions/pf.fish '$(sharedir)/$(complete_fish)'
	@for stage in $(stages); do \
		ln -sf pf '$(sharedir)/$(complete_bash)'/$$stage && \
		ln -sf pf.fish '$(sharedir)/$(complete_fish)'/$$stage.fish || exit 1; \
	done

uninstall:
	rm -f $(programs:%='$(bindir)/%$(exe)')
	rm -f $(patsubst %,'$(mandir)/man1/%',$(notdir $(filter %.1,$(manual_pages))))
	rm -f $(patsubst %,'$(mandir)/man5/%',$(notdir $(filter %.5,$(manual_pages))))
	rm -f $(patsubst %,'$(sharedir)/%',$(completions) \
		$(addprefix $(complete_bash)/,$(stages)) $(stages:%=$(complete_fish)/%.fish))

# A release: static programs for Linux, and those for the other systems.
DIST_TARGETS ?= x86_64-linux-musl aarch64-linux-musl x86_64-windows aarch64-macos x86_64-macos

dist:
	+@MAKE='$(MAKE)' sh build-aux/dist.sh '$(VERSION)' '$(BUILD)/dist' '$(BUILD)/dist-objects' \
		$(DIST_TARGETS)

clean:
	rm -rf build

format:
	clang-format -i $(c_files)

# ---- testing ----

unit_tests := $(patsubst tests/unit/%.c,$(O)/tests/%,$(wildcard tests/unit/*.c))
# The helpers, and a network of the tests' own, are of Linux.
test_helpers := $(if $(filter linux,$(OS)),\
	$(patsubst tests/helpers/%.c,$(O)/tests/%,$(wildcard tests/helpers/*.c)))
bench_programs := $(patsubst tests/bench/%.c,$(O)/tests/%,$(wildcard tests/bench/*.c))
in_netns := $(if $(test_helpers),$(O)/tests/netns,env)

# What a unit test is of: the pure parts of all systems' programs, beside all of lib.
tested := $(sort $(programs) pf-collect-iphlpapi)
testable := $(call objects,$(sort $(filter-out $(foreach p,$(tested),%/$(p).c),\
	$(wildcard collectors/*.c) $(foreach p,$(tested),$(call sources,$(p))))))

$(unit_tests): $(O)/tests/%: $(O)/obj/tests/unit/%.o $(testable) $(O)/libpf.a
	@mkdir -p $(@D)
	$(call say,LD)$(CC) $(pf_ldflags) -o $@ $^ $(pf_libs) $(shell $(PKG_CONFIG) --libs cmocka)

$(test_helpers): $(O)/tests/%: $(O)/obj/tests/helpers/%.o
	@mkdir -p $(@D)
	$(call say,LD)$(CC) $(pf_ldflags) -o $@ $^

$(bench_programs): $(O)/tests/%: $(O)/obj/tests/bench/%.o
	@mkdir -p $(@D)
	$(call say,LD)$(CC) $(pf_ldflags) -o $@ $^

$(O)/obj/tests/unit/%.o: pf_cppflags += $(addprefix -iquote ,pf-render pf-kill pf)

.PHONY: test test-unit test-bats
test: test-unit test-bats

test-unit: $(unit_tests)
	@for test in $(unit_tests); do $$test || exit 1; done

.PHONY: test-helpers native-helpers
test-helpers: $(test_helpers)

# The tests run here, and so do their helpers, whatever machine the programs are for.
native-helpers:
	@$(MAKE) --no-print-directory TARGET= OS=linux SANITIZE= BUILD='$(BUILD)/native' \
		test-helpers

# Programs for a processor that this machine isn't run under qemu, which can't do all.
processor := $(firstword $(subst -, ,$(TARGET)))
emulated_tags := $(if $(filter-out $(shell uname -m),$(processor)),!bare$(comma)!native)

# The live tests get a network of their own; where the machine doesn't allow one, they are skipped.
ifeq ($(TARGET),)
test-bats: all $(test_helpers)
	@PF_BIN='$(CURDIR)/$(O)/bin' PF_TESTS='$(CURDIR)/$(O)/tests' \
		PF_NETNS_WHY='only Linux has them' bash tests/run.sh '$(in_netns)' $(TESTS)
else
test-bats: all native-helpers
	@PF_BIN=$$(sh build-aux/emulate.sh $(processor) '$(abspath $(O)/bin)' \
		'$(abspath $(O)/emulated)') && export PF_BIN && \
		PF_TESTS='$(abspath $(BUILD)/native/tests)' PF_TAGS='$(emulated_tags)' \
		bash tests/run.sh '$(abspath $(BUILD)/native/tests/netns)' $(TESTS)
endif

# ---- calls that fail ----

# With a /proc of few processes, each call in turn takes two minutes in all.
few_processes = $(shell unshare --pid --fork --mount-proc true 2>/dev/null && \
	echo unshare --pid --fork --mount-proc)

.PHONY: faults run-faults
faults:
	@$(MAKE) --no-print-directory FAULTS=1 TESTS='$(wildcard tests/faults/*.bats)' \
		run-faults

run-faults: all $(test_helpers)
	@PF_BIN='$(CURDIR)/$(O)/bin' PF_TESTS='$(CURDIR)/$(O)/tests' \
		PF_NETNS_WHY='only Linux has them' bash tests/run.sh '$(in_netns) $(few_processes)' \
		$(TESTS)

# ---- lines that the tests have run ----

.PHONY: coverage
coverage:
	+@MAKE='$(MAKE)' sh build-aux/coverage.sh build/coverage

# ---- memory ----

.PHONY: memcheck
memcheck: all $(unit_tests) $(test_helpers)
	@PF_BIN='$(CURDIR)/$(O)/bin' PF_TESTS='$(CURDIR)/$(O)/tests' \
		PF_NETNS_WHY='only Linux has them' sh build-aux/memcheck.sh '$(CURDIR)/$(O)/memcheck' \
		'$(in_netns)' $(unit_tests) -- $(TESTS)

# ---- the programs for Windows, under Wine ----

windows_helpers := $(patsubst tests/helpers/windows/%.c,$(O)/tests/%.exe,\
	$(wildcard tests/helpers/windows/*.c))

$(windows_helpers): $(O)/tests/%.exe: $(O)/obj/tests/helpers/windows/%.o
	@mkdir -p $(@D)
	$(call say,LD)$(CC) $(pf_ldflags) -o $@ $^ -lws2_32

.PHONY: test-windows
ifneq ($(TARGET),x86_64-windows)
test-windows:
	@$(MAKE) TARGET=x86_64-windows test-windows
else
test-windows: all $(windows_helpers) native-helpers
	@sh tests/windows/run.sh '$(abspath $(O)/bin)' '$(abspath $(O)/tests)' '$(abspath $(O)/wine)' \
		'$(CACHE)' '$(abspath $(BUILD)/native/tests/netns)' \
		$(if $(filter command line,$(origin TESTS)),$(TESTS))
endif

.PHONY: fixtures
fixtures: all
	@PF_BIN='$(CURDIR)/$(O)/bin' bash fixtures/expect.sh

# ---- fuzzing ----

FUZZ_SECONDS ?= 3
FUZZ_RUNS ?=
FUZZ_SEED ?= 0
fuzz_names := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz_targets := $(fuzz_names:%=$(O)/tests/fuzz_%)

$(O)/obj/tests/fuzz/%.o: pf_cppflags += -iquote pf-render

$(fuzz_targets): $(O)/tests/%: $(call objects,tests/fuzz/messages.c) $(O)/obj/tests/fuzz/%.o \
		$(testable) $(O)/libpf.a
	@mkdir -p $(@D)
	$(call say,LD)$(CC) $(pf_ldflags) -fsanitize=fuzzer -Wl,--wrap=os_write_all -o $@ $^ $(pf_libs)

# The fuzzer is of clang, and so are the marks that it has to have in all that it runs.
.PHONY: fuzz fuzz-targets
fuzz:
	@$(MAKE) --no-print-directory CC=clang BUILD=build/fuzz \
		SANITIZE=fuzzer-no-link,address,undefined fuzz-targets
	@bash tests/fuzz/seeds.sh build/fuzz/corpus
	@FUZZ_SECONDS='$(FUZZ_SECONDS)' FUZZ_RUNS='$(FUZZ_RUNS)' FUZZ_SEED='$(FUZZ_SEED)' bash tests/fuzz/run.sh \
		build/fuzz/sanitize/tests build/fuzz/corpus $(or $(NAME),$(fuzz_names))

fuzz-targets: $(fuzz_targets)

# ---- measuring ----

static_target = $(shell uname -m)-linux-musl

# Without the compiler for the static build, and no network to get it from, the rest is measured.
.PHONY: bench bench-static
bench: all $(test_helpers) $(bench_programs) bench-static
	@PF_BIN='$(CURDIR)/$(O)/bin' PF_STATIC_BIN='$(CURDIR)/build/$(static_target)/bin' \
		PF_TESTS='$(CURDIR)/$(O)/tests' QUICK='$(QUICK)' bash tests/bench/bench.sh

bench-static:
	@$(MAKE) --no-print-directory TARGET=$(static_target) BUILD=build/$(static_target) all || \
		echo 'bench: goes on without the static build' >&2

# ---- checking ----

c_files := $(wildcard lib/*/*.[ch] lib/os/*/*.[ch] collectors/*/*.[ch] pf-resolve/why/*.[ch] \
	$(foreach d,collectors pf pf-resolve pf-render pf-kill,$(d)/*.[ch]) \
	tests/unit/*.[ch] tests/helpers/*.[ch] tests/helpers/windows/*.[ch] \
	tests/bench/*.[ch] tests/fuzz/*.[ch] tests/faults/*.[ch])
headers := $(filter %.h,$(c_files))
shell_files := $(wildcard .ci/run build-aux/*.sh completions/*.bash fixtures/*.sh \
	tests/*.sh tests/*/*.bash tests/*/*.bats tests/*/*.sh)

check_flags = $(pf_cppflags) $(addprefix -iquote ,pf-render pf-kill pf) -std=c11

.PHONY: check check-format check-tidy check-cppcheck check-shell check-manual check-headers
check: check-format check-headers check-shell check-manual check-cppcheck check-tidy

check-format:
	clang-format --dry-run --Werror $(c_files)

# The headers of macOS and Windows are not here: building for them is what checks these.
foreign := lib/os/darwin/% lib/os/windows/% \
	tests/helpers/windows/%

check-tidy:
	clang-tidy --quiet $(filter-out tests/unit/% $(foreign),$(filter %.c,$(c_files))) \
		-- $(check_flags)

check-cppcheck:
	cppcheck --quiet --error-exitcode=1 --inline-suppr --std=c11 \
		--enable=warning,style,performance,portability \
		--suppress=missingIncludeSystem --suppress=constParameterCallback --suppress=ctuuninitvar \
		--suppress=unusedStructMember --suppress=knownConditionTrueFalse \
		-Ilib -Icollectors -Ipf-resolve -Ipf-render -Ipf-kill -Ipf \
		$(filter-out tests/unit/%,$(filter %.c,$(c_files)))

check-shell:
	shellcheck $(shell_files)

check-manual:
	mandoc -Tlint -Wwarning $(sort $(manual_pages) $(wildcard collectors/*/*.1))

# Each header compiles alone: it includes all that it needs.
check-headers:
	@for header in $(filter-out lib/os/windows/headers.h,$(headers)); do \
		$(CC) $(check_flags) -Wno-unused -fsyntax-only -x c $$header || exit 1; \
	done
