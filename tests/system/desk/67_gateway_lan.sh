# the gateway for the LAN: a computer is paired, comes in, and is out when it is revoked
ip address add 192.0.2.5/32 dev lo
cp /etc/kaomon/gateway.toml gateway.toml.installed
printf 'lan_listen = "192.0.2.5:8651"\n' >/etc/kaomon/gateway.toml
kaomonctl gateway enable >/dev/null
ask() { # ask METHOD PATH BODY [OPENSSL OPTION...]: what the LAN is answered
    local method=$1 path=$2 body=$3
    shift 3
    printf '%s %s HTTP/1.1\r\nHost: 192.0.2.5:8651\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s' "$method" "$path" ${#body} "$body" |
        timeout 10 openssl s_client -quiet -connect 192.0.2.5:8651 -CAfile authority.pem -verify_return_error "$@" 2>&1
}
authority() { cp /var/lib/kaomon-gateway/authority.pem .; }
check "it has an authority of its own" within 10 authority
# A container's kernel may have no address filter for units (BPF): what the unit asks for is looked at, not what it does.
let_in() { systemctl show --property=IPAddressAllow --value kaomon-gateway | tr ' ' '\n' | sort | paste -sd' '; }
check "as installed the unit lets no other computer in" is "$(let_in)" "127.0.0.0/8 ::1/128"
check "whatever is not let in is kept out" has "$(systemctl show --property=IPAddressDeny --value kaomon-gateway)" '0\.0\.0\.0/0'
mkdir -p /etc/systemd/system/kaomon-gateway.service.d
sed 's|^#IPAddressAllow=.*|IPAddressAllow=192.0.2.0/24|' /usr/share/doc/kaomon/kaomon-gateway-lan.conf >/etc/systemd/system/kaomon-gateway.service.d/lan.conf
systemctl daemon-reload && systemctl restart kaomon-gateway
well() { has "$(ask GET /health "")" '^HTTP/1.1 200'; }
check "with the drop-in it does" has "$(let_in)" '192\.0\.2\.0/24'
check "and answers" within 10 well
check "a stranger sees nothing" has "$(ask GET /metrics "")" 'certificate_missing'
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout desk.key -out desk.csr -subj /CN=desk 2>/dev/null
code=$(kaomonctl gateway pair --name desk1 --json | sed -n 's/.*"code": *"\([0-9]*\)".*/\1/p')
check "the code is eight digits" has "$code" '^[0-9]{8}$'
answer=$(ask POST /pair "{\"code\": \"$code\", \"csr\": \"$(awk '{ printf "%s\\n", $0 }' desk.csr)\"}")
printf '%b' "$(sed -n 's/.*"certificate": *"\([^"]*\)".*/\1/p' <<<"$answer")" >desk.pem
check "it gets a certificate of that authority" openssl verify -CAfile authority.pem desk.pem
check "and is known by its name" has "$(kaomonctl gateway list)" '^desk1  system '
figures() { has "$(ask GET /metrics "" -cert desk.pem -key desk.key)" "$1"; }
check "it comes in" figures '^HTTP/1.1 200'
check "it is revoked" kaomonctl gateway revoke desk1
check "and is out" figures 'certificate_revoked'
cp gateway.toml.installed /etc/kaomon/gateway.toml
rm -r /etc/systemd/system/kaomon-gateway.service.d
systemctl daemon-reload
check "the gateway is closed again" kaomonctl gateway disable
ip address del 192.0.2.5/32 dev lo
sleep 1 # kaomond begins again with what was configured
check "the daemon is still there" within 10 kaomonctl status
