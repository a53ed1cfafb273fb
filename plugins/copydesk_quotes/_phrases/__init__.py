"""What frames are made of: noun phrases that name a speaker, and the clauses around a verb."""
