"""The smallest rows that are valid, as plain functions."""
