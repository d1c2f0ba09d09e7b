"""What rules find in any text without a curator: dates, amounts, references and names; `rules` has them all."""
