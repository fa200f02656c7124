# removed, then purged: nothing is left but the account
check "remove works" apt-get remove -y -q kaomon
check "the service is gone" refused systemctl is-active kaomond
check "removed, key and audit record are still there" ls /var/lib/kaomon/signing-key.pem /var/lib/kaomon/audit.jsonl
check "purge works" apt-get purge -y -q kaomon kaomon-models kaomon-simulator
check "no file of it is left" is "$(find / -xdev -path /mnt -prune -o -iname '*kaomon*' -print)" ""
check "the accounts stay, as Debian wants it" id kaomon kaomon-gateway
