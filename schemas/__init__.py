"""What each table is: forms, SDTM and ADaM, one file a dataset, and the shape of a study file."""
