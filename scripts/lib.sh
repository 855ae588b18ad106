# shellcheck shell=bash disable=SC2034 # used by the scripts
# What the scripts share: sourced by them, never run.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

# What the Swift toolchain, the C libraries and GRDB need to build the server.
build_packages=(
  ca-certificates curl g++ git libncurses-dev libxml2-dev tzdata
  libdeflate-dev libexpat1-dev libgeos-dev libjpeg-dev liblerc-dev libopenjp2-7-dev libpng-dev libproj-dev
  libsqlite3-dev libtiff-dev libturbojpeg0-dev pkg-config proj-data zlib1g-dev
)

# The independent tools that the tests hold our pixels against.
test_packages=(gdal-bin python3-gdal python3-numpy python3-venv libegl1 libegl-mesa0 libgl1-mesa-dri)

# Readers of tiles and packages that know nothing of ours, and a renderer, from PyPI.
test_wheels=(rasterio==1.4.4 MapProxy==7.0.0 tpkutils==0.8.2 six==1.17.0 vtpk-reader==0.1.0
  mapbox-vector-tile==2.2.0 pymgl==0.5.0)

say() { printf '==> %s\n' "$*" >&2; }

fail() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

# Where --help is the first argument, prints the comment that heads the calling script, and leaves.
offer_help() {
  [[ ${1:-} == --help || ${1:-} == -h ]] || return 0
  sed -n '2,/^$/s/^# \{0,1\}//p' "$0"
  exit
}

# Installs those of the named Debian packages that are missing; asks nothing of the network when none is.
install_packages() {
  if ! command -v dpkg-query apt-get >/dev/null; then
    say "no apt here: make sure that these, or what your system calls them, are installed: $*"
    return
  fi
  local missing apt=(apt-get -o Acquire::Retries=3 -o DPkg::Lock::Timeout=300)
  missing=$(comm -13 \
    <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null | sed -n 's/^installed //p' | sort -u) \
    <(printf '%s\n' "$@" | sort -u) | xargs)
  [[ -n $missing ]] || return 0

  local -a as_root=()
  if ((EUID != 0)); then
    command -v sudo >/dev/null || fail "run this as root first, then try again: apt-get install $missing"
    as_root=(sudo)
  fi
  say "installing: $missing"
  "${as_root[@]}" "${apt[@]}" -q update >&2
  # shellcheck disable=SC2086 # a list of words
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive "${apt[@]}" -q install -y --no-install-recommends $missing >&2
}

# Installs the readers from PyPI into an environment of their own, once for each list of them, and sets
# MOCK_ARCGIS_TEST_PYTHON to its Python. Where they can't be had it says so, and the tests that need them are left out.
install_wheels() {
  local folder
  folder=${XDG_CACHE_HOME:-$HOME/.cache}/mock-arcgis-tests/$(printf '%s\n' "$@" | cksum | cut -d ' ' -f 1)
  if [[ ! -e $folder/complete ]]; then
    say "installing from PyPI: $*"
    rm -rf "$folder"
    if ! { /usr/bin/python3 -m venv "$folder" && "$folder/bin/pip" install -q --retries 3 "$@" && touch "$folder/complete"; } >&2; then
      say "they can't be installed: the tests that need them are left out"
      return
    fi
  fi
  export MOCK_ARCGIS_TEST_PYTHON=$folder/bin/python
}

# Leaves with a clear word unless Swift 6.2 or later is there.
require_swift() {
  command -v swift >/dev/null ||
    fail "Swift is not on the PATH: install Swift 6.2 or later (https://www.swift.org/install/linux), then try again"
  local banner version
  banner=$(swift --version 2>&1) || fail "'swift --version' does not run: $banner"
  [[ $banner =~ Swift\ version\ ([0-9]+)\.([0-9]+) ]] || fail "no version in what 'swift --version' says: $banner"
  version=$((BASH_REMATCH[1] * 100 + BASH_REMATCH[2]))
  ((version >= 602)) || fail "Swift ${BASH_REMATCH[1]}.${BASH_REMATCH[2]} is too old: install Swift 6.2 or later"
}
