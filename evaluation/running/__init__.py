"""Putting labelled dialogues to the desk: on one core, on all, or on a cluster; stopped runs go on."""
