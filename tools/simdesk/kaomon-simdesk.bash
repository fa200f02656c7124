# bash completion of kaomon-simdesk
complete -o default -W '--portrait --face --camera --holder --kind --keep --json --lang --help' kaomon-simdesk
