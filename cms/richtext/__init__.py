"""Rich text: one allow-list drives the editor in the admin and the sanitiser behind it."""
