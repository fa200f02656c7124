# four desks on one machine, and their figures for Prometheus
for desk in one two three four; do
    cat >"/etc/kaomon/$desk.toml" <<T
[socket]
path = "/run/kaomon-$desk/kaomon.sock"
[camera]
source = "simulated"
stills = ["/mnt/photos/obama2.jpg#eyes=251,370,374,384"]
[result]
key = "/var/lib/kaomon/$desk/signing-key.pem"
[audit]
file = "/var/lib/kaomon/$desk/audit.jsonl"
T
    check "desk $desk starts" systemctl start "kaomond@$desk"
    check "desk $desk answers on a socket of its own" kaomonctl --socket "/run/kaomon-$desk/kaomon.sock" status
done
check "each has a key of its own" is "$(cat /var/lib/kaomon/*/signing-key.pem | grep -v -- ----- | sort -u | wc -l)" 4
taken=0 # KiB, what they share counted once
for desk in one two three four; do
    own=$(awk '$1 == "Pss:" { print $2 }' "/proc/$(systemctl show --property=MainPID --value "kaomond@$desk")/smaps_rollup")
    taken=$((taken + ${own:-1000000}))
done
check "all four take $((taken / 1024)) MiB, under 300" [ "$taken" -lt $((300 * 1024)) ]
check "one stops, the others and the first service stay" systemctl stop kaomond@two
check "desk one answers" kaomonctl --socket /run/kaomon-one/kaomon.sock status
check "so does the service without a name" kaomonctl status
mkdir -p /var/lib/prometheus/node-exporter
check "the figures are collected" systemctl start kaomon-metrics.service kaomon-metrics@one.service kaomon-metrics@two.service
check "of a desk that is there" grep -q '^kaomon_session_running{.*} 0' /var/lib/prometheus/node-exporter/kaomon.prom
check "of one more" grep -q '^kaomon_up{.*kaomon-one.*} 1' /var/lib/prometheus/node-exporter/kaomon-one.prom
check "and that one is not" grep -q '^kaomon_up{.*} 0' /var/lib/prometheus/node-exporter/kaomon-two.prom
check "everybody may read them" is "$(stat -c %a /var/lib/prometheus/node-exporter/kaomon.prom)" 644
check "the timers can be turned on" systemctl enable --now kaomon-metrics.timer kaomon-metrics@one.timer
systemctl disable --now --quiet kaomon-metrics.timer kaomon-metrics@one.timer
systemctl stop 'kaomond@*'
rm /etc/kaomon/{one,two,three,four}.toml /var/lib/prometheus/node-exporter/kaomon*
