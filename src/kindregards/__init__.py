"""Kind Regards: for the person who has just been turned down for a job."""
