"""The preview's newsroom: the site held in memory, renewed as its files change. No network."""
