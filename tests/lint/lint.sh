#!/usr/bin/env bash
# The rules of this repository that a compiler does not check. Usage: lint.sh [ROOT]
#   1. the include table: who may include whom, also within a folder, and where Qt may appear
#   2. the CMake targets link exactly what the table says
#   3. files: at most 500 lines (a warning from 400), snake_case names, `#pragma once` in headers
#   4. a folder of more than six files of code explains itself in a README.md of at most 30 lines
# Prints one line a finding, `path:line: what is wrong`, and exits with 1 if there was any.
# Formatting is not checked here; `./dev lint` does both.
set -euo pipefail
cd "${1:-.}"

readonly max_lines=500 warn_lines=400 max_readme_lines=30 max_files_without_readme=6
findings=0

finding() {
    printf '%s\n' "$1"
    findings=$((findings + 1))
}

# links[F]: the folders whose targets F links, exactly. reaches[F]: the folders F may include; more
# than links, as what lies under a neighbour may be named too. qt[F]: the Qt modules F may use.
declare -A links=(
    [base]=""
    [lib0]="base"
    [crdt]="lib0"
    [codec]="crdt"
    [protocol]="codec"
    [store]="codec"
    [net]="base"
    [session]="net protocol store"
    [ui]="session"
)
declare -A reaches=(
    [base]="base"
    [lib0]="base lib0"
    [crdt]="base lib0 crdt"
    [codec]="base lib0 crdt codec"
    [protocol]="base lib0 crdt codec protocol"
    [store]="base lib0 crdt codec store"
    [net]="base net"
    [session]="base lib0 crdt codec protocol store net session"
    [ui]="base lib0 crdt codec protocol session ui"
)
declare -A qt=(
    [base]="" [lib0]="" [crdt]="" [codec]="" [protocol]="" [store]=""
    [net]="Core Network WebSockets"
    [session]="Core"
    [ui]="Core Gui Widgets Svg"
)

# order[F]: the subfolders of F; each may include those before it, and none after it.
declare -A order=(
    [session]="document log history files admission room server replica profile"
    [ui]="settings words look syntax editor document spelling panes window"
)

in_list() { [[ " $2 " == *" $1 "* ]]; }

# Not by git, which need not be there; so new files count before they are added.
list_files() {
    local folder
    for folder in libsync ui app tests; do
        if [[ -d $folder ]]; then
            find "$folder" -name node_modules -prune -o -type f -print
        fi
    done | LC_ALL=C sort
}

# folder_of PATH: the name by which the table knows the folder of a source file, or nothing.
folder_of() {
    case $1 in
    libsync/*/*)
        local rest=${1#libsync/}
        printf '%s' "${rest%%/*}"
        ;;
    ui/*) printf 'ui' ;;
    esac
}

# subfolder_of PATH FOLDER: what `order` knows the subfolder of a source file by.
subfolder_of() {
    local rest=${1#*"$2"/}
    printf '%s' "${rest%%/*}"
}

check_order() { # FILE LINE FOLDER PATH
    local file=$1 line=$2 folder=$3 from to
    from=$(subfolder_of "$file" "$folder")
    to=$(subfolder_of "$4" "$folder")
    local upto=" ${order[$folder]} "
    upto="${upto%%" $from "*} $from "
    in_list "$from" "${order[$folder]}" && in_list "$to" "$upto" ||
        finding "$file:$line: $folder/$from may not include $folder/$to ($4)"
}

check_include() { # FILE LINE FOLDER TARGET
    local file=$1 line=$2 folder=$3 target=$4 other module
    case $target in
    \"libsync/* | \"ui/*)
        other=$(folder_of "${target:1:-1}")
        if ! in_list "$other" "${reaches[$folder]}"; then
            finding "$file:$line: $folder may not include $other (${target:1:-1})"
        elif [[ $folder == "$other" && -n ${order[$folder]+known} ]]; then
            check_order "$file" "$line" "$folder" "${target:1:-1}"
        fi
        ;;
    \"app/* | \"tests/*)
        finding "$file:$line: $folder may not include ${target:1:-1}"
        ;;
    \<Qt*/*)
        module=${target#<Qt}
        module=${module%%/*}
        in_list "$module" "${qt[$folder]}" ||
            finding "$file:$line: $folder may not use Qt$module"
        ;;
    \<Q[A-Z]*)
        [[ -n ${qt[$folder]} ]] || finding "$file:$line: $folder is free of Qt"
        ;;
    \"*.moc\" | \"moc_*) ;;
    \"*)
        finding "$file:$line: include $target from the root of the repository"
        ;;
    esac
}

check_includes() {
    local file line target folder
    while IFS=: read -r file line target; do
        folder=$(folder_of "$file")
        if [[ -z ${reaches[$folder]+known} ]]; then
            finding "$file:$line: the table does not know the folder of this file"
            continue
        fi
        check_include "$file" "$line" "$folder" "$target"
    done < <(printf '%s\n' "$@" | xargs -r grep -HnE '^[[:space:]]*#[[:space:]]*include\b' |
        sed -E 's/^([^:]*:[0-9]+:)[^<"]*(<[^>]*>|"[^"]*").*/\1\2/')
}

check_links() { # the CMakeLists.txt of one folder
    local file=$1 folder want have module
    folder=$(folder_of "$file")
    [[ -n ${links[$folder]+known} ]] || return 0
    want=$(tr ' ' '\n' <<<"${links[$folder]}" | LC_ALL=C sort -u | xargs)
    have=$(sed 's/#.*//' "$file" | grep -oE '\bcowrite::[a-z0-9_]+' | sed 's/.*:://' |
        grep -vx "$folder" | LC_ALL=C sort -u | xargs) || true
    [[ "$want" == "$have" ]] ||
        finding "$file:1: cowrite_$folder links '$have', the table says '$want'"
    for module in $(sed 's/#.*//' "$file" | grep -oE '\bQt6::[A-Za-z]+' | sed 's/.*:://'); do
        in_list "$module" "${qt[$folder]}" || finding "$file:1: $folder may not link Qt6::$module"
    done
}

check_source_file() {
    local file=$1 lines=$2 name=${1##*/}
    if [[ $lines -gt $max_lines ]]; then
        finding "$file:$max_lines: $lines lines; at most $max_lines, better under $warn_lines"
    elif [[ $lines -gt $warn_lines ]]; then
        printf '%s\n' "warning: $file has $lines lines; split it before it reaches $max_lines"
    fi
    [[ $name =~ ^[a-z0-9_]+\.(h|cpp)$ ]] || finding "$file:1: file names are in snake_case"
    if [[ $name == *.h ]] && ! grep -q '^#pragma once$' "$file"; then
        finding "$file:1: a header begins with #pragma once"
    fi
}

check_readmes() { # every file of code below libsync, ui, app and tests
    local folder count readme lines
    while read -r count folder; do
        readme=$folder/README.md
        if [[ -f $readme ]]; then
            lines=$(wc -l <"$readme")
            # Notes on what was measured or covered are no introductions, and may be longer.
            [[ $lines -le $max_readme_lines || $folder == tests/* ]] ||
                finding "$readme:$max_readme_lines: $lines lines, at most $max_readme_lines"
        elif [[ $count -gt $max_files_without_readme ]]; then
            finding "$folder: $count files and no README.md"
        fi
    done < <(printf '%s\n' "$@" | sed 's|/[^/]*$||' | uniq -c)
}

mapfile -t all < <(list_files)
mapfile -t sources < <(printf '%s\n' "${all[@]}" | grep -E '\.(h|cpp)$' || true)
mapfile -t layered < <(printf '%s\n' "${sources[@]}" | grep -E '^(libsync|ui)/' || true)

[[ ${#layered[@]} -eq 0 ]] || check_includes "${layered[@]}"
for file in "${all[@]}"; do
    case $file in
    libsync/*/CMakeLists.txt | ui/CMakeLists.txt) check_links "$file" ;;
    esac
done
for file in "${sources[@]}"; do
    [[ -n $file ]] || continue
    check_source_file "$file" "$(wc -l <"$file")"
done
mapfile -t code < <(printf '%s\n' "${all[@]}" | grep -E '\.(h|cpp|mjs|sh)$' || true)
check_readmes "${code[@]}"

[[ $findings -eq 0 ]] || exit 1
