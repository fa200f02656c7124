# a print does not pass the installed default
# The desk of the step before, its configuration as installed but for where the picture comes from.
held_up() { # held_up PRESENTATION: a visit in which it is held before the camera
    sed "s/^source = .*/&\npresentation = \"$1\"/" kaomond.toml.simulated >/etc/kaomon/kaomond.toml
    systemctl restart kaomond && within 10 card_present && refused verify &&
        has "$(tail -1 verdict)" '"reason": *"(presence_not_shown|flat_face)"'
}
cp /etc/kaomon/kaomond.toml kaomond.toml.simulated
check "nothing but the picture is configured" is "$(grep -cv -e '^source' -e '^stills' kaomond.toml.simulated)" 1
for print in flat moved bent turned; do # turned last: it may leave a suspicion
    check "a print that is $print is not verified" held_up "$print"
done
# All it takes, faster than the clock: the installed program, models and photograph worker. tests/run --all
if [ -e many ]; then
    check "each of 100 prints is judged" kaomonctl evaluate liveness --simulated /mnt/photos/*.jpg --policy normal \
        --presentations flat bent turned moved --seeds 5 --json prints.json
    check "0 of $(grep -o '"presentations":[0-9]*' prints.json | awk -F: '{ all += $2 } END { print all }') are verified" \
        is "$(grep -o '"apcer":{"hits":[0-9]*' prints.json | sort -u)" '"apcer":{"hits":0'
fi
systemctl stop simcard
rm /etc/kaomon/trust.d/simulated.toml
cp kaomond.toml.saved /etc/kaomon/kaomond.toml
systemctl restart kaomond
