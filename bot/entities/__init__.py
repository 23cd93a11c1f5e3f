"""What a buyer names in a message (numbers, titles, addresses, days ...), found by typed patterns without Rasa."""
