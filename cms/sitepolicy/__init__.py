"""House texts: disclaimer, fair-use notice, reader note, contacts; versioned, per language."""
