#!/usr/bin/env bash
# make_root.sh SUITE FOLDER PACKAGE...: a Debian root (bookworm, trixie) with systemd and those packages, made once and kept in
# FOLDER/root-SUITE-<digest of the list>; prints where it is. Needs root and mmdebstrap; the mirror is the one this machine uses.
# No package may start a service here; a root made with another list is removed.
set -euo pipefail
suite=$1 folder=$2
shift 2
packages=$(printf '%s\n' "$@" | sort -u | paste -sd,)
digest=$(echo "3 $packages" | sha256sum | cut -c1-12)
root=$folder/root-$suite-$digest
if [ -e "$root.made" ]; then
    echo "$root"
    exit 0
fi

# An aborted run leaves mounts behind where it was not started in a mount namespace of its own.
if grep -q " $folder/root-$suite" /proc/mounts; then
    echo "make_root: something is mounted under $folder, not touching it" >&2
    exit 1
fi
rm -rf --one-file-system "$folder/root-$suite"-*
mkdir -p "$folder"
uri() { apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | grep -E "$1" | head -1; }
debian=$(uri '/debian/?$' || true)
security=$(uri '/debian-security/?$' || true)
[ -n "$debian" ] || { echo "make_root: apt on this machine knows no Debian mirror" >&2; exit 1; }
sources=("deb $debian $suite main" "deb $debian $suite-updates main")
[ -z "$security" ] || sources+=("deb $security $suite-security main")

echo "making a root of Debian $suite (once, a minute or two)" >&2
unshare -m --propagation private mmdebstrap --mode=root --variant=minbase --include="$packages" \
    --aptopt='APT::Install-Recommends "false"' \
    --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-include=/usr/share/man/man*/kaomon*' \
    --dpkgopt='path-include=/usr/share/doc/kaomon/*' \
    "$suite" "$root" "${sources[@]}" >"$folder/make_root-$suite.log" 2>&1 ||
    { tail -5 "$folder/make_root-$suite.log" >&2; exit 1; }
# what this machine trusts when it talks to its mirror
cp -rL /usr/local/share/ca-certificates/. "$root/usr/local/share/ca-certificates/" 2>/dev/null || true
touch "$root.made"
echo "$root"
