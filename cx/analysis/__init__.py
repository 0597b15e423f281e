"""What the pages ask: a Filter in, a frame or result out. Each module joins queries of the store with cx.stats; the Workspace hands them out."""
