"""`make mutants`: clean reports, a mistake in every possible place, and what is said of it. No part of the product."""
