#!/bin/sh
# Have wrk, which asks servers as fast as they answer, from the system's packages.
set -eu
# shellcheck source=deploy/setup/packages.sh
. "$(dirname "$0")/packages.sh"

command -v wrk >/dev/null 2>&1 && exit
install_packages wrk && exit
echo "wrk is needed to measure; install it (Debian: apt install wrk, macOS: brew install wrk)" >&2
exit 1
