# cmake -D KEYS=kaomond.toml -D TEMPLATE=page.in -D OUT=page -P key_manual.cmake: the defaults, as roff, into the manual page.
file(READ ${KEYS} KEYS)
string(REPLACE "\\" "\\e" KEYS "${KEYS}")
string(REPLACE "-" "\\-" KEYS "${KEYS}")
string(REGEX REPLACE "(^|\n)([.'])" "\\1\\\\&\\2" KEYS "${KEYS}")
configure_file(${TEMPLATE} ${OUT} @ONLY)
