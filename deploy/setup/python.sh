#!/bin/sh
# Make a virtual environment, unless a sound one is there: python.sh FOLDER
#
# Takes the first Python of 3.11 or later that can make one. Debian keeps the module for it
# in a package of its own, which is installed here where that is permitted.
set -eu
# shellcheck source=deploy/setup/packages.sh
. "$(dirname "$0")/packages.sh"

folder=$1
candidates="python3 python3.14 python3.13 python3.12 python3.11"

is_recent() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

makes_venvs() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

# is_environment PYTHON: whether it is that of a whole virtual environment, pip included.
is_environment() {
    "$1" -c 'import sys, pip; sys.exit(sys.prefix == sys.base_prefix)' >/dev/null 2>&1
}

# first_of TEST...: the first candidate that passes every test.
first_of() {
    for candidate in $candidates; do
        for test in "$@"; do
            "$test" "$candidate" || continue 2
        done
        echo "$candidate"
        return
    done
    return 1
}

fail() {
    echo "$1" >&2
    exit 1
}

# ready PYTHON: whether it can make the environment, after installing what that takes.
ready() {
    makes_venvs "$1" && return
    install_packages "$1-venv" || return
    makes_venvs "$1"
}

if is_recent "$folder/bin/python" && is_environment "$folder/bin/python"; then
    exit
fi

python=$(first_of is_recent makes_venvs) || python=$(first_of is_recent) ||
    fail "sosdir needs Python 3.11 or later: install it (Debian: apt install python3 python3-venv; macOS: brew install python) and try again."
ready "$python" ||
    fail "$python cannot make virtual environments: install $python-venv (apt install $python-venv) and try again."

echo "Making $folder with $("$python" --version)" >&2
"$python" -m venv --clear "$folder"
