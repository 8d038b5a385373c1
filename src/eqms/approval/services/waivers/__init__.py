"""``@waivers`` of agencies."""
