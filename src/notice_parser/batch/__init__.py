"""Archives: many files to one destination, whatever a file, a worker or the machine does meanwhile."""
