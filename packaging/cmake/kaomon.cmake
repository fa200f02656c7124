# The one place for compiler flags and for how a room, a test, a fuzz target and a benchmark are declared.

add_library(kaomon_flags INTERFACE)
target_include_directories(kaomon_flags INTERFACE ${PROJECT_SOURCE_DIR})
# Their code is compiled once (drivers/base/toml.cpp, daemon/asio.cpp) and not in every file that uses them.
target_compile_definitions(kaomon_flags INTERFACE TOML_HEADER_ONLY=0 BOOST_ASIO_SEPARATE_COMPILATION)
target_compile_options(kaomon_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wswitch-enum -Wnon-virtual-dtor -Woverloaded-virtual
  -pthread -fstack-protector-strong -fcf-protection)
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang") # libstdc++ 12's own stable_sort calls what C++23 deprecates
  target_compile_options(kaomon_flags INTERFACE -Wcovered-switch-default -Wno-deprecated-declarations)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  target_compile_definitions(kaomon_flags INTERFACE _FORTIFY_SOURCE=2)
  target_link_options(kaomon_flags INTERFACE -Wl,-z,relro,-z,now)
endif()
if(CMAKE_BUILD_TYPE STREQUAL "Sanitized") # a hundred programs with sanitizers inside: mold links one in a third of the time
  find_program(KAOMON_MOLD mold)
  if(KAOMON_MOLD)
    target_link_options(kaomon_flags INTERFACE -fuse-ld=mold)
  endif()
endif()
if(KAOMON_FUZZ AND CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(KAOMON_LIBFUZZER ON)
  target_compile_options(kaomon_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(KAOMON_SANITIZE)
  target_compile_options(kaomon_flags INTERFACE -fsanitize=${KAOMON_SANITIZE} -fno-sanitize-recover=all)
  target_link_options(kaomon_flags INTERFACE -fsanitize=${KAOMON_SANITIZE})
  if(KAOMON_SANITIZE STREQUAL "thread" AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # GCC warns of the fences in Asio, which ThreadSanitizer does not see; handlers are ordered by Asio's mutex too, which it sees.
    target_compile_options(kaomon_flags INTERFACE -Wno-tsan)
  endif()
endif()

# The library headers that nearly every file includes, compiled once. Files still include what they use: the floors test and
# a build with -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON see to that.
function(kaomon_precompile name kind) # kind: library or program, which are compiled differently (-fPIC, -fPIE)
  if(kind STREQUAL "library")
    add_library(${name} OBJECT ${PROJECT_SOURCE_DIR}/packaging/cmake/empty.cpp)
  else()
    add_executable(${name} ${PROJECT_SOURCE_DIR}/packaging/cmake/empty.cpp)
  endif()
  target_link_libraries(${name} PRIVATE kaomon_flags)
  target_precompile_headers(${name} PRIVATE ${ARGN})
endfunction()
kaomon_precompile(kaomon_std library <algorithm> <array> <chrono> <cstdint> <expected> <filesystem> <fstream> <functional> <memory>
  <optional> <span> <string> <string_view> <utility> <variant> <vector>)

# UNITY n: n files are compiled as one, where what they include costs more than what they say; no two of them may have the same
# names local to a file (house/unity). clang takes each file by itself, as CMAKE_UNITY_BUILD=OFF does: it warns where a variable
# of one file shadows a name of another.
function(kaomon_unity name files)
  if(files AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT (DEFINED CMAKE_UNITY_BUILD AND NOT CMAKE_UNITY_BUILD))
    set_target_properties(${name} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${files})
  endif()
endfunction()

# kaomon_library(name SOURCES a.cpp ... PUBLIC lib ... PRIVATE lib ... [HOT] [UNITY n])
# HOT: works on pixels. -O2, in sanitized builds too: loops over registers are loops over memory below that. Everything else
# compiles faster than it would run.
function(kaomon_library name)
  cmake_parse_arguments(ARG "HOT" "UNITY" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  add_library(${name} STATIC ${ARG_SOURCES})
  kaomon_unity(${name} "${ARG_UNITY}")
  if(ARG_HOT)
    target_compile_options(${name} PRIVATE -O2)
  endif()
  target_link_libraries(${name} PUBLIC kaomon_flags ${ARG_PUBLIC} PRIVATE ${ARG_PRIVATE})
  if(NOT ARG_HOT)
    target_precompile_headers(${name} REUSE_FROM kaomon_std)
  endif()
endfunction()

# kaomon_program(name SOURCES a.cpp ... LINK lib ... [UNITY n]): lands in build/<preset>/bin
function(kaomon_program name)
  cmake_parse_arguments(ARG "" "UNITY" "SOURCES;LINK" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_link_libraries(${name} PRIVATE kaomon_flags ${ARG_LINK})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/bin)
  kaomon_unity(${name} "${ARG_UNITY}")
endfunction()

# kaomon_slow_test(name seconds): left out by tests/run --fast, and started before quicker ones.
function(kaomon_slow_test name seconds)
  set_property(TEST ${name} APPEND PROPERTY LABELS slow)
  set_property(TEST ${name} PROPERTY COST ${seconds})
endfunction()

# kaomon_test(name SOURCES a_test.cpp ... LINK lib ... LABELS l ... [SLOW seconds] [UNITY n] [PROPERTIES p v ...])
# One executable a room, and one ctest entry an executable: a process under sanitizers takes longer to start than most cases
# take to run. tests/tally counts the cases. Label and target threads: what runs under ThreadSanitizer, too.
# Every test runs with KAOMON_FORBID_MY_NUMBER: a simulated card then ends the process whose commands touch the my number.
add_custom_target(threads)
function(kaomon_test name)
  cmake_parse_arguments(ARG "" "SLOW;UNITY" "SOURCES;LINK;LABELS;PROPERTIES" ${ARGN})
  if(NOT KAOMON_TESTS)
    return()
  endif()
  add_executable(${name} ${ARG_SOURCES})
  kaomon_unity(${name} "${ARG_UNITY}")
  target_link_libraries(${name} PRIVATE kaomon_flags GTest::gmock_main ${ARG_LINK})
  target_precompile_headers(${name} REUSE_FROM kaomon_gtest)
  target_compile_definitions(${name} PRIVATE
    KAOMON_SOURCE_DIR="${PROJECT_SOURCE_DIR}" KAOMON_BINARY_DIR="${CMAKE_BINARY_DIR}")
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" ENVIRONMENT KAOMON_FORBID_MY_NUMBER=1 ${ARG_PROPERTIES})
  if("threads" IN_LIST ARG_LABELS)
    add_dependencies(threads ${name})
  endif()
  if(ARG_SLOW)
    kaomon_slow_test(${name} ${ARG_SLOW})
  endif()
endfunction()

# kaomon_wrap(target INTERFACE|PRIVATE source.cpp ...): the linker puts a test's function in the place of each call that a line
# WRAP(type, name, ...) of these files names.
function(kaomon_wrap target scope)
  foreach(source ${ARGN})
    file(STRINGS ${source} wraps REGEX "^WRAP\\(")
    foreach(wrap ${wraps})
      string(REGEX REPLACE "^WRAP\\([^,]+, ([A-Za-z0-9_]+),.*" "\\1" name "${wrap}")
      target_link_options(${target} ${scope} -Wl,--wrap=${name})
    endforeach()
  endforeach()
endfunction()

# kaomon_fuzz(name SOURCE x.cpp CORPUS dir LINK lib ...)
# With KAOMON_FUZZ and clang a libFuzzer program; otherwise the same target replays its corpus as a plain test. Target fuzz: all.
add_custom_target(fuzz)
function(kaomon_fuzz name)
  cmake_parse_arguments(ARG "" "SOURCE;CORPUS" "LINK" ${ARGN})
  if(KAOMON_LIBFUZZER)
    add_executable(${name} ${ARG_SOURCE})
    target_link_options(${name} PRIVATE -fsanitize=fuzzer)
  elseif(KAOMON_TESTS OR KAOMON_FUZZ)
    add_executable(${name} ${ARG_SOURCE})
    target_link_libraries(${name} PRIVATE kaomon_fuzz_replay)
    add_test(NAME ${name} COMMAND ${name} ${ARG_CORPUS})
    set_tests_properties(${name} PROPERTIES LABELS fuzz)
  else()
    return()
  endif()
  target_link_libraries(${name} PRIVATE kaomon_flags ${ARG_LINK})
  add_dependencies(fuzz ${name})
endfunction()

# kaomon_bench(name SOURCES a.cpp ... LINK lib ...)
function(kaomon_bench name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  if(NOT KAOMON_BENCH)
    return()
  endif()
  kaomon_program(${name} SOURCES ${ARG_SOURCES} LINK benchmark::benchmark_main ${ARG_LINK})
  target_compile_definitions(${name} PRIVATE
    KAOMON_SOURCE_DIR="${PROJECT_SOURCE_DIR}" KAOMON_BINARY_DIR="${CMAKE_BINARY_DIR}")
endfunction()

# kaomon_find_opencv(core imgproc ...): a target opencv_<module> for each. Debian keeps OpenCV's own CMake files in
# libopencv-dev, which brings 300 packages; the three module packages are enough.
function(kaomon_find_opencv)
  find_path(OPENCV_INCLUDE opencv2/core.hpp PATH_SUFFIXES opencv4 REQUIRED)
  foreach(module ${ARGN})
    find_library(OPENCV_${module} opencv_${module} REQUIRED)
    add_library(opencv_${module} INTERFACE IMPORTED GLOBAL)
    target_include_directories(opencv_${module} SYSTEM INTERFACE ${OPENCV_INCLUDE})
    target_link_libraries(opencv_${module} INTERFACE ${OPENCV_${module}})
  endforeach()
endfunction()

# kaomon_data(target symbol file): compiles a data file into a library as `extern const std::string_view symbol;` of
# namespace kaomon::data. Rules and dates are data: the file is what people read and mend, the program carries a copy.
function(kaomon_data target symbol file)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cpp)
  add_custom_command(OUTPUT ${made}
    COMMAND ${CMAKE_COMMAND} -D SYMBOL=${symbol} -D FILE=${CMAKE_CURRENT_SOURCE_DIR}/${file} -D OUT=${made}
            -P ${PROJECT_SOURCE_DIR}/packaging/cmake/data.cmake
    DEPENDS ${file} ${PROJECT_SOURCE_DIR}/packaging/cmake/data.cmake VERBATIM)
  target_sources(${target} PRIVATE ${made})
  set_source_files_properties(${made} PROPERTIES SKIP_PRECOMPILE_HEADERS ON SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()
