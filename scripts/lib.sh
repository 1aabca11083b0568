# Shared by ./equerry and ./verify; POSIX sh, sourced with $project set.
# shellcheck shell=sh

say() { printf '%s\n' "$*" >&2; }
die() { say "equerry: $*"; exit 1; }

# Is this folder a JDK (with a compiler) of release 25 or later?
is_jdk() {
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  _version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release")
  [ "${_version:-0}" -ge 25 ]
}

# Sets and exports JAVA_HOME.
find_jdk() {
  if [ -n "${JAVA_HOME:-}" ] && is_jdk "$JAVA_HOME"; then
    export JAVA_HOME
    return 0
  fi
  _on_path=$(command -v java 2> /dev/null || true)
  if [ -n "$_on_path" ]; then
    _on_path=$(readlink -f "$_on_path" 2> /dev/null || printf '%s' "$_on_path")
    _on_path=${_on_path%/bin/java}
  fi
  for _candidate in "$_on_path" /usr/lib/jvm/* /usr/java/* /opt/* /opt/java/* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    if [ -n "$_candidate" ] && is_jdk "$_candidate"; then
      JAVA_HOME=$_candidate
      export JAVA_HOME
      return 0
    fi
  done
  die "needs a JDK 25 or later and found none in JAVA_HOME, PATH or the usual folders.
  Debian, Ubuntu: apt install openjdk-25-jdk    Fedora: dnf install java-25-openjdk-devel
  macOS: brew install openjdk@25                 anywhere: https://adoptium.net (Temurin 25)
  Then set JAVA_HOME to its folder."
}

find_maven() {
  command -v mvn > /dev/null 2>&1 && return 0
  die "needs Maven 3.8 or later to build and found no 'mvn' in PATH.
  Debian, Ubuntu: apt install maven    Fedora: dnf install maven    macOS: brew install maven"
}

dist="$project/cli/target/dist"
aot_cache="$dist/equerry.aot"

# Flags of every run; the AOT cache is only used where they are those of its training.
# The two after native access are Arrow's.
java_flags="-XX:+UseSerialGC -XX:+UseCompactObjectHeaders --enable-native-access=ALL-UNNAMED --add-opens=java.base/java.nio=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow -Xlog:disable -Xlog:all=error:stderr"

class_path() {
  _path=
  for _jar in "$dist"/lib/*.jar; do _path="$_path${_path:+:}$_jar"; done
  printf '%s' "$_path"
}

is_packaged() {
  [ -f "$dist/complete" ] || return 1
  # A distribution without sources is never out of date.
  [ -f "$project/pom.xml" ] || return 0
  [ -z "$(find "$project/pom.xml" "$project"/*/pom.xml "$project"/*/src/main "$project/scripts" -newer "$dist/complete" -print 2> /dev/null | head -n 1)" ]
}

# Runs a command under the build lock, where the system has one.
with_build_lock() {
  mkdir -p "$project/cli/target" 2> /dev/null \
    || die "cannot write to $project/cli/target; build once as the owner of this folder"
  if command -v flock > /dev/null 2>&1; then
    (flock 9 && "$@" 9>&-) 9> "$project/cli/target/build.lock"
  else
    "$@"
  fi
}

# Gathers the jars in $dist/lib and trains the AOT cache.
package() {
  is_packaged && return 0 # another process was faster
  find_maven
  _log="$project/cli/target/package.log"
  say "equerry: building (one minute or two, log in $_log) …"
  _lib="$project/cli/target/lib"
  _began="$project/cli/target/package.began"
  touch "$_began"
  rm -rf "$dist" "$_lib"
  if ! mvn -B -ntp -f "$project/pom.xml" -pl cli -am -Dmaven.test.skip=true package > "$_log" 2>&1; then
    tail -n 40 "$_log" >&2
    die "the build failed; the whole log is $_log"
  fi
  # A folder of its own: the cache is void once a jar's date changes.
  mkdir "$dist"
  mv "$_lib" "$dist/lib"
  cp "$project/LICENSE" "$project/NOTICE" "$dist"
  train "$_log"
  # What is edited during the build is newer than this.
  touch -r "$_began" "$dist/complete"
}

# One run of the demo's self-check teaches the JVM what to have ready at start.
# A cache is a convenience: without it everything works, only slower to start.
train() {
  _root=$(mktemp -d "${TMPDIR:-/tmp}/equerry-train-XXXXXX") || return 0
  # shellcheck disable=SC2086
  "$JAVA_HOME/bin/java" $java_flags -XX:AOTCacheOutput="$aot_cache" -cp "$(class_path)" \
    equerry.cli.Main demo --check --port 0 --root "$_root/demo" >> "$1" 2>&1 \
    || { rm -f "$aot_cache"; say "equerry: no AOT cache (see $1); starts will be slower"; }
  rm -rf "$_root"
}
