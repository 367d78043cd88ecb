"""Something to hear: what there is, which next, marks before and after."""
