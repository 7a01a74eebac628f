# Sourced by ./check and ./demo: which Maven to call, and whether what the plugin is built from can be had.

# The parent POM wants Maven 3.9.6 or newer. An older one can fetch a newer one, by its coordinates.
NEWER_MAVEN=3.9.11

maven_version() {
    "$1" -v 2>/dev/null | sed -n 's/.*Apache Maven \([0-9.]*\).*/\1/p' | head -n 1
}

new_enough() {
    [ -n "$1" ] && [ "$(printf '%s\n' "$1" 3.9.6 | sort -t. -k1,1n -k2,2n -k3,3n | head -n 1)" = 3.9.6 ]
}

# Sets MVN.
find_maven() {
    MVN=${MVN:-mvn}
    if ! command -v "$MVN" >/dev/null; then
        echo "Maven is missing: install any version of it, and a JDK 17 or newer." >&2
        exit 1
    fi
    new_enough "$(maven_version "$MVN")" && return
    cache=${XDG_CACHE_HOME:-$HOME/.cache}/cache-purge
    if [ ! -f "$cache/apache-maven-$NEWER_MAVEN/bin/mvn" ]; then
        echo "Maven $(maven_version "$MVN") is older than 3.9.6: fetching $NEWER_MAVEN to $cache"
        mkdir -p "$cache"
        # Not from inside the project, whose build extension an unreachable repository cannot deliver.
        (cd "$cache" && "$MVN" -q -B org.apache.maven.plugins:maven-dependency-plugin:3.8.1:unpack \
            -Dartifact="org.apache.maven:apache-maven:$NEWER_MAVEN:zip:bin" -DoutputDirectory="$cache")
        chmod +x "$cache/apache-maven-$NEWER_MAVEN/bin/mvn"
    fi
    MVN=$cache/apache-maven-$NEWER_MAVEN/bin/mvn
}

# Sets OFFLINE to -o where everything is in the local repository, and to nothing where it can be fetched. Fails, and says
# so, where neither is so.
find_jenkins() {
    if "$MVN" -o -q -B dependency:resolve >/dev/null 2>&1; then
        OFFLINE=-o
        return 0
    fi
    OFFLINE=
    "$MVN" -q -B dependency:resolve >/dev/null 2>&1 && return 0
    echo "Jenkins' artifact repository cannot be reached, and its artifacts are not in the local Maven repository: $1"
    return 1
}
