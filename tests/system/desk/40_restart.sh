# stopped, killed, stuck: the service comes back and is the same device
stops_within() { # stops_within SECONDS
    local began=$SECONDS
    systemctl stop kaomond && [ $((SECONDS - began)) -le "$1" ] && is "$(property Result)" success
}
check "it restarts" systemctl restart kaomond
check "the key was kept" is "$(sha256sum </var/lib/kaomon/signing-key.pem)" "$first_key"
killed=$(daemon)
kill -9 "$killed"
# where cgroups give no notice of their emptiness (a container in a container) systemd first waits for TimeoutStopSec
check "after kill -9 it is started again" within 30 comes_back_other_than "$killed"
check "with the same key" is "$(sha256sum </var/lib/kaomon/signing-key.pem)" "$first_key"
check "and answers" within 5 kaomonctl status --json
check "the folder of the socket holds one socket" is "$(ls /run/kaomon)" kaomon.sock
reloads() { # the same process, begun anew
    systemctl reload kaomond && within 5 journal_has 'reload: as soon as no session runs' &&
        within 10 kaomonctl status --json && [ "$(daemon)" = "$same" ] && [ "$(property ActiveState)" = active ]
}
journal_has() { journal --lines=20 | grep -qF "$1"; }
same=$(daemon)
check "a reload begins it anew as the same process" reloads
mv /usr/share/kaomon/models/manifest.toml manifest.saved
systemctl restart kaomond 2>/dev/null
sleep 8 # more than five starts within a minute were once the end
mv manifest.saved /usr/share/kaomon/models/manifest.toml
check "what was missing is back: it starts without being told" within 30 kaomonctl status --json
check "systemd watches it" is "$(property WatchdogUSec)" 10s
check "it stops at once when told" stops_within 2
systemctl start kaomond
