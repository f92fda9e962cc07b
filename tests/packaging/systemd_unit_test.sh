#!/usr/bin/env bash
# The unit of cowrited is one that systemd understands, and shuts the server in well.
# Usage: systemd_unit_test.sh UNIT PROGRAM
set -euo pipefail

# Older ones cannot look at a file.
help=$(systemd-analyze --help 2>/dev/null || true)
if [[ $help != *--offline* ]]; then
    echo "skipped: no systemd-analyze that can check a file"
    exit 0
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
unit=$folder/cowrited.service
# It is not installed here.
sed "s#^ExecStart=[^ ]*/cowrited #ExecStart=$2 #" "$1" >"$unit"
complaints=$(systemd-analyze verify "$unit" 2>&1 | grep -F cowrited.service || true)
if [[ -n $complaints ]]; then
    echo "$complaints"
    exit 1
fi
# In tenths; most services have 90 and more.
report=$(systemd-analyze security --offline=true --threshold=15 --no-pager "$unit") || {
    echo "$report"
    exit 1
}
echo "${report##*$'\n'}"
