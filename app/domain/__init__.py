"""Values and rules of the award: no Qt, no SQL, no files, and no clock of their own."""
