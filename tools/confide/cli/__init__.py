"""The command line: one file a command, thin. Parse, call one workflow, print."""
