"""The doors of the rights desk: for readers, for rights holders, for machines."""
