"""For oneself: two short exercises, a mark of mood, and a rest when it goes in circles."""
