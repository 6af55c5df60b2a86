# Sourced by the examples' `run`: a private folder with generated secrets, a program in it, and claims that are checked.
# What it sets they use, and `here` they set.
# shellcheck shell=sh disable=SC2034,SC2154

examples=$(CDPATH='' cd "$here/.." && pwd)
root=$(CDPATH='' cd "$examples/.." && pwd)
home=$root/bootstrap/target/secret-agent
agent=$home/lib/secret-agent.jar
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
failed=0
pid=
yes=yes: no=NO:
if [ -t 1 ] && [ -z "${NO_COLOR:-}" ]; then
    yes=$(printf '\033[32myes:\033[0m') no=$(printf '\033[31mNO:\033[0m')
fi

# build_unless EXAMPLE FILE: builds it and the distribution, unless both are there.
build_unless() {
    if [ -f "$agent" ] && [ -e "$2" ]; then
        return
    fi
    echo "Building first; most of the time is the download of libraries ..."
    (cd "$root" && ./mvnw -q -Dmaven.test.skip -Dspotless.check.skip -pl "examples/$1" -am package)
}

# Everything is in one folder that only this user can enter, and goes with it at the end. Mappings are copied into it
# because the agent refuses one that others can write, which a checkout under umask 002 is.
make_folder() {
    umask 077
    work=$(mktemp -d "${TMPDIR:-/tmp}/secret-agent-example.XXXXXX")
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    mkdir "$work/secrets"
}

# Random letters and digits: the value of a secret.
random() {
    od -An -v -tx1 -N16 /dev/urandom | tr -d ' \n'
}

# start COMMAND...: in the background, with pipes to its input, which stays open, and from its output.
start() {
    mkfifo "$work/in" "$work/out"
    exec 3<>"$work/in"
    "$@" <"$work/in" >"$work/out" 2>&1 3>&- &
    pid=$!
    exec 4<"$work/out"
}

# await TEXT: shows what the program writes until a line has the text.
await() {
    while IFS= read -r line <&4; do
        printf '%s\n' "$line" >>"$work/output"
        printf '    %s\n' "$line"
        case $line in
            *"$1"*) return ;;
        esac
    done
    code=0
    wait "$pid" || code=$?
    pid=
    echo "The program ended with exit code $code before it wrote: $1" >&2
    [ "$code" -ne 0 ] || code=1
    exit "$code"
}

# Ends the program: what it still writes is looked at too.
stop() {
    exec 3>&-
    kill "$pid" 2>/dev/null || true
    cat <&4 >>"$work/output"
    wait "$pid" || true
    pid=
}

clean_up() {
    if [ -n "$pid" ]; then
        kill "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    fi
    rm -rf "$work"
}

heading() {
    printf '\n== %s\n' "$1"
}

# claim TEXT COMMAND...: says whether the command succeeds.
claim() {
    text=$1
    shift
    if "$@"; then
        echo "    $yes $text"
    else
        echo "    $no  $text"
        failed=1
    fi
}

wrote() {
    grep -q -F -e "$1" "$work/output"
}

# The program prints the SHA-256 of what it got; compared here with that of the file.
was_read() {
    wrote "$1 length=32 sha256=$(sha256 <"$work/secrets/$2")"
}

# without_values FILE...: none of them is empty, and no secret is in any. The values are given to grep in files: on its
# command line others could read them.
without_values() {
    for file in "$@"; do
        tr '\0' '\n' <"$file" >"$work/text"
        [ -s "$work/text" ] || return 1
        for secret in "$work/secrets/"*; do
            ! grep -q -F -f "$secret" "$work/text" || return 1
        done
    done
}

# What others on this machine can see of the program.
claim_nothing_outside() {
    if [ -r "/proc/$pid/environ" ]; then
        claim "no value is in /proc/$pid/environ" without_values "/proc/$pid/environ"
        claim "no value is in /proc/$pid/cmdline" without_values "/proc/$pid/cmdline"
    else
        ps -ww -o args= -p "$pid" >"$work/cmdline"
        claim "no value is on the command line (no /proc here: the environment is not looked at)" \
            without_values "$work/cmdline"
    fi
}

sha256() {
    if command -v sha256sum >/dev/null; then
        sha256sum
    else
        shasum -a 256
    fi | cut -d ' ' -f 1
}
