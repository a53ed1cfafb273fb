"""Speech acts that a cue makes: the orders in which speaker, verb and content stand."""
