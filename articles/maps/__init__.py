"""What search engines are told of the site: every article and heading, and the newest for news."""
