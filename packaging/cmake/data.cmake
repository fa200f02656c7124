# cmake -D SYMBOL= -D FILE= -D OUT= -P data.cmake: a text file as a C++ source (bytes, so that no text can end it early).
file(READ ${FILE} bytes HEX)
string(REGEX REPLACE "(..)" "\\\\x\\1\"\"" bytes "${bytes}")
file(WRITE ${OUT} "#include <string_view>\n\nnamespace kaomon::data {\nextern const std::string_view ${SYMBOL};\n"
  "const std::string_view ${SYMBOL} = \"${bytes}\";\n} // namespace kaomon::data\n")
