"""The register of copies: what stands elsewhere of ours, and how we came to know of it."""
