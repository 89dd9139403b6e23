#!/bin/sh
# Print the path of a Chromium for the browser tests, installing it and fonts of our languages
# from the system's packages where that is permitted.
#
# Prints nothing if there is none: the browser tests then say so and are skipped; with
# CI=true this fails instead. Nothing is ever downloaded by a test tool.
set -eu
# shellcheck source=deploy/setup/packages.sh
. "$(dirname "$0")/packages.sh"

mac_apps="/Applications/Chromium.app/Contents/MacOS/Chromium
/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"

find_browser() {
    if [ -n "${SOSDIR_CHROMIUM:-}" ]; then
        echo "$SOSDIR_CHROMIUM"
        return
    fi
    for name in chromium chromium-browser google-chrome google-chrome-stable; do
        command -v "$name" && return
    done
    echo "$mac_apps" | while read -r app; do
        if [ -x "$app" ]; then
            echo "$app"
            break
        fi
    done
}

# has_font LANGUAGE PACKAGE: macOS has fonts for every language of the pages; elsewhere fontconfig
# knows, or apt's own records.
has_font() {
    [ "$(uname)" = Darwin ] && return
    fc-list ":lang=$1" 2>/dev/null | grep -q . && return
    dpkg -s "$2" >/dev/null 2>&1
}

has_japanese_font() { has_font ja fonts-noto-cjk; }
has_nepali_font() { has_font ne fonts-lohit-deva; }

advice() {
    if [ "$(uname)" = Darwin ]; then
        echo "install Google Chrome or Chromium in /Applications"
    else
        echo "install it (Debian: apt install chromium fonts-noto-cjk fonts-lohit-deva), or set SOSDIR_CHROMIUM to its path"
    fi
}

browser=$(find_browser)
wanted=""
[ -n "$browser" ] || wanted="chromium"
has_japanese_font || wanted="$wanted fonts-noto-cjk"
has_nepali_font || wanted="$wanted fonts-lohit-deva"

if [ -n "$wanted" ]; then
    # shellcheck disable=SC2086  # one word for each package
    install_packages $wanted || true
    browser=$(find_browser)
fi

{ has_japanese_font && has_nepali_font; } ||
    echo "A Japanese or Nepali font is missing (Debian: apt install fonts-noto-cjk fonts-lohit-deva): text may not be laid out as it should be." >&2

if [ -z "$browser" ]; then
    echo "The browser tests need Chromium: $(advice)." >&2
    [ "${CI:-}" != true ] || exit 1
fi

echo "$browser"
