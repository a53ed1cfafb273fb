"""What is known of a language: its pack, the words of it made ready for reading, and the guess which it is."""
