# cmake -D COMMANDS_FILE=roff -D TEMPLATE=page.in -D OUT=page -D KAOMON_VERSION= -P command_manual.cmake: what
# `PROGRAM manual` says, into the manual page.
file(READ ${COMMANDS_FILE} COMMANDS)
string(STRIP "${COMMANDS}" COMMANDS)
configure_file(${TEMPLATE} ${OUT} @ONLY)
