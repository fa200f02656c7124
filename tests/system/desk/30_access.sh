# who may talk to the daemon
useradd --no-create-home reception && usermod -aG kaomon reception
useradd --no-create-home stranger
check "the socket is for owner and group" is "$(stat -c '%a %U %G' /run/kaomon/kaomon.sock)" "660 kaomon kaomon"
check "a member of the group is answered" as reception kaomonctl status --json
check "somebody else is refused" refused as stranger kaomonctl status --json
check "not even the folder lets them in" refused as stranger ls /run/kaomon
# a client that nobody here wrote: systemd's own, from Debian 13 on
if [ "$(. /etc/os-release && echo "$VERSION_CODENAME")" != bookworm ]; then
    socket=unix:/run/kaomon/kaomon.sock
    check "varlinkctl info knows the service" has "$(as reception varlinkctl info $socket 2>&1)" "org.kaomon.Device"
    for interface in org.kaomon.Device org.kaomon.Verification; do
        check "varlinkctl reads $interface" has "$(as reception varlinkctl introspect $socket $interface 2>&1)" "interface $interface"
    done
    check "varlinkctl calls a method" has "$(as reception varlinkctl call $socket org.kaomon.Device.GetInfo '{}' 2>&1)" '"version"'
    check "varlinkctl hears a stream" has "$(as reception timeout 2 varlinkctl call --more $socket org.kaomon.Device.Watch '{}' 2>&1)" '"status"'
fi
