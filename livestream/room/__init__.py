"""The room as a viewer sees it: the snapshot, the page and what it says, a buyer's own claims and basket."""
