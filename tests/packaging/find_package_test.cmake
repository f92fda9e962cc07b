# cmake -DSOURCE=<repository> -DBUILD=<build folder> -DBUILD_TYPE=... -DCOMPILER=... -P this file
# Builds the library without the programs, installs it, and uses it as a foreign project would.
cmake_minimum_required(VERSION 3.25)

# As deep as BUILD itself: ccache knows a file by its path from the build folder.
set(library "${BUILD}-library")
set(work "${BUILD}/find_package_test")
set(prefix "${work}/prefix")
file(REMOVE_RECURSE "${work}")

function(run)
    execute_process(COMMAND ${ARGN} OUTPUT_VARIABLE output RESULT_VARIABLE result)
    if(NOT result EQUAL 0)
        message(FATAL_ERROR "${output}\nfailed: ${ARGN}")
    endif()
endfunction()

function(configure source build)
    run("${CMAKE_COMMAND}" -G Ninja -S "${source}" -B "${build}"
        "-DCMAKE_BUILD_TYPE=${BUILD_TYPE}" "-DCMAKE_CXX_COMPILER=${COMPILER}" ${ARGN})
endfunction()

configure("${SOURCE}" "${library}" -DCOWRITE_APPS=OFF "-DCMAKE_INSTALL_PREFIX=${prefix}"
    --no-warn-unused-cli -DCMAKE_DISABLE_FIND_PACKAGE_Qt6=ON
    -DCMAKE_DISABLE_FIND_PACKAGE_SQLite3=ON)
run("${CMAKE_COMMAND}" --build "${library}")
run("${CMAKE_COMMAND}" --install "${library}")

configure("${SOURCE}/packaging/example" "${work}/example" "-DCMAKE_PREFIX_PATH=${prefix}")
run("${CMAKE_COMMAND}" --build "${work}/example")
execute_process(COMMAND "${work}/example/sync_two_documents"
    OUTPUT_VARIABLE output COMMAND_ERROR_IS_FATAL ANY)
set(expected "12 units, new: \"\"\n8 units, new: \"from Ada\"\nHello Hello from Ada\n")
if(NOT output STREQUAL expected)
    message(FATAL_ERROR "The example printed:\n${output}")
endif()

configure("${SOURCE}/tests/packaging/headers" "${work}/headers" "-DCMAKE_PREFIX_PATH=${prefix}")
run("${CMAKE_COMMAND}" --build "${work}/headers")

file(WRITE "${work}/stranger/CMakeLists.txt" [[
cmake_minimum_required(VERSION 3.25)
project(stranger LANGUAGES CXX)
find_package(Cowrite REQUIRED COMPONENTS crdt pens)
]])
execute_process(
    COMMAND "${CMAKE_COMMAND}" -G Ninja -S "${work}/stranger" -B "${work}/stranger/build"
        "-DCMAKE_CXX_COMPILER=${COMPILER}" "-DCMAKE_PREFIX_PATH=${prefix}"
    RESULT_VARIABLE result ERROR_VARIABLE message OUTPUT_QUIET)
string(REGEX REPLACE "[ \n]+" " " message "${message}")
if(result EQUAL 0 OR NOT message MATCHES "Cowrite has no component \"pens\"; it has base, lib0, crdt")
    message(FATAL_ERROR "An unknown component gave:\n${message}")
endif()
