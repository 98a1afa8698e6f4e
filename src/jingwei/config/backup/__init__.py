"""The backup of a home: database, files and a signed checkpoint in one file, made while the service goes on."""
