# an upgrade keeps key, audit record and what the clinic has configured
echo '# changed by the clinic' >>/etc/kaomon/kaomond.toml
before=$(daemon)
records=$(cat /var/lib/kaomon/audit.jsonl)
subject=$(sha256sum </var/lib/kaomon/subject-secret)
as reception kaomonctl verify --deadline 60 --json >interrupted 2>&1 & # waits for a card
visit=$!
check "a visit runs" within 10 grep -q waiting_card interrupted
check "the package installs over itself" apt-get install --reinstall -y -q ./kaomon.deb
check "the daemon was restarted" within 10 comes_back_other_than "$before"
wait "$visit"
check "who waited is told why it ended" grep -q shutting_down interrupted
check "cards are named as before" is "$(sha256sum </var/lib/kaomon/subject-secret)" "$subject"
check "the key is the first one" is "$(sha256sum </var/lib/kaomon/signing-key.pem)" "$first_key"
check "the configuration of the clinic is still there" grep -q 'changed by the clinic' /etc/kaomon/kaomond.toml
check "the audit record was not begun anew" has "$(cat /var/lib/kaomon/audit.jsonl)" "$(head -c 60 <<<"$records" | sed 's/[^a-zA-Z0-9]/./g')"
