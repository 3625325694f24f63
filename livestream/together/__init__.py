"""Several sellers in one show, several shows under one name, each seller's consent dated."""
