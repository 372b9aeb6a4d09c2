"""Sets of one's own: folders, archives and arrays, the parts and classes in them, and their names."""
