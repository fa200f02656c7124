# bash completion for kaomonctl
_kaomonctl() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD - 1]} word command=
    case $previous in
        --socket | --keys | --number-from | --security-code-from)
            mapfile -t COMPREPLY < <(compgen -f -- "$current")
            return
            ;;
        --lang)
            mapfile -t COMPREPLY < <(compgen -W "ja en" -- "$current")
            return
            ;;
    esac
    for word in "${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
        case $word in status | watch | verify | call | check-result) command=$word ;; esac
    done
    local offered="--socket --lang --help --version"
    case $command in
        '') offered+=" status watch verify call check-result" ;;
        status | watch) offered+=" --json" ;;
        verify) offered+=" --json --nonce --number-from --era-year --security-code-from --interactive --deadline --keys" ;;
        call)
            offered+=" --json --more org.varlink.service.GetInfo org.varlink.service.GetInterfaceDescription"
            offered+=" org.kaomon.Device.GetInfo org.kaomon.Device.GetKeys org.kaomon.Device.Watch"
            offered+=" org.kaomon.Verification.Verify org.kaomon.Verification.Provide org.kaomon.Verification.Cancel"
            ;;
        check-result) offered+=" --json --keys --nonce" ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$offered" -- "$current")
}
complete -F _kaomonctl kaomonctl
