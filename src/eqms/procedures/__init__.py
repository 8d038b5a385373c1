"""The structured content of procedures: steps, time limits, fees, records, forms."""
