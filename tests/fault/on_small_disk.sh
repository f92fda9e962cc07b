#!/bin/sh
# Runs a program whose temporary folder is a disk of its own, of 8 MB, which nobody else sees.
#
#   on_small_disk.sh PROGRAM [ARGUMENT...]
if ! unshare --user --map-root-user --mount true 2>/dev/null; then
    echo "skipped: this machine lets nobody make a mount namespace"
    exit 0
fi
folder=$(mktemp -d)
unshare --user --map-root-user --mount sh -c '
    mount -t tmpfs -o size=8m tmpfs "$0" && TMPDIR=$0 "$@"' "$folder" "$@"
status=$?
rmdir "$folder"
exit $status
