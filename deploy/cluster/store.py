"""Stand in for an object store on a laptop: moto's server, with one bucket."""

import logging
import os
import signal

import boto3
from moto.server import ThreadedMotoServer


def main() -> None:
    """Serve until told to stop."""
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    port = int(os.environ["CLUSTER_PORT"]) + 4
    server = ThreadedMotoServer("127.0.0.1", port, verbose=False)
    server.start()
    boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{port}",
        region_name="us-east-1",
        aws_access_key_id="local",
        aws_secret_access_key="local",
    ).create_bucket(Bucket="sosdir")
    signal.sigwait({signal.SIGTERM, signal.SIGINT})
    server.stop()


if __name__ == "__main__":
    main()
