"""What may be done with what is published, and why we may carry it."""
