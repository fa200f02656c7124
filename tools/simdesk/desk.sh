# What tools/demo and kaomon-simdesk, which read this, have in common: a desk of real parts with a simulated card, in one temporary folder.
# Real: pcscd, the daemon, its caged photo decoder, the face models, the signature, the pages. Simulated: the card (issued here, on a
# virtual reader) and, unless it is the computer's own, the camera (a photograph played as a moving picture).
# Whoever reads it has `set -euo pipefail` and says the language: lang=ja or en.
desk_source=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
if [ -f "$desk_source/../private_pcscd" ]; then # the source tree, with the programs of build/release or of KAOMON_PROGRAMS
    root=$(cd "$desk_source/../.." && pwd)
    bin=${KAOMON_PROGRAMS:-$root/build/release/bin} sbin=${KAOMON_PROGRAMS:-$root/build/release/bin}
    photo_worker=$bin/kaomon-photo private_pcscd=$root/tools/private_pcscd
    models=$root/models pages=$root/daemon/gateway/pages
else # as packaging/CMakeLists.txt installs it
    root=$(cd "$desk_source/../.." && pwd)
    bin=$root/bin sbin=$root/sbin
    photo_worker=$root/libexec/kaomon/kaomon-photo private_pcscd=$desk_source/private_pcscd
    models=$root/share/kaomon/models pages=$root/share/kaomon/pages
fi
staff_id=staff-07 # who may hand in a visual check
vpcd_library() { dpkg -L vsmartcard-vpcd 2>/dev/null | grep -m1 'libifdvpcd.so$'; }
say() { if [ "$lang" = ja ]; then echo "$1"; else echo "$2"; fi; }

# ---- the parts: started in the background, watched, ended with this shell ----
started=() names=() visit=
open_desk() { # open_desk NAME: the folder $desk
    umask 022 # what others can change the daemon does not take
    desk=$(mktemp -d "${TMPDIR:-/tmp}/$1.XXXXXX")
    trap close_desk EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    trap 'exit 129' HUP
}
close_desk() {
    local pid
    for pid in $visit "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in $visit "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
    rm -rf "$desk"
}
start() { # start NAME COMMAND...: its words in NAME.log
    local name=$1
    shift
    "$@" >"$desk/$name.log" 2>&1 &
    started+=($!) names+=("$name")
}
nothing_died() {
    local i
    for i in "${!started[@]}"; do
        kill -0 "${started[i]}" 2>/dev/null && continue
        say "${names[i]} が止まりました。最後の記録:" "${names[i]} has stopped; the last it said:" >&2
        tail -n 5 "$desk/${names[i]}.log" >&2
        exit 1
    done
}
wait_for() { # wait_for WHAT SECONDS COMMAND...
    local what=$1 until=$((SECONDS + $2))
    shift 2
    until "$@" >/dev/null 2>&1; do
        nothing_died
        if [ $SECONDS -ge $until ]; then
            say "$what が始まりません。" "$what does not start:" >&2
            tail -n 20 "$desk"/*.log >&2
            exit 1
        fi
        sleep 0.05
    done
}
free_port() { # of a pair: vpcd takes two
    local port
    while :; do
        port=$((20000 + RANDOM % 20000))
        (exec 4<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || (exec 4<>"/dev/tcp/127.0.0.1/$((port + 1))") 2>/dev/null || { echo $port; return; }
    done
}

# ---- reader and card ----
begin_reader() {
    port=$(free_port)
    mkdir "$desk/reader.conf.d"
    printf 'FRIENDLYNAME "Kaomon virtual reader"\nDEVICENAME /dev/null:%d\nLIBPATH %s\nCHANNELID %d\n' \
        "$port" "$(vpcd_library)" "$port" >"$desk/reader.conf.d/vpcd"
    export PCSCLITE_CSOCK_NAME=$desk/pcscd.comm
    start pcscd systemd-socket-activate -l "$PCSCLITE_CSOCK_NAME" "$private_pcscd" "$desk/reader.conf.d"
}
issue_card() { # issue_card [OPTION OF kaomon-simcard issue...]: this desk trusts its issuer
    "$bin/kaomon-simcard" issue --out "$desk/card" "$@" --json >"$desk/card.json"
    mkdir "$desk/trust.d"
    cp "$desk/card/trust.toml" "$desk/trust.d/simulated.toml"
    cp "$desk/card/jpki-ca.pem" "$desk/trust.d/simulated.pem"
    mkfifo -m 600 "$desk/card.fault"
}
on_card() { sed -n "s/.*\"$1\": *\"\([^\"]*\)\".*/\1/p" "$desk/card.json"; } # access_number, era_year, security_code, pin
serve_card() { start simcard "$bin/kaomon-simcard" serve --card "$desk/card" --port "$port" --fault "$desk/card.fault" "$@"; }

# ---- camera and daemon ----
quoted() { printf '"%s"' "$(sed 's/[\\"]/\\&/g' <<<"$1")"; } # in TOML
simulated_camera() { # simulated_camera STILL PRESENTATION
    mkfifo -m 600 "$desk/camera.fault"
    camera=$(printf 'source = "simulated"\nstills = [%s]\nfault = "%s"\npresentation = "%s"' "$(quoted "$1")" "$desk/camera.fault" "$2")
}
own_camera() { # own_camera DEVICE: whichever it is, every result says that it is simulated
    camera=$(printf 'source = "v4l2"\ndevice = %s\nallow_virtual = true' "$(quoted "$1")")
}
begin_daemon() { # begin_daemon ISSUER POLICY LIGHT(true, false)
    cat >"$desk/kaomond.toml" <<TOML
[socket]
path = "$desk/kaomon.sock"
staff_users = ["$(id -u):$staff_id", "gateway/staff:$staff_id"]
screen_users = ["gateway/patient"]
gateway_user = "$(id -u)"
[card]
reader = "Kaomon virtual reader"
trust_store = "$desk/trust.d"
[camera]
$camera
[match]
policy = "$2"
[face]
models = "$models"
[photo]
worker = "$photo_worker"
budget_ms = 2000
[result]
issuer = "$1"
key = "$desk/signing-key.pem"
attributes = ["name", "birth_date", "sex", "address"]
[screen]
clinic = "$(say ひまわり医院（見本） 'Himawari Clinic (sample)')"
light = $3
[audit]
file = "$desk/audit.jsonl"
TOML
    start kaomond "$sbin/kaomond" --config "$desk/kaomond.toml"
    export KAOMON_SOCKET=$desk/kaomon.sock
    wait_for kaomond 10 "$bin/kaomonctl" status --json
}
card_lies_there() { "$bin/kaomonctl" status --json | grep -q '"card_present": *true'; }

# ---- the two pages, and visits in which a person acts on them ----
begin_gateway() {
    web=$(free_port)
    mkdir -m 700 "$desk/gateway" "$desk/gateway_run"
    cat >"$desk/gateway.toml" <<TOML
port = $web
socket = "$desk/kaomon.sock"
pages = "$pages"
state = "$desk/gateway"
run = "$desk/gateway_run"
TOML
    start kaomon-gateway "$sbin/kaomon-gateway" --config "$desk/gateway.toml"
    wait_for kaomon-gateway 10 test -s "$desk/gateway_run/staff.token"
}
page() { echo "http://127.0.0.1:$web/$1#token=$(cat "$desk/gateway_run/$1.token")"; }
tell_pages() {
    say "患者用画面: $(page patient)" "the patient's screen: $(page patient)"
    say "係員の画面: $(page staff)" "the staff's screen:   $(page staff)"
    say "カードの番号: 生年 $(on_card era_year)、セキュリティコード $(on_card security_code)。暗証番号: $(on_card pin)" \
        "on the card: era year $(on_card era_year), security code $(on_card security_code); its PIN: $(on_card pin)"
}
open_pages() {
    if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] && command -v xdg-open >/dev/null; then
        xdg-open "$(page patient)" >/dev/null 2>&1 || true
        xdg-open "$(page staff)" >/dev/null 2>&1 || true
    fi
}
enter_pressed() { # a terminal that is closed ends it
    local code=0
    until read -r -t 0.5 _; do
        code=$?
        [ $code -gt 128 ] || exit 0
        nothing_died
    done
}
rest() { # rest SECONDS: watching the parts
    local until=$((SECONDS + $1))
    while [ $SECONDS -lt $until ]; do
        sleep 0.5
        nothing_died
    done
}
run_visits() { # one after the other; the simulated patient puts the card down, and takes it away
    while nothing_died; do
        if [ -t 0 ]; then
            say "Enter で受付を始めます（終わるには Ctrl-C）。" "Enter begins a visit, Ctrl-C ends."
            enter_pressed
        fi
        "$bin/kaomonctl" --lang "$lang" verify --allow-simulated --at-desk --want name,address --purpose check-in </dev/null &
        visit=$!
        rest 4
        echo insert 1<>"$desk/card.fault" # for both directions: never waits for a reader
        while kill -0 "$visit" 2>/dev/null; do rest 1; done
        visit=
        rest 4
        echo pull 1<>"$desk/card.fault"
        rest 4
    done
}
