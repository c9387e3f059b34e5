"""The HTML doors of the recruiting room."""
