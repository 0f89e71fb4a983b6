"""When and in what order: the only code that touches disk, clock, network and Prefect."""
