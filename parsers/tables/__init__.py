"""From what stands on the paper to the figures of the form: strips, then labels and values, then figures."""
