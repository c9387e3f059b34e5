"""Template vocabulary of every page: icons, components, dates and money as people read them."""
