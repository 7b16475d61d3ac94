"""What a site remembers in `.broadsheet/`: whose it is, and how it is opened."""
