# Included by the Makefile: tests, faults, memcheck, coverage, fuzz, bench.

c_of = $(patsubst $(1)/%.c,$(O)/tests/%,$(wildcard $(1)/*.c))
unit_tests := $(call c_of,tests/unit)
# The helpers, among them netns, need Linux.
test_helpers := $(if $(filter linux,$(OS)),$(call c_of,tests/helpers))
bench_programs := $(call c_of,tests/bench)
windows_helpers := $(addsuffix .exe,$(call c_of,tests/helpers/windows))
in_netns := $(if $(test_helpers),$(O)/tests/netns,env)
test_environment = PF_BIN='$(CURDIR)/$(O)/bin' PF_TESTS='$(CURDIR)/$(O)/tests' \
	PF_NETNS_WHY='only Linux has them' PF_TEST_TIMEOUT='$(if $(SANITIZE),2700)' PF_FILTER='$(FILTER)' PF_FIXTURE='$(FIXTURE)'

# All sources except main files, including those of programs for other systems.
tested := $(sort $(programs) $(all_collectors))
testable := $(call objects,$(sort $(wildcard collectors/*.c) \
	$(foreach p,$(tested),$(call sources,$(p)))))

$(O)/obj/tests/unit/%.o $(O)/obj/tests/fuzz/%.o: pf_cppflags += \
	$(addprefix -iquote ,pf-render pf-kill pf)

$(unit_tests): $(O)/tests/%: $(O)/obj/tests/unit/%.o $(testable) $(O)/libpf.a
	$(link) $^ $(pf_libs) $(shell $(PKG_CONFIG) --libs cmocka)
$(test_helpers): $(O)/tests/%: $(O)/obj/tests/helpers/%.o
	$(link) $^
$(bench_programs): $(O)/tests/%: $(O)/obj/tests/bench/%.o
	$(link) $^
$(windows_helpers): $(O)/tests/%.exe: $(O)/obj/tests/helpers/windows/%.o
	$(link) $^ -lws2_32

.PHONY: test test-unit test-bats test-helpers native-helpers test-windows test-vm fixtures
# UNIT runs only unit tests, FILTER or FIXTURE only bats tests.
test: $(if $(UNIT)$(if $(FILTER)$(FIXTURE),,all),test-unit) $(if $(UNIT),,test-bats)

test-unit: $(if $(UNIT),$(O)/tests/test_$(UNIT),$(unit_tests))
	@for test in $^; do $$test || exit 1; done

test-helpers: $(test_helpers)

# Tests and helpers run on this machine, whatever the TARGET.
native-helpers:
	@$(MAKE) --no-print-directory TARGET= OS=linux SANITIZE= BUILD='$(BUILD)/native' \
		test-helpers

# Programs for another processor run under qemu, which can't pass all tests.
processor := $(firstword $(subst -, ,$(TARGET)))
emulated_tags := $(if $(filter-out $(shell uname -m),$(processor)),!bare$(comma)!native)

ifeq ($(TARGET),)
test-bats: all $(test_helpers)
	@$(test_environment) bash tests/run.sh '$(in_netns)' \
		$(if $(FIXTURE),tests/pipeline/fixtures.bats,$(TESTS))
else
test-bats: all native-helpers
	@PF_BIN=$$(sh build-aux/emulate.sh $(processor) '$(abspath $(O)/bin)' \
		'$(abspath $(O)/emulated)') && export PF_BIN && \
		PF_TESTS='$(abspath $(BUILD)/native/tests)' PF_TAGS='$(emulated_tags)' \
		PF_FILTER='$(FILTER)' PF_TEST_TIMEOUT=$(if $(emulated_tags),2700) \
		bash tests/run.sh '$(abspath $(BUILD)/native/tests/netns)' $(TESTS)
endif

ifneq ($(TARGET),x86_64-windows)
test-windows:
	@$(MAKE) TARGET=x86_64-windows test-windows
else
test-windows: all $(windows_helpers) native-helpers
	@sh tests/windows/run.sh '$(abspath $(O)/bin)' '$(abspath $(O)/tests)' '$(abspath $(O)/wine)' \
		'$(CACHE)' '$(abspath $(BUILD)/native/tests/netns)' \
		$(if $(filter command line,$(origin TESTS)),$(TESTS))
endif

# In a virtual machine with systemd, docker and podman; SUITE=trixie for another than bookworm.
SUITE ?= bookworm
vm_target := x86_64-linux-musl
test-vm: native-helpers
	@$(MAKE) --no-print-directory TARGET=$(vm_target) all
	@'$(BUILD)/native/tests/netns' bash build-aux/vm.sh '$(SUITE)' '$(CACHE)' \
		'$(CURDIR)/build/$(vm_target)/bin' \
		$(if $(filter command line,$(origin TESTS)),$(TESTS),tests/vm)

fixtures: all
	@PF_BIN='$(CURDIR)/$(O)/bin' bash fixtures/expect.sh

# ---- faults, memory, coverage ----

# With few processes in /proc there are fewer calls to fail: two minutes in all.
few_processes = $(shell unshare --pid --fork --mount-proc true 2>/dev/null && \
	echo unshare --pid --fork --mount-proc)

.PHONY: faults run-faults coverage memcheck fuzz fuzz-targets bench bench-static
faults:
	@$(MAKE) --no-print-directory FAULTS=1 TESTS='$(wildcard tests/faults/*.bats)' run-faults

run-faults: all $(test_helpers)
	@$(test_environment) PF_TEST_TIMEOUT=2700 bash tests/run.sh '$(in_netns) $(few_processes)' \
		$(TESTS)

coverage:
	+@MAKE='$(MAKE)' sh build-aux/coverage.sh build/coverage

memcheck: all $(unit_tests) $(test_helpers)
	@$(test_environment) sh build-aux/memcheck.sh '$(CURDIR)/$(O)/memcheck' '$(in_netns)' \
		$(unit_tests) -- $(TESTS)

# ---- fuzzing ----

FUZZ_SECONDS ?= 3
FUZZ_RUNS ?=
FUZZ_SEED ?= 0
fuzz_names := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
fuzz_programs := $(fuzz_names:%=$(O)/tests/fuzz_%)

$(fuzz_programs): $(O)/tests/%: $(call objects,tests/fuzz/messages.c) $(O)/obj/tests/fuzz/%.o \
		$(testable) $(O)/libpf.a
	$(link) $^ -fsanitize=fuzzer -Wl,--wrap=os_write_all $(pf_libs)

# libFuzzer comes with clang, and all code under test must be instrumented.
fuzz:
	@$(MAKE) --no-print-directory CC=clang BUILD=build/fuzz \
		SANITIZE=fuzzer-no-link,address,undefined fuzz-targets
	@bash tests/fuzz/seeds.sh build/fuzz/corpus
	@FUZZ_SECONDS='$(FUZZ_SECONDS)' FUZZ_RUNS='$(FUZZ_RUNS)' FUZZ_SEED='$(FUZZ_SEED)' \
		bash tests/fuzz/run.sh build/fuzz/sanitize/tests build/fuzz/corpus \
		$(or $(NAME),$(fuzz_names))

fuzz-targets: $(fuzz_programs)

# ---- benchmarks ----

static_target = $(shell uname -m)-linux-musl

bench: all $(test_helpers) $(bench_programs) bench-static
	@PF_BIN='$(CURDIR)/$(O)/bin' PF_STATIC_BIN='$(CURDIR)/build/$(static_target)/bin' \
		PF_TESTS='$(CURDIR)/$(O)/tests' QUICK='$(QUICK)' bash tests/bench/bench.sh

bench-static:
	@$(MAKE) --no-print-directory TARGET=$(static_target) BUILD=build/$(static_target) all || \
		echo 'bench: continuing without the static build' >&2
