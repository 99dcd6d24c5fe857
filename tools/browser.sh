#!/bin/sh
# Installs Debian's chromium and an emoji font for the browser tests. Only root can: without them
# the browser tests say so and skip, or fail where CI=true.
set -eu
needed="chromium fonts-noto-color-emoji"

# shellcheck disable=SC2086 # two words, two packages
if dpkg-query --show --showformat='${db:Status-Status}\n' $needed 2>/dev/null | grep -c '^installed$' | grep -q 2; then
    exit 0
fi
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "The browser tests want Debian's packages '$needed', which only root can install here."
    exit 0
fi
echo "Installing $needed for the browser tests"
export DEBIAN_FRONTEND=noninteractive
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# shellcheck disable=SC2086 # two words, two packages
if ! { apt-get update && apt-get install --yes -o DPkg::Lock::Timeout=120 --no-install-recommends $needed; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "Could not install $needed: the browser tests cannot run." >&2
fi
