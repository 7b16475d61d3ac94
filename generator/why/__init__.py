"""Questions about published pages: what they are made of, and why they were made anew."""
