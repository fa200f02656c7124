# who may talk to the daemon
useradd --no-create-home reception && usermod -aG kaomon reception
useradd --no-create-home stranger
check "the socket is for owner and group" is "$(stat -c '%a %U %G' /run/kaomon/kaomon.sock)" "660 kaomon kaomon"
check "a member of the group is answered" as reception kaomonctl status --json
check "somebody else is refused" refused as stranger kaomonctl status --json
check "not even the folder lets them in" refused as stranger ls /run/kaomon
