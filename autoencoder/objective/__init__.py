"""The objective in two implementations behind one face, and the losses."""
