"""One module a page: it asks the ports, hands values to the presenters, and renders a template."""
