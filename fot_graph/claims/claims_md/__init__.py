"""Claims written in Markdown (`claims.md`): its blocks, names, values and templates, and the quads that they mean."""
