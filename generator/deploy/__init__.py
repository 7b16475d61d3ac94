"""From a published folder to readers: targets, what is brought there, in which order, and back."""
