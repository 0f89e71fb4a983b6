"""From forms to SDTM: one file and one function a domain."""
