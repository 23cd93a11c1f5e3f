"""Who works here: agents, their passwords and sessions, machines and their tokens, and what each of them may do."""
