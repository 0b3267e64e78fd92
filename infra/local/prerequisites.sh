# Sourced by ./hcc and ./test: what they need from the system, checked by looking at files (fast), installed through apt.
# No command here runs when nothing is missing.

# A package, and a file pattern that shows that it is there.
declare -A PROOF=(
  [libgdcm-cil]='/usr/lib/cli/gdcm-sharp-3.0/gdcm-sharp.dll'
  [rabbitmq-server]='/usr/lib/rabbitmq/bin/rabbitmq-server'
  [postgresql]='/usr/lib/postgresql/*/bin/pg_ctl'
  [prometheus]='/usr/bin/promtool'
  [orthanc]='/usr/sbin/Orthanc'
  [docker-compose]='/usr/bin/docker-compose'
  [dcmtk]='/usr/bin/dcmdump'
  [dicom3tools]='/usr/bin/dciodvfy'
  [python3-pydicom]='/usr/lib/python3/dist-packages/pydicom/__init__.py'
  [nodejs]='/usr/bin/node'
  [chromium]='/usr/bin/chromium'
  [fonts-liberation]='/usr/share/fonts/truetype/liberation/LiberationSans-Regular.ttf'
  [poppler-utils]='/usr/bin/pdftotext'
  [npm]='/usr/bin/npm'
)

require_dotnet() {
  command -v dotnet >/dev/null 2>&1 && [ -n "$(ls -d "$(dirname "$(readlink -f "$(command -v dotnet)")")"/sdk/10.* 2>/dev/null)" ] && return
  echo "The .NET 10 SDK is missing. Get it from https://dotnet.microsoft.com/download or as package dotnet-sdk-10.0, then run this again." >&2
  exit 69
}

require_packages() {
  local missing=() package
  for package in "$@"; do compgen -G "${PROOF[$package]}" >/dev/null || missing+=("$package"); done
  [ ${#missing[@]} -eq 0 ] && return
  local sudo=''
  [ "$(id -u)" -eq 0 ] || sudo=sudo
  if ! command -v apt-get >/dev/null 2>&1 || { [ -n "$sudo" ] && ! command -v sudo >/dev/null 2>&1; }; then
    echo "Missing: ${missing[*]}. On Debian or Ubuntu, as root: apt-get install ${missing[*]}. Elsewhere install the same programs and run this again." >&2
    exit 69
  fi
  echo "Installing ${missing[*]} (apt-get)"
  # The servers are started privately when needed; their packages must not start system services now.
  local policy=/usr/sbin/policy-rc.d held=''
  if [ ! -e $policy ]; then
    printf '#!/bin/sh\nexit 101\n' | $sudo tee $policy >/dev/null && $sudo chmod +x $policy && held=1
  fi
  local log; log=$(mktemp)
  if ! { $sudo env DEBIAN_FRONTEND=noninteractive apt-get update -qq && $sudo env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    [ -n "$held" ] && $sudo rm -f $policy
    echo "apt-get could not install ${missing[*]}:" >&2; tail -n 5 "$log" >&2; exit 69
  fi
  [ -n "$held" ] && $sudo rm -f $policy
  rm -f "$log"
}

# Programs for Node.js that tests use, in the versions of their lock file.
require_node_tools() {
  local from=infra/local/node to=artifacts/tools/node log
  [ -e $to/node_modules/.package-lock.json ] && cmp -s $from/package-lock.json $to/package-lock.json && return
  echo "Installing tools that tests use (npm)"
  mkdir -p $to && cp $from/package.json $from/package-lock.json $to/
  log=$(mktemp)
  if ! npm ci --prefix $to --ignore-scripts --no-audit --no-fund >"$log" 2>&1; then
    echo "npm could not install what $from/package.json names:" >&2; tail -n 5 "$log" >&2; rm -rf "$log" $to; exit 69
  fi
  rm -f "$log"
}

# build PROJECT STAMP: builds when a source is newer than the last build.
build_if_changed() {
  local target=$1 stamp=$2
  shift 2
  if [ -e "$stamp" ] && [ -z "$(find "$@" BannedSymbols.txt Directory.Build.props Directory.Packages.props global.json HccPipeline.sln .editorconfig profiles -newer "$stamp" -not -name '*.md' -print -quit)" ]; then
    return
  fi
  echo "Building $target (Release)"
  local log; log=$(mktemp)
  if ! dotnet build "$target" -c Release --nologo -v quiet -clp:ErrorsOnly >"$log" 2>&1; then
    cat "$log" >&2; rm -f "$log"; echo "The build failed; the messages above say where." >&2; exit 70
  fi
  rm -f "$log"
  mkdir -p "$(dirname "$stamp")" && touch "$stamp"
}
