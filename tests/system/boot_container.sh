#!/usr/bin/env bash
# boot_container.sh ROOT SHARE SECONDS [OPTION OF systemd-nspawn...]: boots ROOT with systemd as its first process, runs
# SHARE/run.sh in it as root, prints what that prints and hands on its exit code. 124: it took longer than SECONDS.
# ROOT stays as it was: all changes go to an overlay in memory. SHARE is /mnt/host inside; journal and console are left
# there. No network. Needs root; this machine's own first process need not be systemd.
set -uo pipefail
root=$1 share=$(realpath "$2") seconds=$3
shift 3
rm -f "$share"/{out.log,journal.log,rc}

# The exit code is handed over in a file: systemd-nspawn has codes of its own.
cat >"$share/.runner.service" <<'U'
[Unit]
Description=Runs the test of this container
[Service]
StandardOutput=file:/mnt/host/out.log
StandardError=inherit
WorkingDirectory=/mnt/host
ExecStart=/bin/bash -c 'timeout 30 systemctl is-system-running --wait >boot.state; bash ./run.sh; rc=$?; journalctl -b --no-pager >journal.log; echo $rc >rc; systemctl exit $rc'
U

# memlock: the filter of systemd-nspawn itself refuses mlock otherwise, which then looks like a fault of the daemon.
timeout -s TERM -k 5 "$seconds" systemd-nspawn --quiet --directory="$root" --volatile=overlay --register=no --keep-unit \
    --console=pipe --private-network --hostname=desk --system-call-filter=@memlock \
    --bind="$share:/mnt/host" --bind-ro="$share/.runner.service:/etc/systemd/system/runner.service" "$@" \
    --boot systemd.wants=runner.service systemd.show_status=false </dev/null >"$share/console.log" 2>&1
code=$?

# systemd-nspawn leaves empty groups in the cgroup it was started in; one that is in use cannot be removed
group=$(awk -F: '$1 == 0 { print $3 }' /proc/self/cgroup)
for tree in /sys/fs/cgroup/unified /sys/fs/cgroup; do
    find "$tree$group/payload" "$tree$group/supervisor" -depth -type d -exec rmdir {} + 2>/dev/null
done

[ ! -e "$share/out.log" ] || cat "$share/out.log"
[ "$code" != 124 ] || echo "boot_container: not done after $seconds s" >&2
[ -e "$share/rc" ] || { tail -5 "$share/console.log" >&2; [ "$code" != 0 ] || code=1; exit "$code"; }
exit "$(cat "$share/rc")"
