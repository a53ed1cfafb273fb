"""Documents and what is known about them: annotations, the news vocabulary, records and their schema."""
