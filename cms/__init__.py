"""The site as a whole: it mounts the desks and holds no newsroom rule."""
