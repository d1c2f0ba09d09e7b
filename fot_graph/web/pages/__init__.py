"""What each page shows, as plain data: functions of a graph and a language, which know no HTTP and no HTML."""
