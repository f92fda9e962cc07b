# The page for browsers as Qt resources below `:/web`, compiled into a target. It is built where Node
# and the packages of package-lock.json are (`./dev build` installs those); otherwise the resources
# are empty, and the programs say so to a browser.
option(COWRITE_WEB_PAGE "Build the page for browsers where Node is installed" ON)
set(COWRITE_WEB_SOURCE "${CMAKE_CURRENT_LIST_DIR}")

function(cowrite_embed_web_page target)
    set(out "${CMAKE_CURRENT_BINARY_DIR}/web")
    find_program(COWRITE_NODE NAMES node nodejs)
    # Looked at with every build: the packages may come later.
    file(GLOB packages CONFIGURE_DEPENDS "${COWRITE_WEB_SOURCE}/node_modules/.package-lock.json")
    file(GLOB_RECURSE inputs CONFIGURE_DEPENDS "${COWRITE_WEB_SOURCE}/src/*")
    if(COWRITE_WEB_PAGE AND COWRITE_NODE AND packages)
        set(list "${out}/page.qrc")
        add_custom_command(OUTPUT "${list}"
            COMMAND "${COWRITE_NODE}" pack.mjs "${out}"
            WORKING_DIRECTORY "${COWRITE_WEB_SOURCE}"
            DEPENDS ${inputs} ${packages} "${COWRITE_WEB_SOURCE}/index.html"
                "${PROJECT_SOURCE_DIR}/resources/icons/cowrite.svg"
                "${COWRITE_WEB_SOURCE}/pack.mjs" "${COWRITE_WEB_SOURCE}/vite.config.ts"
            COMMENT "Building the page for browsers"
            VERBATIM)
    else()
        set(list "${out}/empty.qrc")
        file(CONFIGURE OUTPUT "${list}" CONTENT "<RCC><qresource prefix=\"/web\"/></RCC>\n")
    endif()
    get_filename_component(name "${list}" NAME_WE)
    set(code "${out}/${name}.cpp")
    add_custom_command(OUTPUT "${code}"
        COMMAND Qt6::rcc --name web --no-compress --output "${code}" "${list}"
        DEPENDS "${list}" Qt6::rcc
        VERBATIM)
    set_source_files_properties("${code}" PROPERTIES SKIP_AUTOGEN ON)
    target_sources(${target} PRIVATE "${code}")
endfunction()
