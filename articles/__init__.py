"""What is published: articles, their authors, publications, subjects and pictures."""
