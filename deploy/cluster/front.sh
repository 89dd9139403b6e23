#!/bin/sh
# The proxy in front of all.
set -eu
. deploy/cluster/settings.sh
exec caddy run --adapter caddyfile --config deploy/cluster/Caddyfile
