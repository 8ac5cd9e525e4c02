#!/bin/sh
# Runs $PROGRAM, with all that it starts, on one core: the first that this process may use. Linux alone.
core="$(sed -n 's/^Cpus_allowed_list:[^0-9]*\([0-9]*\).*/\1/p' /proc/self/status)"
exec taskset -c "$core" "$PROGRAM" "$@"
