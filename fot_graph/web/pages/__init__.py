"""The pages for people, one file a page with its template beside it. A page is found by its file: see `page`."""
