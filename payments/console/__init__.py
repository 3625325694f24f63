"""Staff's pages of money: each asks for a role (`payments.desk.rights`) and calls a service."""
