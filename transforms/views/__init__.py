"""Views of a snapshot for those who may not see it as it is: SDTM in, SDTM out; ADaM and tables are made of that again.

A view is a module with `study_seen`, what the study file says in it, and `seen`, a dataset in it."""
