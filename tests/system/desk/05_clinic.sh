# the introduction kit stands alone: no daemon and no device
check "kaomon-clinic installs without a download" apt-get install -y -q ./kaomon-clinic.deb
check "nothing of the daemon came with it" refused test -e /usr/sbin/kaomond
clinic=$(mktemp -d)
check "it plans an introduction" has \
    "$(kaomon-clinic --folder "$clinic" introduce plan --open 2027-04 --prefecture 愛媛県 --kind clinic --today 2026-11-25)" 四国厚生支局
check "it writes the request for a quote" kaomon-clinic --folder "$clinic" procure quote --today 2026-11-25
check "its manual knows its commands" has "$(zcat /usr/share/man/man1/kaomon-clinic.1.gz)" 'clinic introduce plan'
check "bash completes its commands" bash -n /usr/share/bash-completion/completions/kaomon-clinic
check "it goes without a trace" apt-get purge -y -q kaomon-clinic
rm -r "$clinic"
