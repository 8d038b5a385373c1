"""What leaves the system on paper: the PDF of a revision, frozen once in force, and Word files."""
