# What ./understudy and ./test share: install what is missing, build once, stay out of the way after that.
# Sourced, never run. All that it says goes to stderr: stdout belongs to the program.
# Before sourcing: `name` is who speaks, `root` is the folder of the source tree.

artifacts=$root/artifacts
logs=$artifacts/logs
stamps=$artifacts/setup
program=$artifacts/bin/Understudy.Cli/release/Understudy.Cli

say() { printf '%s: %s\n' "$name" "$*" >&2; }

fail() {
    say "$@"
    exit 1
}

has_file() { compgen -G "$1" >/dev/null; } # a glob
has_command() { command -v "$1" >/dev/null; }

# step TITLE LOG COMMAND...: runs the command with its output in a log; a spinner on a terminal, plain lines otherwise.
step() {
    local title=$1 log=$logs/$2.log begin=$SECONDS spinner='' status=0
    shift 2
    mkdir -p "$logs"
    if [[ -t 2 ]]; then
        spin "$title" "$begin" &
        spinner=$!
    else
        say "$title ..."
    fi
    "$@" >"$log" 2>&1 </dev/null || status=$?
    if [[ $spinner ]]; then
        kill "$spinner" 2>/dev/null
        wait "$spinner" 2>/dev/null || true
        printf '\r\033[K' >&2
    fi
    if ((status == 0)); then
        say "$title: done in $((SECONDS - begin)) s"
    else
        tail -n 25 "$log" >&2
        say "$title: failed; the whole output is in $log"
    fi
    return "$status"
}

spin() {
    local frames='|/-\' i=0
    while kill -0 $$ 2>/dev/null; do
        printf '\r%s: %s %s %d s ' "$name" "$1" "${frames:i++%4:1}" $((SECONDS - $2)) >&2
        sleep 0.2
    done
}

# ---- packages ----

# Packages without which nothing can be built. Looks for files, not in dpkg's database: fast, and content with what was built by hand.
missing_packages() {
    has_file /etc/ssl/certs/ca-certificates.crt || echo ca-certificates
    if [[ ! ${UNDERSTUDY_NATIVE-} ]]; then
        has_command cmake || echo cmake
        has_command make || echo make
        has_command g++ || echo g++
        { has_file /usr/include/torch/script.h && has_file '/usr/lib/*/libtorch.so'; } || [[ ${UNDERSTUDY_TORCH-} ]] || echo libtorch-dev
        [[ ${UNDERSTUDY_TORCH-} ]] || has_file /usr/include/gloo/rendezvous/store.h || echo libgloo-dev
        has_file /usr/include/opencv4/opencv2/imgcodecs.hpp || echo libopencv-imgcodecs-dev
    fi
    if [[ ! $artifacts/npm/node_modules/.package-lock.json -nt $root/src/Understudy/Studies/Assets/package-lock.json ]]; then
        has_command node || echo nodejs
        has_command npm || echo npm
    fi
}

# install PACKAGE...: returns 1 where this user may not install anything, or apt could not.
install() {
    local as_root=()
    if ((EUID != 0)); then
        has_command sudo || return 1
        if ! sudo -n true 2>/dev/null; then
            [[ -t 0 && -t 2 ]] || return 1
            say "installing $* needs root"
            sudo -v || return 1
        fi
        as_root=(sudo -n)
    fi
    has_command apt-get || return 1
    # Without the lock's descriptor, which a daemon that a package starts would keep open.
    if [[ ${lock-} ]]; then step "installing $*" apt apt_install "$@" {lock}>&-; else step "installing $*" apt apt_install "$@"; fi
}

apt_install() {
    local get=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y
        -o DPkg::Lock::Timeout=600 -o Acquire::Retries=2 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30)
    "${get[@]}" install --no-install-recommends "$@" && return
    # The lists may be missing or stale, or an earlier installation may have been killed. A source that cannot be reached fails the
    # update, which does not matter as long as the other sources have the packages.
    "${as_root[@]}" dpkg --configure -a || true
    "${get[@]}" update || true
    "${get[@]}" install --no-install-recommends "$@"
}

install_or_stop() {
    install "$@" || fail "packages are missing; as root, run: apt-get install --no-install-recommends $*"
}

# want PACKAGE FILE LOSS: a package that can be done without, at a loss that is told where it cannot be installed.
want() {
    has_file "$2" || install "$1" || say "without $1 $3; as root, run: apt-get install --no-install-recommends $1"
}

# ---- building ----

# A cheap fingerprint of what the build reads: names, sizes and times of the sources, and the libtorch that it binds to.
fingerprint() {
    (
        cd "$root"
        find src native "$@" Directory.Build.props Directory.Packages.props global.json .editorconfig BannedSymbols.txt \
            -type f -printf '%p %s %T@\n' | LC_ALL=C sort
        echo "${UNDERSTUDY_NATIVE-} ${UNDERSTUDY_TORCH-}"
        stat -L -c '%n %s %Y' "${UNDERSTUDY_TORCH:-/usr}"/lib/{,*/}libtorch.so 2>/dev/null || true
    ) | cksum
}

is_current() { # STAMP FINGERPRINT
    [[ -x $program && -f $stamps/$1 && $(<"$stamps/$1") == "$2" ]] &&
        { [[ ${UNDERSTUDY_NATIVE-} ]] || [[ -f $artifacts/native/libunderstudy_torch.so && -f $artifacts/native/libunderstudy_image.so ]]; }
}

build_native() {
    # What CMake found is in its cache: another libtorch, or a tree that was moved, needs a new one.
    local build=$artifacts/native-build configured="$root ${UNDERSTUDY_TORCH-}"
    [[ -f $build/configured && $(<"$build/configured") == "$configured" ]] || rm -rf "$build"
    cmake -S "$root/native" -B "$build" -DCMAKE_BUILD_TYPE=Release || return
    printf '%s\n' "$configured" >"$build/configured"
    cmake --build "$build" --parallel "$(nproc)"
}

build_managed() ( # PROJECT-OR-SOLUTION
    # dotnet and npm keep caches at home; a user without a home of its own gets one here.
    [[ -d ${HOME-} && -w $HOME ]] || { export HOME=$artifacts/home; mkdir -p "$HOME"; }
    export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
    # Build servers would outlive this script and hold the lock.
    dotnet build "$root/$1" --configuration Release --disable-build-servers -nologo -verbosity:minimal
)

build() { # STAMP PROJECT-OR-SOLUTION FOLDER...
    local stamp=$1 target=$2 missing before program_before
    shift 2
    missing=$(missing_packages)
    [[ ! $missing ]] || install_or_stop $missing
    # libtorch comes with the reference BLAS alone; this one is many times faster and shares OpenMP's threads.
    [[ ${UNDERSTUDY_TORCH-}${UNDERSTUDY_NATIVE-} ]] ||
        want libopenblas0-openmp '/usr/lib/*/openblas-openmp/libblas.so.3' 'matrix products are slow'
    [[ $(dotnet --list-sdks 2>/dev/null) =~ (^|$'\n')10\. ]] ||
        fail "the .NET 10 SDK is missing; install it and put dotnet on the PATH (https://dotnet.microsoft.com/download)"

    # A build that was killed may have left files that are newer than their sources and yet incomplete.
    if [[ -f $stamps/building ]]; then
        rm -rf "$artifacts"/native-build "$artifacts"/{bin,obj}/*/release
    fi
    rm -f "$stamps/$stamp"
    touch "$stamps/building"
    before=$(fingerprint "$@") program_before=$(fingerprint)
    if [[ ! ${UNDERSTUDY_NATIVE-} ]]; then
        step "building the native libraries" native build_native || { rm -f "$stamps/building"; exit 1; }
    fi
    step "building $target" dotnet build_managed "$target" || { rm -f "$stamps/building"; exit 1; }
    rm -f "$stamps/building"
    printf '%s\n' "$program_before" >"$stamps/program"
    printf '%s\n' "$before" >"$stamps/$stamp"
}

# set_up STAMP PROJECT-OR-SOLUTION FOLDER...: what the folders (beside src and native) and the stamp say is built, is not built again.
set_up() {
    local stamp=$1 lock
    local -a folders=("${@:3}")
    if [[ ${UNDERSTUDY_TORCH-} ]]; then
        if [[ ! -f $UNDERSTUDY_TORCH/lib/libtorch.so || ! -d $UNDERSTUDY_TORCH/include ]]; then
            say "UNDERSTUDY_TORCH=$UNDERSTUDY_TORCH is no libtorch: name a folder that holds include/ and lib/libtorch.so"
            exit 2
        fi
        UNDERSTUDY_TORCH=$(realpath "$UNDERSTUDY_TORCH")
        export UNDERSTUDY_TORCH
    fi
    find_dotnet
    is_current "$stamp" "$(fingerprint "${folders[@]}")" && return

    mkdir -p "$stamps" 2>/dev/null && [[ -w $stamps ]] || fail "$root is to be built and $artifacts cannot be written to"
    exec {lock}>"$stamps/lock"
    if ! flock -n "$lock"; then
        say "another set-up is under way; waiting for it"
        flock "$lock"
    fi
    is_current "$stamp" "$(fingerprint "${folders[@]}")" || build "$@"
    exec {lock}>&-
}

# The program's host looks for the runtime in DOTNET_ROOT or in the system's usual place, not beside the dotnet on the PATH.
find_dotnet() {
    local found
    [[ ! ${DOTNET_ROOT-} ]] && found=$(command -v dotnet) || return 0
    found=$(dirname "$(readlink -f "$found")")
    [[ ! -d $found/host/fxr ]] || export DOTNET_ROOT=$found
}
