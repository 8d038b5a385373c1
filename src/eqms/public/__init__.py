"""What the public and portals see."""
