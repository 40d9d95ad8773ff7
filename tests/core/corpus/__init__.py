"""Files that ought to be refused or made harmless, and good ones that ought to pass: made here, by name."""
