#!/usr/bin/env bash
# Runs a program on a D-Bus session of its own that has an unlocked keyring (gnome-keyring), in a
# home that is thrown away. Usage: with_keyring.sh PROGRAM [ARGUMENTS]
# Prints `skipped: ` and why where that is not installed.
set -euo pipefail

for needed in dbus-run-session gnome-keyring-daemon; do
    if ! command -v "$needed" >/dev/null; then
        echo "skipped: $needed is not installed; ./dev setup test does it"
        exit 0
    fi
done
home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_DATA_HOME=$home/data XDG_RUNTIME_DIR=$home/run XDG_CONFIG_HOME=$home/config
unset XDG_CURRENT_DESKTOP DESKTOP_SESSION
mkdir -m 700 "$home/data" "$home/run"
# The daemon ends with the bus.
dbus-run-session -- bash -c '
    printf secret | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
    "$@"
' bash "$@"
