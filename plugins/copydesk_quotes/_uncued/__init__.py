"""Speech that marks, mood, place or a neighbour shows, and no listed cue; and what one quote means for another."""
