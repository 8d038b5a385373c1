"""What falls due: one runner for everything dated, by itself, on demand and by command."""
