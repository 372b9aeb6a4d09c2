"""The interactive page of a run: canvases of our own, and the network runs in the browser."""
