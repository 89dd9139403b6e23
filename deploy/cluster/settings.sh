# Where the parts of the cluster on this machine live and listen. The proxy has CLUSTER_PORT,
# the others the ports after it.
: "${CLUSTER_HOME:?}" "${CLUSTER_PORT:?}"
export WRITER_PORT=$((CLUSTER_PORT + 1))
export READER1_PORT=$((CLUSTER_PORT + 2))
export READER2_PORT=$((CLUSTER_PORT + 3))
export STORE_URL="http://127.0.0.1:$((CLUSTER_PORT + 4))"
export WRITER_DATABASE="$CLUSTER_HOME/writer/sosdir.db"
# Litestream refuses a store over plain HTTP while this is set.
unset AWS_CA_BUNDLE
