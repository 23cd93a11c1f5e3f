"""Other ways to find a canned reply, measured beside Huashu: the same questions, replies and machine.

What a child process of the Rasa runtime imports from here keeps to the standard library and Python 3.10.
"""
