"""What stays of a show: its recording, a chapter for each product, how long it is kept, who may hide it."""
