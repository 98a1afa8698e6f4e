"""`jingwei import …`: one file per thing. Opens the file, calls the room's command, tells what became of each row."""
