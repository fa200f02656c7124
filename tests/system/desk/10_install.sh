# the package installs without a download, and the service runs
# The commands of the README, word for word, after the one that builds (tests/system/build_in_root types that). No network here:
# a package that is missing in the root would fail to come.
useradd --create-home admin
mkdir -p build/package
for deb in kaomon*.deb; do cp "$deb" "build/package/${deb%.deb}_0_amd64.deb"; done
sudo() { case "$1" in apt) shift; apt-get -y -q "$@" ;; *) "$@" ;; esac; } # the container's only user is root
while read -r line; do
    USER=admin check "README: ${line%%  *}" eval "$line"
done < <(sed '/^packaging.build-deb/d' installing.sh)
check "who was put into the group is answered" as admin kaomonctl status
check "the service is enabled for the next boot" systemctl is-enabled kaomond
check "systemd has its READY=1" within 10 systemctl is-active kaomond
check "systemd knows every word of the unit" is "$(systemd-analyze verify --man=no kaomond.service 2>&1)" ""
check "the configuration installed is valid" kaomond --check-config
check "every program and file has its manual page in the package" is \
    "$(dpkg-deb --contents kaomon.deb | sed -n 's|.*/share/man/man./\(kaomon.*\)\.gz$|\1|p' | LC_ALL=C sort | paste -sd' ')" \
    "kaomon-gateway.8 kaomonctl.1 kaomond.8 kaomond.toml.5"
check "the simulated card is a package of its own" refused test -e /usr/bin/kaomon-simcard
check "it installs without a download" apt-get install -y -q ./kaomon-simulator.deb
check "and has its manual pages" ls /usr/share/man/man1/kaomon-simcard.1.gz /usr/share/man/man1/kaomon-simdesk.1.gz
check "who writes reception software finds the interface" ls /usr/share/kaomon/varlink/org.kaomon.Verification.varlink \
    /usr/share/doc/kaomon/interface/samples/verify.py
check "the manual knows the commands" has "$(zcat /usr/share/man/man1/kaomonctl.1.gz)" 'kaomonctl check.-result'
check "it said that no card can be proven genuine yet" has "$(kaomonctl call org.kaomon.Device.GetInfo)" 'trust store is empty'
first_key=$(sha256sum </var/lib/kaomon/signing-key.pem)
