# Runs inside the container, as root: a desk's life with the package, step by step. The steps are the numbered files
# beside this one; each relies on what the steps before it left, so the first one that fails is the last.
set -u
failed=0
check() { # check WHAT COMMAND...
    local what=$1 said
    shift
    if said=$("$@" 2>&1); then
        echo "ok      $what"
    else
        echo "FAILED  $what"
        echo "        $*"
        sed 's/^/        | /' <<<"$said" | head -20
        failed=$((failed + 1))
    fi
}
refused() { ! "$@"; }
is() { [ "$1" = "$2" ] || { echo "is '$1', not '$2'"; false; }; }
has() { grep -qE -e "$2" <<<"$1" || { echo "no $2 in: $1"; false; }; }
within() { # within SECONDS COMMAND...: until it succeeds
    local until=$((SECONDS + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ $SECONDS -lt $until ] || { "$@"; return 1; }
        sleep 0.05
    done
}
property() { systemctl show --property="$1" --value kaomond; }
daemon() { # its process id; a daemon that does not run ends the whole test, so that nothing is "refused" by nobody
    local pid
    pid=$(property MainPID)
    [ "$pid" != 0 ] || { echo "kaomond does not run" >&2; kill -TERM $$; }
    echo "$pid"
}
comes_back_other_than() { # comes_back_other_than PID
    local pid
    pid=$(property MainPID)
    [ "$pid" != 0 ] && [ "$pid" != "$1" ] && systemctl is-active kaomond
}
in_status() { awk -v field="$1:" '$1 == field { $1 = ""; print substr($0, 2) }' "/proc/$(daemon)/status"; }
journal() { journalctl --no-pager --unit=kaomond --output=cat "$@"; }
as() { # as USER COMMAND...
    local user=$1
    shift
    runuser -u "$user" -- "$@"
}

for step in ./[0-9]*.sh; do
    began=$(date +%s%N)
    systemctl reset-failed kaomond 2>/dev/null # the starts of one step do not count in the next
    echo "-- $(sed -n '1s/^# *//p' "$step")"
    bash -n "$step" || failed=$((failed + 1)) # a step that cannot be read would be skipped from there on
    . "$step"
    echo "   $((($(date +%s%N) - began) / 1000000)) ms"
    [ "$failed" = 0 ] || { echo "$failed checks failed; the last of the journal:"; journal --lines=15; exit 1; }
done
