#!/bin/sh
# The writer: puts its database back from the store if its disk was lost, then serves and sends on.
set -eu
. deploy/cluster/settings.sh
export SOSDIR_HOME="$CLUSTER_HOME/writer" PORT="$WRITER_PORT" SOSDIR_PROXIES=1
mkdir -p "$SOSDIR_HOME"
until litestream restore -config deploy/cluster/litestream.yml -if-db-not-exists -if-replica-exists "$WRITER_DATABASE"; do
  sleep 0.2
done
sosdir load --if-empty
exec litestream replicate -config deploy/cluster/litestream.yml -exec "sosdir serve"
