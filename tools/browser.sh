#!/bin/sh
# Installs what the tests with a browser need: Chromium and chromedriver, where Debian's packages can be had, as root, with
# apt-get; and Selenium, from Maven Central. Fails, and says so, where one of them cannot be had: these tests cannot run then.
set -u
cd "$(dirname "$0")/.."
. tools/maven.sh

installed() {
    command -v chromedriver >/dev/null &&
        { command -v chromium || command -v chromium-browser || command -v google-chrome; } >/dev/null
}

install() {
    DEBIAN_FRONTEND=noninteractive timeout 300 apt-get install -y -qq --no-install-recommends chromium chromium-driver \
        </dev/null >/dev/null 2>&1
}

skip() {
    echo "$1: the tests with a browser do not run."
    exit 1
}

if ! installed; then
    command -v apt-get >/dev/null || skip "No Debian packages here"
    [ "$(id -u)" = 0 ] || skip "Only root can install Chromium"
    install || { timeout 120 apt-get update -qq </dev/null >/dev/null 2>&1 && install; }
    installed || skip "Chromium cannot be installed"
fi

find_maven
find_jenkins "without it there are no pages" || skip "There is no Jenkins"
"$MVN" -o -q -B -Pbrowser dependency:resolve >/dev/null 2>&1 ||
    "$MVN" -q -B -Pbrowser dependency:resolve >/dev/null 2>&1 ||
    skip "Selenium cannot be fetched"
