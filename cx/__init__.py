"""CX-Explorer: customer experience, read in German. From a notebook: `ws = cx.open("data/cx.duckdb")`."""
