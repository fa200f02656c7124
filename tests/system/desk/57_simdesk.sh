# one command gives an ordinary user, who may not use the service, a whole desk of their own
# systemd-run only so that the step can go on: runuser would end it without waiting for what it cleans up.
systemd-run --quiet --unit=simdesk --uid=stranger --property=KillMode=mixed --property=StandardOutput=file:/mnt/host/simdesk.json \
    --property=StandardError=file:/mnt/host/simdesk.log kaomon-simdesk --portrait /mnt/photos/obama.jpg --face /mnt/photos/obama2.jpg --keep --json
check "it tells where to join in" within 30 [ -s simdesk.json ]
joined() { sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" simdesk.json; }
simdesk_verifies() { joined access_number | as stranger kaomonctl --socket "$(joined socket)" verify --allow-simulated --number-from - --json >simdesk.verdict; }
check "its patient is verified" simdesk_verifies
check "the signed result says what is simulated" has "$(tail -1 simdesk.verdict)" '"simulated":\["card","camera"\]'
check "it is not the service that answered" has "$(tail -1 simdesk.verdict)" '"iss":"kaomon simulated desk"'
systemctl stop simdesk
check "nothing is left of it" is "$(find /tmp -name 'kaomon-simdesk.*'; pgrep -u stranger)" ""
check "without a face it says what to do" has "$(as stranger kaomon-simdesk --portrait /nowhere.jpg --camera --lang ja 2>&1)" 'JPEG の写真を指定してください'
check "the service was not touched" kaomonctl status
