# the package installs without a download, and the service runs
# no network here: a package that is missing in the root would fail to come
check "apt installs the package" apt-get install -y -q ./kaomon.deb
check "the service is enabled for the next boot" systemctl is-enabled kaomond
check "systemd has its READY=1" within 10 systemctl is-active kaomond
check "systemd knows every word of the unit" is "$(systemd-analyze verify --man=no kaomond.service 2>&1)" ""
check "the configuration installed is valid" kaomond --check-config
check "the manual pages are there" is "$(ls /usr/share/man/man*/kaomon* | wc -l)" 4
check "it said that no card can be proven genuine yet" has "$(kaomonctl call org.kaomon.Device.GetInfo)" 'trust store is empty'
first_key=$(sha256sum </var/lib/kaomon/signing-key.pem)
