"""The command line: commands, options, exit codes. Nothing else prints."""
