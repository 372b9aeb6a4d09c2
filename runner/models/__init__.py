"""The two kinds of network behind one face: how a config trains them on data, and what is left."""
