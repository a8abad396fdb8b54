"""How the record leaves for other systems."""
