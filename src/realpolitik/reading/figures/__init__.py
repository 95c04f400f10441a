"""Numbers of a report: amounts, figures with what they count, and votes as one structured claim."""
