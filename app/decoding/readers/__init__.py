"""What runs in the child only: one module per family of documents, each reading bytes nobody vouches for."""
