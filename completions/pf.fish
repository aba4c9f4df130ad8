# fish completion for pf and its stages, for a directory in $fish_complete_path.
#
# Anybody may have chosen the names of programs and processes. They are never evaluated; only text from
# this file is.

# Prints the pf that a bare `pf` would run. One found through a relative entry of PATH, or typed with its
# path, may be in anybody's directory, and completion must not run it.
function __pf_found
    command --search pf | string match --regex '^/.*'
end

# __pf_names PREFIX: prints NAME for each program PREFIX-NAME that pf finds in its directory or on PATH.
function __pf_names --argument-names beginning
    set --local found (__pf_found)
    set --local real (test -n "$found"; and builtin realpath $found 2>/dev/null)
    for directory in (string replace --regex '/[^/]*$' '' -- $found $real) $PATH
        string match --quiet '/*' -- $directory; or continue
        for program in $directory/$beginning-*
            test -f $program -a -x $program; or continue
            string match --quiet --regex "/$beginning-[a-z][A-Za-z0-9_.-]*\\z" -- $program
            and string replace -- $directory/$beginning- '' $program
        end
    end
end

function __pf_programs
    for name in (__pf_names pf)
        set --local about ''
        switch $name
            case collect-proc
                set about 'list the listening sockets of Linux'
            case collect-lsof
                set about 'list the listening sockets of a Unix, from lsof'
            case collect-netstat
                set about 'list the listening sockets of Windows, from netstat -ano'
            case collect-ss
                set about 'list the listening sockets in the text of ss or netstat'
            case resolve
                set about 'add the names of processes and users to listeners'
            case render
                set about 'show listeners as a table, as explanations, or as JSON'
            case kill
                set about 'end the processes that hold listening sockets'
        end
        printf '%s\t%s\n' $name $about
    end
end

# pf accepts only these names for --collector.
function __pf_collectors
    __pf_names pf-collect | string match --regex '^[a-z0-9_-]+$'
end

# Prints the ports that are listening now, with the name of the first holder, in pf's order, also for
# the last one in a comma-separated list.
function __pf_ports
    set --local words (commandline -opc)
    # An option; a capture, which has other ports.
    string match --quiet -- '-*' (commandline -ct); and return
    string match --quiet -- '--replay*' $words; and return
    set --local protocols
    string match --quiet --regex -- '^(-[tu]*t[tu]*|--tcp)$' $words; and set protocols t
    string match --quiet --regex -- '^(-[tu]*u[tu]*|--udp)$' $words; and set protocols "$protocols"u
    set --query protocols[1]; or set protocols t
    set --local before (commandline -ct | string match --regex '^(?:.*,)?:?')
    set --local found (__pf_found); or return
    set --local last
    # PORT, possibly PROTO, PID, COMMAND; two blanks before the next column.
    $found --no-header -$protocols </dev/null 2>/dev/null |
        string match --regex '^[0-9]+ +(?:[tu][cd]p +)?(?:[0-9]+|-) +.*' |
        string replace --regex '^([0-9]+) +(?:[tu][cd]p +)?(?:[0-9]+|-) +(.*?)(?:  .*)?$' '$1\t$2' |
        while read --delimiter \t port name
            test "$port" = "$last"; and continue
            set last $port
            test "$name" = -; and set name 'hidden holder'
            printf '%s%s\t%s\n' "$before" $port $name
        end
end

function __pf_signals
    set --local signals HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM \
        CHLD CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH SYS
    if string match --quiet --regex -- '^(?:--signal=)?SIG' (commandline -ct)
        set signals SIG$signals
    end
    string join \n $signals
end

# __pf_runs PROGRAM: true if the words typed so far run it.
function __pf_runs --argument-names program
    set --local words (commandline -opc)
    set --local running (string replace --regex '^.*/' '' -- $words[1])
    if test "$running" = pf; and string match --quiet --regex '^[a-z]' -- "$words[2]"
        set running pf-$words[2]
    end
    test "$running" = "$program"
end

function __pf_runs_one_of_others
    set --local words (commandline -opc)
    string match --quiet --regex '^[a-z]' -- "$words[2]"; or return
    not contains -- "$words[2]" resolve render kill collect-proc collect-lsof collect-netstat collect-ss
end

# __pf_takes PROGRAM ARGUMENTS...: calls `complete` with the arguments for the program and for `pf NAME`.
function __pf_takes --argument-names program
    complete --command $program --condition "__pf_runs $program" $argv[2..-1]
    if test $program != pf
        complete --command pf --condition "__pf_runs $program" $argv[2..-1]
    end
end

set --local collectors pf-collect-proc pf-collect-lsof pf-collect-netstat pf-collect-ss

for program in pf pf-resolve pf-render pf-kill $collectors
    # fish reads this file once for each program name, and would add everything again.
    complete --command $program --erase
    complete --command $program --no-files
    __pf_takes $program -s h -l help -d 'show a short help'
    __pf_takes $program -s V -l version -d 'show the version'
end

for program in pf $collectors
    __pf_takes $program -s t -l tcp -d 'TCP sockets that listen (the default)'
    __pf_takes $program -s u -l udp -d 'UDP sockets that are bound and not connected'
    __pf_takes $program --keep-order -a '(__pf_ports)'
end

__pf_takes pf -s j -l json -d 'one object instead of the table'
__pf_takes pf-render -l json -d 'one object instead of the table'
__pf_takes pf -s w -l wide -d 'also uptime, unit, container, directory, command line'
__pf_takes pf-render -l wide -d 'also uptime, unit, container, directory, command line'
for program in pf pf-render
    __pf_takes $program -l no-header -d 'omit the headings'
    __pf_takes $program -l color -x -a 'auto always never' -d 'when to print the headings in bold'
    __pf_takes $program -l ndjson -d 'one JSON object per line instead of the table'
    __pf_takes $program -l why -d 'explain why each process runs, and how to free its ports'
end

__pf_takes pf -s k -l kill -d 'after showing them, end the holders with SIGTERM'
__pf_takes pf -l force -d 'end them with SIGKILL; with --kill: what SIGTERM left'
__pf_takes pf -l signal -x -a '(__pf_signals)' -d 'with --kill: this signal instead of SIGTERM'
__pf_takes pf -l timeout -x -d 'how long to wait after each signal, or with --wait and --until-listening'
__pf_takes pf -l dry-run -d 'with --kill or --force: print what would be signalled'
__pf_takes pf -l interactive -d 'with --kill or --force: ask before each process'
__pf_takes pf -l wait -d 'show nothing; wait until nothing listens on the ports'
__pf_takes pf -l until-listening -d 'show nothing; wait until something listens on each'
__pf_takes pf -l collector -x -a '(__pf_collectors)' -d 'use pf-collect-NAME'
__pf_takes pf -l replay -rF -d 'show a capture instead of this machine'

complete --command pf --condition 'test (count (commandline -opc)) -eq 1' -a '(__pf_programs)'
# A custom program.
complete --command pf --condition __pf_runs_one_of_others --force-files

__pf_takes pf-resolve -l details -d 'add why each process runs, and what frees its port for good'
__pf_takes pf-resolve -l replay -rF -d 'take the names from a capture'

__pf_takes pf-kill -l signal -x -a '(__pf_signals)' -d 'send this signal instead of SIGTERM'
__pf_takes pf-kill -l force -d 'send SIGKILL; with --signal: if it is alive at the timeout'
__pf_takes pf-kill -l timeout -x -d 'how long to wait after each signal'
__pf_takes pf-kill -l dry-run -d 'print what would be signalled, and signal nothing'
__pf_takes pf-kill -l interactive -d 'ask on the terminal before each process'

for program in $collectors
    __pf_takes $program -l replay -rF -d 'read a capture instead of this machine'
    __pf_takes $program -l probe -d 'exit 0 if this collector can work here, else 1'
end

functions --erase __pf_takes
