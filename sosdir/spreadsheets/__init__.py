"""Take spreadsheets in, row by row and with a preview, and give the directory out as one."""
