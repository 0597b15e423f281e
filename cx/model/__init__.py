"""Words of the domain: taxonomy, KPIs, limits, the Filter, the canonical columns. Knows nothing else of ours."""
