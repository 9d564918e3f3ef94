"""One page of an edition as a form: what it shows, how it is filled, what is wrong."""
