"""What people say in the room, and what a moderator does with it. Shed first under load, text only."""
