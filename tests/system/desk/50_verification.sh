# one patient, on the real pcscd: simulated card on a virtual reader, a photograph as the camera's picture
card_present() { kaomonctl status --json | grep -q '"card_present": *true'; }
verify() { as reception kaomonctl verify --allow-simulated --number-from - --keys keys.json --json <number >verdict; }
kaomon-simcard issue --portrait /mnt/photos/obama.jpg --out card --json >card.json
cp card/trust.toml /etc/kaomon/trust.d/simulated.toml
cp /etc/kaomon/kaomond.toml kaomond.toml.saved
cat >/etc/kaomon/kaomond.toml <<'T'
[camera]
source = "simulated"
stills = ["/mnt/photos/obama2.jpg#eyes=251,370,374,384"]
T
check "it starts with a trusted key and a simulated camera" systemctl restart kaomond
systemd-run --quiet --unit=simcard --working-directory=/mnt/host kaomon-simcard serve --card card --port 35963
check "the card is seen through pcscd" within 10 card_present
as reception kaomonctl call org.kaomon.Device.GetKeys >keys.json
sed -n 's/.*"access_number": *"\([0-9]*\)".*/\1/p' card.json >number
check "a member of the group verifies the patient" verify
check "the signed result says what is simulated" has "$(tail -1 verdict)" '"simulated":\["card","camera"\]'
peak=$(in_status VmHWM | grep -o '[0-9]*') # KiB
check "it needed $((peak / 1024)) MiB at most, under half of what the unit allows" [ "$peak" -lt $((256 * 1024)) ]
check "the journal holds no digit of the number" refused grep -F "$(cat number)" <(journal)
check "the audit record has it" [ -s /var/lib/kaomon/audit.jsonl ]
