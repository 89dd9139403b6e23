# Sourced by the scripts beside it: install system packages, where that is permitted.
# shellcheck shell=sh

# as_root COMMAND...: run it as root, or fail at once; never ask for a password.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    else
        sudo -n "$@"
    fi
}

# can_install: whether this machine has apt and lets us use it.
can_install() {
    command -v apt-get >/dev/null 2>&1 && as_root true >/dev/null 2>&1
}

# install_packages NAME...: install them with apt; what apt says goes to standard error.
install_packages() {
    can_install || return 1
    echo "Installing from the system's packages: $*" >&2
    as_root apt-get -qq update >&2 || true
    as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -qq install -y --no-install-recommends "$@" </dev/null >&2
}
