"""Read and write the aggregates, one file each."""
