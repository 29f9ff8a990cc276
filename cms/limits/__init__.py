"""How often somebody may do what anybody can do: counted in rows, thrown away after a day."""
