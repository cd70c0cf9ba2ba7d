# One static library a room, one test program a room.

# tidewater_room(NAME SOURCES a.cpp ... [USES rooms ...] [PRIVATE libraries ...] [PUBLIC libraries ...])
function(tidewater_room name)
  cmake_parse_arguments(ROOM "" "" "SOURCES;USES;PRIVATE;PUBLIC" ${ARGN})
  add_library(tidewater_${name} STATIC ${ROOM_SOURCES})
  add_library(tidewater::${name} ALIAS tidewater_${name})
  target_include_directories(tidewater_${name} PUBLIC ${PROJECT_SOURCE_DIR}/include
                                               PRIVATE ${CMAKE_CURRENT_SOURCE_DIR})
  target_compile_features(tidewater_${name} PUBLIC cxx_std_20)
  list(TRANSFORM ROOM_USES PREPEND tidewater::)
  target_link_libraries(tidewater_${name} PUBLIC ${ROOM_USES} ${ROOM_PUBLIC}
                                          PRIVATE tidewater_warnings ${ROOM_PRIVATE})
endfunction()

# tidewater_tests(NAME SOURCES a_test.cpp ... [USES rooms ...] [LABEL unit|case|law|slow] [PRIVATE libraries ...])
# Programs see tests/support, the room's own private headers, and know where the repository stands.
function(tidewater_tests name)
  cmake_parse_arguments(TESTS "" "LABEL" "SOURCES;USES;PRIVATE" ${ARGN})
  if(NOT TESTS_LABEL)
    set(TESTS_LABEL unit)
  endif()
  list(TRANSFORM TESTS_USES PREPEND tidewater::)
  add_executable(${name}_test ${TESTS_SOURCES})
  target_include_directories(${name}_test PRIVATE ${PROJECT_SOURCE_DIR}/tests/support
                                                  ${PROJECT_SOURCE_DIR}/src/${name})
  target_compile_definitions(${name}_test PRIVATE TIDEWATER_ROOT="${PROJECT_SOURCE_DIR}")
  target_link_libraries(${name}_test PRIVATE ${TESTS_USES} ${TESTS_PRIVATE} tidewater_warnings
                                             GTest::gtest GTest::gtest_main fmt::fmt
                                             nlohmann_json::nlohmann_json)
  gtest_discover_tests(${name}_test PROPERTIES LABELS ${TESTS_LABEL} DISCOVERY_TIMEOUT 60)
endfunction()

# tidewater_bench(NAME SOURCES ... [USES rooms ...] [PRIVATE libraries ...]): a Google Benchmark program NAME_bench
function(tidewater_bench name)
  cmake_parse_arguments(BENCH "" "" "SOURCES;USES;PRIVATE" ${ARGN})
  list(TRANSFORM BENCH_USES PREPEND tidewater::)
  add_executable(${name}_bench ${BENCH_SOURCES})
  target_link_libraries(${name}_bench PRIVATE ${BENCH_USES} ${BENCH_PRIVATE} benchmark::benchmark fmt::fmt)
endfunction()
