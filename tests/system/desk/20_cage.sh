# what the service may do: next to nothing
decoder() { pgrep --parent "$(daemon)" kaomon-photo | head -1; }
filters() { awk '$1 == "Seccomp_filters:" { print $2 }' "/proc/$1/status"; }
sockets_beside_local() { # the daemon has a network name space of its own: every socket in these tables is its own
    cat "/proc/$(daemon)"/net/{tcp,tcp6,udp,udp6,raw,raw6,packet} 2>/dev/null | grep -v -e sl -e sk
}
owners_it_sees() {
    nsenter --target "$(daemon)" --mount setpriv --reuid=kaomon --regid=kaomon --clear-groups \
        sh -c 'stat -c %U /proc/[0-9]*' 2>/dev/null | sort -u
}
check "it runs as its own user, in its own group" is "$(in_status Uid | tr '	' ' ')" "$(id -u kaomon) $(id -u kaomon) $(id -u kaomon) $(id -u kaomon)"
check "beside its own it has the group of cameras only" is "$(in_status Groups | xargs -n1 | sort -n | xargs)" "$(getent group video kaomon | cut -d: -f3 | sort -n | xargs)"
for set in CapInh CapPrm CapEff CapBnd CapAmb; do
    check "$set is empty" is "$(in_status $set)" 0000000000000000
done
check "it can gain no privileges" is "$(in_status NoNewPrivs)" 1
check "its system calls are filtered" is "$(in_status Seccomp)" 2
check "its photo decoder is caged on top of that" [ "$(filters "$(decoder)")" -gt "$(filters "$(daemon)")" ]
check "the decoder holds no file but the two ends it talks through" [ "$(ls "/proc/$(decoder)/fd" | wc -l)" -le 2 ]
check "it sees no network" refused is "$(readlink "/proc/$(daemon)/ns/net")" "$(readlink /proc/1/ns/net)"
check "all its sockets are local" is "$(sockets_beside_local)" ""
check "none of its memory is writable and executable" refused grep -E '^[^ ]+ .wx' "/proc/$(daemon)/maps"
check "it cannot dump core" is "$(awk '/^Max core file size/ { print $5 $6 }' "/proc/$(daemon)/limits")" 00
# What it gets may be less here: a container's hard limit, which only a privileged process of the host may raise.
check "it may lock 128 MiB" is "$(property LimitMEMLOCK)" $((128 * 1024 * 1024))
check "it sees a read-only system" is "$(nsenter -t "$(daemon)" -m findmnt -n -o OPTIONS / | cut -d, -f1)" ro
check "it sees no process but its own" is "$(owners_it_sees)" kaomon
check "systemd-analyze rates the exposure 1.5 or less" systemd-analyze security --threshold=15 kaomond.service
check "the state is for the daemon alone" is "$(stat -c '%a %U' /var/lib/kaomon)" "700 kaomon"
check "the key is for the daemon alone" is "$(stat -c '%a %U' /var/lib/kaomon/signing-key.pem)" "600 kaomon"
check "the audit record is for the daemon alone" is "$(stat -c '%a %U' /var/lib/kaomon/audit.jsonl)" "600 kaomon"
check "the configuration belongs to root" is "$(stat -c '%a %U' /etc/kaomon/kaomond.toml)" "644 root"
