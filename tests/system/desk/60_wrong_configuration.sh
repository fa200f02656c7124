# a mistake in the configuration is named, not worked around
cp /etc/kaomon/kaomond.toml kaomond.toml.saved
printf '[socket]\n\n[card]\nmin_tries = 99\n' >/etc/kaomon/kaomond.toml
systemctl restart kaomond 2>/dev/null
check "the service failed" within 5 systemctl is-failed kaomond
check "it exits with 78, and systemd does not try again" is "$(property ExecMainStatus) $(property NRestarts)" "78 0"
check "the journal names file, line and key" has "$(journal --lines=10)" 'kaomond.toml:4: (card\.)?min_tries'
check "--check-config says the same" refused kaomond --check-config
cp kaomond.toml.saved /etc/kaomon/kaomond.toml
systemctl reset-failed kaomond
check "mended, it starts" systemctl start kaomond
