#!/bin/sh
# Serve a reader's copy: reader.sh NAME NUMBER, where NUMBER is added to the port of the proxy.
set -eu
. deploy/cluster/settings.sh
export SOSDIR_HOME="$CLUSTER_HOME/$1" PORT=$((CLUSTER_PORT + $2)) SOSDIR_READ_ONLY=1 SOSDIR_PROXIES=1
until [ -s "$SOSDIR_HOME/sosdir.db" ] && [ -s "$SOSDIR_HOME/sosdir.db-txid" ]; do
  sleep 0.1
done
exec sosdir serve
