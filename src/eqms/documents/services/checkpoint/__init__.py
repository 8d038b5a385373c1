"""``@checkpoint``: what all trails looked like at one instant, to be kept outside the database."""
