"""The shop's pages, a file for each part of the store. Rules of buying are in cart, checkout and reviews."""
