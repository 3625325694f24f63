"""People on other channels: their comments, the link that finds who they are, leads after the end."""
