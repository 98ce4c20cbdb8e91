"""Three networks over a year: an intercommunality, its département, its region. The same at every run."""
