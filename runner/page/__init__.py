"""The interactive page of a run: Bokeh draws the plots, the browser runs the network."""
