"""Values of pixels: their levels, colors and sizes, and how pictures that differ in them become one set."""
