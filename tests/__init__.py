"""What people rely on, said in sentences; the folders mirror the source."""
