"""What keeps the repository: reference tables, and every published result made anew."""
