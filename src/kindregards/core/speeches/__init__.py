"""Something encouraging to hear: what there is, which next, and what followed for this person."""
