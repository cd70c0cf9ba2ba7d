# cmake -DPAGE=report.html -DOUT=page_bytes.cpp -P embed.cmake
# The page as pieces of a C++ array: plain CMake, so that the build needs neither npm nor python. Hexadecimal escapes
# keep any byte; string literals compile in a fraction of the time that a list of numbers takes.
set(piece 16384)
file(SIZE "${PAGE}" size)
set(text "// Written by src/report/embed.cmake.\n#include \"page_bytes.hpp\"\n\nnamespace tidewater::report {\n\n")
string(APPEND text "std::vector<std::string_view> page_bytes() {\n  return {\n")
set(at 0)
while(at LESS size)
  file(READ "${PAGE}" hex OFFSET ${at} LIMIT ${piece} HEX)
  string(LENGTH "${hex}" digits)
  math(EXPR bytes "${digits} / 2")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "\\\\x\\1" escaped "${hex}")
  string(APPEND text "      {\"${escaped}\", ${bytes}},\n")
  math(EXPR at "${at} + ${piece}")
endwhile()
string(APPEND text "  };\n}\n\n}  // namespace tidewater::report\n")
file(WRITE "${OUT}" "${text}")
