#!/bin/sh
# Keep a reader's copy in step with the store: follow.sh NAME
set -eu
. deploy/cluster/settings.sh
copy="$CLUSTER_HOME/$1/sosdir.db"
# The copy holds what admins keep secret: nobody else on this machine reads it.
umask 077
mkdir -p "$CLUSTER_HOME/$1"
# A copy of another run cannot be followed on from: it is made anew.
rm -f "$copy" "$copy"-*
until litestream restore -f -follow-interval 500ms -config deploy/cluster/litestream.yml -o "$copy" "$WRITER_DATABASE"; do
  rm -f "$copy" "$copy"-*
  sleep 0.2
done
