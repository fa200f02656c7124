# the gateway: off as installed, then for this computer's pages alone
check "it is off as installed" is "$(systemctl is-enabled kaomon-gateway 2>&1) $(systemctl is-active kaomon-gateway)" "disabled inactive"
check "so are the figures" is "$(systemctl is-enabled kaomon-metrics.timer 2>&1)" "disabled"
check "its configuration is valid" kaomon-gateway --check-config
check "it is enabled by one command" kaomonctl gateway enable
check "systemd has its READY=1" within 10 systemctl is-active kaomon-gateway
check "it runs under an account of its own" is "$(ps -o user:20= -p "$(systemctl show --property=MainPID --value kaomon-gateway)" | tr -d ' ')" kaomon-gateway
check "it reaches the daemon" within 10 kaomonctl gateway status
check "it listens on this computer alone" is "$(awk '$4 == "0A" && $2 ~ /:21CA$/ { print $2 }' /proc/net/tcp)" "0100007F:21CA"
useradd --no-create-home kiosk && usermod -aG kaomon-gateway kiosk
check "the screen's user gets the address" has "$(as kiosk kaomonctl screen open --print)" '^http://127.0.0.1:8650/patient#token=[A-Za-z0-9_-]{43}$'
check "somebody else does not" refused as stranger kaomonctl screen open --print
check "nothing is paired while the LAN is closed" refused kaomonctl gateway pair --name desk1
check "it is closed by one command" kaomonctl gateway disable
check "and is gone" refused systemctl is-active kaomon-gateway
sleep 1 # kaomond begins again with what was configured
check "the daemon is there again" within 10 kaomonctl status
