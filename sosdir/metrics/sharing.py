"""How two processes of one installation share their counts: by files of a folder both know."""

# The library's name for the setting that names the folder.
SHARED = "PROMETHEUS_MULTIPROC_DIR"
# In that folder: the number of the process that serves the public.
PUBLIC_PROCESS = "public.pid"
