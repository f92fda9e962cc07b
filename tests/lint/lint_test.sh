#!/usr/bin/env bash
# Tests lint.sh: makes a small repository that is right, breaks one rule at a time, and expects the
# finding that names it. Usage: lint_test.sh PATH_OF_LINT_SH
set -euo pipefail

lint=$(realpath "$1")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

# A tree without a single finding.
good_tree() {
    rm -rf "$work/tree"
    mkdir -p "$work/tree"/{libsync/{base,lib0,crdt,net,session/{document,room}},ui/window,app/desktop,tests/unit}
    cd "$work/tree"
    printf '#pragma once\n#include <vector>\n' >libsync/base/error.h
    printf '#pragma once\n#include "libsync/base/error.h"\n' >libsync/lib0/any.h
    printf '#pragma once\n#include "libsync/base/error.h"\n#include "libsync/lib0/any.h"\n' \
        >libsync/crdt/doc.h
    printf '#pragma once\n#include <QtCore/QObject>\n#include <QWebSocket>\n' >libsync/net/door.h
    printf '#pragma once\n#include "libsync/net/door.h"\n' >libsync/session/room/room.h
    printf '#include <QWidget>\n#include "libsync/session/room/room.h"\n#include "libsync/crdt/doc.h"\n' \
        >ui/window/window.cpp
    printf '#include "libsync/net/door.h"\n#include "ui/window/window.h"\n' >app/desktop/main.cpp
    printf 'cowrite_library(base SOURCES error.h PUBLIC tl::expected)\n' >libsync/base/CMakeLists.txt
    printf 'cowrite_library(lib0 SOURCES any.h PUBLIC cowrite::base)\n' >libsync/lib0/CMakeLists.txt
    printf 'cowrite_library(net SOURCES door.h PUBLIC cowrite::base Qt6::Core)\n' \
        >libsync/net/CMakeLists.txt
}

report() { # RIGHT NAME OUTPUT
    if [[ $1 == yes ]]; then
        printf 'PASS %s\n' "$2"
    else
        printf 'FAIL %s\n%s\n' "$2" "$3"
        failures=$((failures + 1))
    fi
}

# refuses NAME EXPECTED: the tree as it stands gives a finding that contains EXPECTED.
refuses() {
    local output right=no
    if output=$("$lint" . 2>&1); then
        :
    elif [[ $output == *"$2"* ]]; then
        right=yes
    fi
    report $right "$1" "expected: $2"$'\n'"$output"
}

# accepts NAME: the tree as it stands passes.
accepts() {
    local output right=no
    if output=$("$lint" . 2>&1); then right=yes; fi
    report $right "$1" "$output"
}

good_tree
accepts aTreeThatKeepsTheRulesPasses

good_tree
printf '#include "libsync/crdt/doc.h"\n' >>libsync/lib0/any.h
refuses aLowerFolderMayNotIncludeAHigherOne 'libsync/lib0/any.h:3: lib0 may not include crdt'

good_tree
printf '#include "libsync/net/door.h"\n' >>ui/window/window.cpp
refuses theInterfaceMayNotIncludeNet 'ui/window/window.cpp:4: ui may not include net'

good_tree
printf '  #  include "libsync/session/room/room.h"\n' >>libsync/net/door.h
refuses anOddlySpacedIncludeIsSeen 'libsync/net/door.h:4: net may not include session'

good_tree
printf '#include "libsync/session/room/room.h"\n' >libsync/session/document/chat.cpp
refuses aSubfolderMayNotIncludeALaterOne \
    'libsync/session/document/chat.cpp:1: session/document may not include session/room'

good_tree
mkdir libsync/session/misc && printf '#include "libsync/session/room/room.h"\n' >libsync/session/misc/all.cpp
refuses anUnknownSubfolderIsNoticed 'libsync/session/misc/all.cpp:1: session/misc may not include'

good_tree
printf '#include "tests/support/manual_clock.h"\n' >>libsync/base/error.h
refuses aLibraryMayNotIncludeTests 'base may not include tests/support/manual_clock.h'

good_tree
printf '#include "error.h"\n' >>libsync/base/error.h
refuses anIncludeStartsAtTheRoot 'include "error.h" from the root'

good_tree
printf '#include <QString>\n' >>libsync/crdt/doc.h
refuses theEngineIsFreeOfQt 'libsync/crdt/doc.h:4: crdt is free of Qt'

good_tree
printf '#include <QtWidgets/QWidget>\n' >>libsync/net/door.h
refuses netHasNoWidgets 'libsync/net/door.h:4: net may not use QtWidgets'

good_tree
mkdir libsync/misc && printf '#pragma once\n#include <vector>\n' >libsync/misc/all.h
refuses anUnknownFolderIsNoticed 'libsync/misc/all.h:2: the table does not know the folder'

good_tree
printf 'cowrite_library(lib0 SOURCES any.h PUBLIC cowrite::base cowrite::crdt)\n' \
    >libsync/lib0/CMakeLists.txt
refuses aLinkOutsideTheTableIsNoticed "cowrite_lib0 links 'base crdt', the table says 'base'"

good_tree
printf 'cowrite_library(lib0 SOURCES any.h)\n' >libsync/lib0/CMakeLists.txt
refuses aMissingLinkIsNoticed "cowrite_lib0 links '', the table says 'base'"

good_tree
printf '# cowrite::crdt\ncowrite_library(lib0 SOURCES any.h PUBLIC cowrite::base)\n' \
    >libsync/lib0/CMakeLists.txt
accepts aCommentIsNoLink

good_tree
printf 'cowrite_library(net SOURCES door.h PUBLIC cowrite::base Qt6::Widgets)\n' \
    >libsync/net/CMakeLists.txt
refuses aQtModuleOutsideTheTableIsNoticed 'net may not link Qt6::Widgets'

good_tree
yes '// line' | head -n 501 >app/desktop/main.cpp || true
refuses aFileOfMoreThanFiveHundredLinesIsRefused 'app/desktop/main.cpp:500: 501 lines'

good_tree
yes '// line' | head -n 450 >app/desktop/main.cpp || true
accepts aFileOfFourHundredAndFiftyLinesOnlyWarns

good_tree
printf '#pragma once\n' >app/desktop/MainWindow.h
refuses aFileNameIsInSnakeCase 'app/desktop/MainWindow.h:1: file names are in snake_case'

good_tree
printf 'int number();\n' >app/desktop/number.h
refuses aHeaderHasItsGuard 'app/desktop/number.h:1: a header begins with #pragma once'

good_tree
for i in 1 2 3 4 5 6; do printf '#pragma once\n' >"libsync/crdt/part$i.h"; done
refuses aLargeFolderNeedsAReadme 'libsync/crdt: 7 files and no README.md'

printf '# crdt\n' >libsync/crdt/README.md
accepts aReadmeSettlesIt

yes 'line' | head -n 31 >libsync/crdt/README.md || true
refuses aReadmeIsShort 'libsync/crdt/README.md:30: 31 lines, at most 30'

if [[ $failures -gt 0 ]]; then
    printf '%s of the lint tests failed\n' "$failures"
    exit 1
fi
