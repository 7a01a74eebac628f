#!/bin/sh
# Installs the caches that tests and ./demo --caches start, where Debian's packages can be had: as root, with apt-get. Never
# fails: without them their tests are skipped. No package may start a service, which would take ports of this machine.
set -u

PACKAGES="varnish varnish-modules nginx libnginx-mod-http-cache-purge trafficserver squid"
POLICY=/usr/sbin/policy-rc.d
KEPT=

installed() {
    for package in $PACKAGES; do
        dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || return 1
    done
}

forbid_services() {
    if [ -e "$POLICY" ]; then
        KEPT=$(mktemp) && cp -p "$POLICY" "$KEPT" || return 1
    fi
    trap allow_services EXIT
    trap 'exit 0' INT TERM
    printf '#!/bin/sh\nexit 101\n' >"$POLICY" && chmod 755 "$POLICY"
}

allow_services() {
    if [ -n "$KEPT" ]; then
        cp -p "$KEPT" "$POLICY"
        rm -f "$KEPT"
    else
        rm -f "$POLICY"
    fi
}

install() {
    DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends $PACKAGES </dev/null >/dev/null 2>&1
}

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    echo "No Debian packages here: tests of caches that are not installed are skipped."
    exit 0
fi
installed && exit 0
if [ "$(id -u)" != 0 ]; then
    echo "Only root can install packages: tests of caches that are not installed are skipped."
    exit 0
fi
forbid_services || exit 0
install || { timeout 120 apt-get update -qq </dev/null >/dev/null 2>&1 && install; }
installed || echo "The caches cannot be installed: tests of those that are missing are skipped."
exit 0
