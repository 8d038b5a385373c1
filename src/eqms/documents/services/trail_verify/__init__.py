"""``@trail-verify``: whether trails are whole, and the content is what they speak of."""
